import { lt, sql } from 'drizzle-orm';
import type { ToldProblem } from '../domain/report/coverage/problems.ts';
import type { Db } from './db.ts';
import { coverageTold } from './schema/coverage.ts';

/** Everything that owners were told of and that is not long gone. */
export function readTold(db: Db): Promise<readonly ToldProblem[]> {
  return db.select().from(coverageTold);
}

/** Writes down what owners know of. */
export async function keepTold(db: Db, told: readonly ToldProblem[]): Promise<void> {
  if (told.length === 0) return;
  await db
    .insert(coverageTold)
    .values([...told])
    .onConflictDoUpdate({
      target: [coverageTold.owner, coverageTold.subject, coverageTold.start],
      set: { end: sql`excluded.end_at`, goneAt: sql`excluded.gone_at` },
    });
}

/** Forgets what was gone before an instant. */
export async function forgetTold(db: Db, before: Date): Promise<void> {
  await db.delete(coverageTold).where(lt(coverageTold.goneAt, before));
}
