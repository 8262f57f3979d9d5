import type { Tally } from '../domain/alert/work.ts';
import type { Directory } from '../domain/directory.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from '../store/db.ts';
import type { Deciders } from './deciders.ts';
import type { RightOfWay } from './right-of-way.ts';

/** What the engine tells to whoever measures it. None of these may throw. */
export interface EngineHooks {
  /** After the commit, once per incident, which is as it stands then. */
  readonly happened?: (events: readonly RecordedEvent[], incident: Incident) => void;
  readonly received?: (tally: Tally) => void;
  readonly effectTried?: (
    type: string,
    outcome: 'done' | 'retry' | 'wait' | 'give_up' | 'dead',
    tookMs: number,
  ) => void;
  /** How late a timer was taken. */
  readonly timerTaken?: (lateMs: number) => void;
  readonly timerFailed?: () => void;
}

/** What every part of the engine works with. */
export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly directory: () => Directory;
  readonly deciders: Deciders;
  readonly logger: Logger;
  readonly hooks: EngineHooks;
  /** 0 up to 1, like `Math.random`. */
  readonly random: () => number;
  /** Names this process in what it tells the others. */
  readonly processId: string;
  readonly rightOfWay: RightOfWay;
  /** Wakes the loops of this process that have something to do. */
  readonly wake: (work: NewWork) => void;
}

/** What a transaction left to be done. */
export interface NewWork {
  readonly effects: readonly unknown[];
  readonly timers: readonly unknown[];
}

/** Channel on which processes tell each other that there is work. */
export const WORK_CHANNEL = 'firebell_work';
