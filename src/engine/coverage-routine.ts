import type { Directory } from '../domain/directory.ts';
import type { Effect } from '../domain/effect.ts';
import type { Reach } from '../domain/forecast/play.ts';
import { mayBeTold, problemsAhead, remember, unknownTo } from '../domain/report/coverage/problems.ts';
import type { Problem } from '../domain/report/coverage/problems.ts';
import type { Line } from '../domain/text.ts';
import { forgetTold, keepTold, readTold } from '../store/coverage-told.ts';
import type { Store } from '../store/db.ts';
import { queueEffects } from '../store/outbox.ts';
import { inTransaction } from '../store/transaction.ts';
import type { Routine } from './routine.ts';

/** What the routine works with. */
export interface CoverageParts {
  readonly store: Store;
  readonly directory: () => Directory;
  readonly reach: () => Promise<Reach>;
  /** How far ahead problems are told; null is never. */
  readonly aheadMs: () => number | null;
  readonly wake: () => void;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FORGOTTEN_AFTER_MS = 30 * DAY;
const MOST_LINES = 6;

/** Tells owners of what is ahead, days before, once, in their working hours. */
export function coverageRoutine({ store, directory, reach, aheadMs, wake }: CoverageParts): Routine {
  return {
    name: 'coverage',
    everyMs: 5 * MINUTE,
    run: async (now) => {
      const ahead = aheadMs();
      if (ahead === null) return;
      const problems = problemsAhead(directory(), now, { aheadMs: ahead, reach: await reach() });
      const count = await inTransaction(store.db, async (tx) => {
        const told = await readTold(tx);
        const due = dueOf(unknownTo(told, problems, now), directory(), now);
        await keepTold(tx, remember(told, { problems, due, now }));
        await forgetTold(tx, new Date(now.getTime() - FORGOTTEN_AFTER_MS));
        await queueEffects(tx, noticesOf(due, now), now);
        return due.length;
      });
      if (count > 0) wake();
    },
  };
}

function dueOf(problems: readonly Problem[], directory: Directory, now: Date): readonly Problem[] {
  return problems.filter((problem) => {
    const person = directory.people.get(problem.owner);
    return person !== undefined && mayBeTold(person, problem, now, directory);
  });
}

/** One message for each owner, however much there is. */
function noticesOf(due: readonly Problem[], now: Date): readonly Effect[] {
  return [...Map.groupBy(due, ({ owner }) => owner)].map(([personId, problems]): Effect => {
    const shown = problems.slice(0, MOST_LINES).flatMap(({ line }): Line => [' ', ...line]);
    const more = problems.length > MOST_LINES ? [` And ${problems.length - MOST_LINES} more.`] : [];
    return {
      type: 'chat.tell_person',
      personId,
      key: `coverage:${personId}:${now.toISOString()}`,
      text: ['Looking ahead:', ...shown, ...more],
      buttons: [{ label: 'Show what is ahead', command: 'coverage' }],
    };
  });
}
