import type { Directory } from '../domain/directory.ts';
import { remindersDue } from '../domain/roster/reminders.ts';
import type { Store } from '../store/db.ts';
import { claimNotices, forgetNotices } from '../store/notices.ts';
import { queueEffects } from '../store/outbox.ts';
import { inTransaction } from '../store/transaction.ts';
import type { Routine } from './routine.ts';

/** What the routine works with. */
export interface ShiftParts {
  readonly store: Store;
  readonly directory: () => Directory;
  readonly wake: () => void;
}

const MINUTE = 60_000;
const LEADS_MS = [24 * 60 * MINUTE, 60 * MINUTE];

/** Reminds people of their shifts, each lead once. */
export function shiftRoutine({ store, directory, wake }: ShiftParts): Routine {
  return {
    name: 'shifts',
    everyMs: MINUTE,
    run: async (now) => {
      const due = remindersDue(directory(), now, LEADS_MS);
      if (due.length === 0) return;
      await inTransaction(store.db, async (tx) => {
        const keys = due.map(({ key }) => key);
        const fresh = await claimNotices(tx, keys, now);
        const effects = due.filter(({ key }) => fresh.has(key)).map(({ effect }) => effect);
        await queueEffects(tx, effects, now);
      });
      wake();
    },
  };
}

const DAY = 24 * 60 * MINUTE;

/** Forgets what was told so long ago that nobody would tell it again. */
export function forgetRoutine(store: Store): Routine {
  return {
    name: 'forget',
    everyMs: DAY,
    run: (now) => forgetNotices(store.db, new Date(now.getTime() - 400 * DAY)),
  };
}
