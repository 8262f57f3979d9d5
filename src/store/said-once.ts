import { eq, lt } from 'drizzle-orm';
import type { Refusal } from '../domain/decision.ts';
import type { Db } from './db.ts';
import { saidOnce } from './schema/platforms.ts';

/** What came of something that may come again, under the key that it has each time. */
export interface Saying {
  readonly key: string;
  /** Null where it was about no incident. */
  readonly incidentId: number | null;
  /** The numbers of the events that it made happen in the incident; the last is before the first where it made none. */
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly refusal: Refusal | null;
}

/** It was said before: the transaction that said it again must not be committed. */
export class SaidBefore extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`${key} was said before`);
    this.key = key;
  }
}

/** Keeps what was said in the transaction that says it. Throws `SaidBefore` when one of the keys was kept already. */
export async function keepSayings(tx: Db, sayings: readonly Saying[], at: Date): Promise<void> {
  if (sayings.length === 0) return;
  const kept = await tx
    .insert(saidOnce)
    .values(sayings.map((saying) => ({ ...saying, at })))
    .onConflictDoNothing()
    .returning({ key: saidOnce.key });
  const known = new Set(kept.map(({ key }) => key));
  const again = sayings.find(({ key }) => !known.has(key));
  if (again) throw new SaidBefore(again.key);
}

/** Keeps that something is being answered to; false when that was kept before, so that the answer may be there. */
export async function keepAnswering(db: Db, key: string, at: Date): Promise<boolean> {
  const kept = await db
    .insert(saidOnce)
    .values({ key, at, incidentId: null, firstSeq: null, lastSeq: null, refusal: null })
    .onConflictDoNothing()
    .returning({ key: saidOnce.key });
  return kept.length > 0;
}

/** What came of it when it was said; null when it was not. */
export async function findSaying(db: Db, key: string): Promise<Saying | null> {
  const [row] = await db.select().from(saidOnce).where(eq(saidOnce.key, key));
  return row ?? null;
}

/** Forgets what was said before an instant and cannot come again. */
export async function forgetSayings(db: Db, before: Date): Promise<void> {
  await db.delete(saidOnce).where(lt(saidOnce.at, before));
}
