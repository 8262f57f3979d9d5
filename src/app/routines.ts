import { closingRoutine } from '../chat/close-quiet.ts';
import { calendarRoutine } from '../calendar/import/routine.ts';
import type { Reach } from '../domain/forecast/play.ts';
import { coverageRoutine } from '../engine/coverage-routine.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { RosterDoor } from '../engine/handle-roster.ts';
import { createRoutines } from '../engine/routine.ts';
import type { Routines } from '../engine/routine.ts';
import { shiftRoutines } from '../engine/shift-routine.ts';
import type { ReceiptWatch } from '../notify/pushover-receipts.ts';
import { resolvedBefore } from '../store/reads.ts';
import type { Homes, Shared } from './parts.ts';

/** Reads whether channels would reach people. */
export type ReadReach = () => Promise<Reach>;

/** What routines need beside what all share. */
interface RoutineNeeds {
  readonly receipts: ReceiptWatch;
  readonly door: FrontDoor;
  readonly rosterDoor: RosterDoor;
  readonly reach: ReadReach;
  readonly wake: () => void;
  readonly homes: Homes;
}

/** Incidents that are looked at in one run. */
const MOST_AT_ONCE = 1_000;
/** As often as Pushover lets a receipt be asked for. */
const RECEIPTS_EVERY_MS = 5_000;

/** Work that is due by the clock. */
export function buildRoutines(shared: Shared, needs: RoutineNeeds): Routines {
  const { receipts, door, rosterDoor, reach, wake, homes } = needs;
  const { options, calendars, overlay, directory, config, reads } = shared;
  const aheadMs = (): number | null => config.current().coverage.aheadMs;
  const { store } = options;
  return createRoutines(options, [
    ...shiftRoutines({ store, directory, door: rosterDoor, wake }),
    coverageRoutine({ store, directory, reach, aheadMs, wake }),
    calendarRoutine({ ...calendars, store, overlay, wake }),
    closingRoutine({
      chat: homes.home,
      reads,
      resolvedBefore: (before) => resolvedBefore(store.db, before, MOST_AT_ONCE),
      door,
      directory,
      afterMs: () => config.current().chat.closeAfterMs,
    }),
    { name: 'pushover receipts', everyMs: RECEIPTS_EVERY_MS, run: receipts.check },
    ...homes.all.flatMap((home) => home.routines ?? []),
  ]);
}
