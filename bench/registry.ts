import type { Bench } from './bench.ts';
import { coverage } from './coverage.ts';
import { discord } from './discord.ts';
import { ingest } from './ingest.ts';
import { onCall } from './on-call.ts';
import { openIncidents } from './open-incidents.ts';
import { pageLatency } from './page-latency.ts';
import { slack } from './slack.ts';
import { startUp } from './start-up.ts';
import { storm } from './storm.ts';
import { timerLateness } from './timers.ts';
import { twoProcesses } from './two-processes.ts';
import { typing } from './typing.ts';

/** Every bench, in the order of the table. */
export const BENCHES: readonly Bench[] = [
  pageLatency,
  ingest,
  typing,
  timerLateness,
  twoProcesses,
  onCall,
  coverage,
  openIncidents,
  startUp,
  slack,
  storm,
  discord,
];
