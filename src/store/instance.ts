import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { instance } from './schema/core.ts';

/** The secret of this installation, made once and the same for every process: 32 bytes as base64url. */
export async function instanceSecret(db: Db): Promise<string> {
  return madeOnce(db, 'secret', () => randomBytes(32).toString('base64url'));
}

/** A fact that is made when it is first asked for, and the same for every process from then on. */
export async function madeOnce(db: Db, key: string, make: () => string): Promise<string> {
  const known = await instanceFact(db, key);
  if (known !== null) return known;
  await db.insert(instance).values({ key, value: make() }).onConflictDoNothing();
  const value = await instanceFact(db, key);
  if (value === null) throw new Error(`expected ${key} of the installation to be there after it was made`);
  return value;
}

/** A fact about this installation, or null. */
export async function instanceFact(db: Db, key: string): Promise<string | null> {
  const rows = await db.select({ value: instance.value }).from(instance).where(eq(instance.key, key));
  return rows[0]?.value ?? null;
}

/** Puts a fact about this installation in the place of an older one. */
export async function changeInstanceFact(db: Db, key: string, value: string): Promise<void> {
  await db
    .insert(instance)
    .values({ key, value })
    .onConflictDoUpdate({ target: instance.key, set: { value } });
}
