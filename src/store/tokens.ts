import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Db } from './db.ts';
import { tokens } from './schema/ingest.ts';

/** Whom a token speaks for: a source that posts alerts, or a person who signs in to the console. */
export interface TokenSubject {
  readonly kind: 'source' | 'person';
  /** Name of the source, or id of the person. */
  readonly subject: string;
}

/** A token as it is kept: nobody can get it back from this. */
export interface KeptToken extends TokenSubject {
  readonly id: number;
  readonly hash: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const USED_PRECISION_MS = 60_000;

/** Makes a token. It is in the answer and nowhere else. */
export async function createToken(
  db: Db,
  { kind, subject }: TokenSubject,
  now: Date,
): Promise<{ readonly id: number; readonly token: string }> {
  const token = `fb_${randomBytes(32).toString('base64url')}`;
  const [row] = await db
    .insert(tokens)
    .values({ kind, subject, hash: hashToken(token), createdAt: now })
    .returning({ id: tokens.id });
  if (!row) throw new Error('expected the row of the new token, and none came back');
  return { id: row.id, token };
}

/** What of a token is kept: its SHA-256 in hexadecimal digits. A token is random and long, so it needs no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The token of this hash, unless it was revoked. */
export async function findToken(db: Db, hash: string): Promise<KeptToken | null> {
  const rows = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.hash, hash), isNull(tokens.revokedAt)));
  return rows[0] ?? null;
}

/** Notes that a token was used, at most once a minute. */
export async function touchToken(db: Db, id: number, now: Date): Promise<void> {
  const stale = new Date(now.getTime() - USED_PRECISION_MS);
  await db
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(and(eq(tokens.id, id), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, stale))));
}

/** All tokens, also the revoked ones, oldest first. */
export async function listTokens(db: Db): Promise<readonly KeptToken[]> {
  return db.select().from(tokens).orderBy(asc(tokens.id));
}

/** Ends a token. False when there is none of this id, or it has ended before. */
export async function revokeToken(db: Db, id: number, now: Date): Promise<boolean> {
  const rows = await db
    .update(tokens)
    .set({ revokedAt: now })
    .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id });
  return rows.length > 0;
}
