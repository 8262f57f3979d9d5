import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { LinkedAccount } from '../domain/contact/accounts.ts';
import type { Db } from './db.ts';
import { linkCodes, linkTries, platformLinks } from './schema/platforms.ts';

/** A code that is about to be told to a person; only its hash is kept. */
export interface NewLinkCode {
  readonly hash: string;
  readonly personId: string;
  readonly expiresAt: Date;
}

/** Every account that proved whose it is. */
export async function listLinks(db: Db): Promise<readonly LinkedAccount[]> {
  const { platform, userId, personId } = platformLinks;
  return db.select({ platform, userId, personId }).from(platformLinks);
}

/** Makes an account a person's; another account that they had on the platform is theirs no longer. Run it in a transaction. */
export async function keepLink(
  tx: Db,
  { platform, userId, personId, how, at }: typeof platformLinks.$inferInsert,
): Promise<void> {
  await tx
    .delete(platformLinks)
    .where(and(eq(platformLinks.platform, platform), eq(platformLinks.personId, personId)));
  await tx
    .insert(platformLinks)
    .values({ platform, userId, personId, how, at })
    .onConflictDoUpdate({
      target: [platformLinks.platform, platformLinks.userId],
      set: { personId, how, at },
    });
}

/** Parts a person from their account on a platform; false when they had proven none. */
export async function removeLink(db: Db, { platform, personId }: Omit<LinkedAccount, 'userId'>) {
  const removed = await db
    .delete(platformLinks)
    .where(and(eq(platformLinks.platform, platform), eq(platformLinks.personId, personId)))
    .returning({ userId: platformLinks.userId });
  return removed.length > 0;
}

/** Keeps a code, the only one of its person from now on. Old ones are cleared away. */
export async function keepLinkCode(tx: Db, code: NewLinkCode, now: Date): Promise<void> {
  await tx.delete(linkCodes).where(eq(linkCodes.personId, code.personId));
  await tx.delete(linkCodes).where(lte(linkCodes.expiresAt, now));
  await tx.insert(linkCodes).values(code);
}

/** Uses a code up and gives whose it is; null when there is none that is still good. Of many who try at once, one gets it. */
export async function takeLinkCode(db: Db, hash: string, now: Date): Promise<string | null> {
  const [taken] = await db
    .update(linkCodes)
    .set({ usedAt: now })
    .where(and(eq(linkCodes.hash, hash), isNull(linkCodes.usedAt), gt(linkCodes.expiresAt, now)))
    .returning({ personId: linkCodes.personId });
  return taken?.personId ?? null;
}

/** Counts a code that an account tries, and gives how many it has tried within the window. */
export async function countLinkTry(
  db: Db,
  { platform, userId, now, windowMs }: Omit<LinkedAccount, 'personId'> & Window,
): Promise<number> {
  const began = new Date(now.getTime() - windowMs).toISOString();
  const isOver = sql`${linkTries.since} <= ${began}::timestamptz`;
  const [counted] = await db
    .insert(linkTries)
    .values({ platform, userId, tries: 1, since: now })
    .onConflictDoUpdate({
      target: [linkTries.platform, linkTries.userId],
      set: {
        tries: sql`case when ${isOver} then 1 else ${linkTries.tries} + 1 end`,
        since: sql`case when ${isOver} then ${now.toISOString()}::timestamptz else ${linkTries.since} end`,
      },
    })
    .returning({ tries: linkTries.tries });
  return counted?.tries ?? 1;
}

interface Window {
  readonly now: Date;
  readonly windowMs: number;
}
