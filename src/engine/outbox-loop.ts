import type { CarryingParts } from './carry-out.ts';
import type { Loop } from './loop.ts';
import { createWorkers } from './workers.ts';
import type { Pool } from './workers.ts';

const POOLS: readonly Pool[] = [
  { kind: 'pages', size: 48, perCraft: 8, pauseMs: 0 },
  { kind: 'rest', size: 12, perCraft: 4, pauseMs: 0 },
  // In a storm a card changes with every batch of alerts: what waits meanwhile is drawn once.
  { kind: 'looks', size: 8, perCraft: 8, pauseMs: 150 },
];
/** The loop looks again after so long at the latest, whoever was to wake it. */
const SAFETY_MS = 1_000;
const RENEW_MS = 3_000;

/** Carries the effects out. Any number of processes may do it: each effect is in one hand at a time. `processId` marks its leases. */
export function createOutboxLoop(parts: CarryingParts, processId: string): Loop {
  const workers = POOLS.map((pool) => createWorkers(parts, pool, processId));
  let timers: NodeJS.Timeout[] = [];
  const wake = () => workers.forEach((one) => one.wake());
  return {
    start: () => {
      for (const one of workers) one.start();
      timers = [
        setInterval(wake, SAFETY_MS),
        setInterval(() => workers.forEach((one) => one.renew()), RENEW_MS),
      ];
      wake();
    },
    stop: async () => {
      await Promise.all(workers.map((one) => one.stop()));
      timers.forEach(clearInterval);
    },
    wake,
    tick: async () => {
      let count = 0;
      for (const one of workers) count += await one.drain();
      return count;
    },
  };
}
