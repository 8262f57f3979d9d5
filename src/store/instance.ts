import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './db.ts';
import { instance } from './schema/core.ts';

/** The secret of this installation, made once and the same for every process: 32 bytes as base64url. */
export async function instanceSecret(db: Db): Promise<string> {
  await db
    .insert(instance)
    .values({ key: 'secret', value: randomBytes(32).toString('base64url') })
    .onConflictDoNothing();
  const value = await instanceFact(db, 'secret');
  if (value === null)
    throw new Error('expected the secret of the installation to be there after it was made');
  return value;
}

/** A fact about this installation, or null. */
export async function instanceFact(db: Db, key: string): Promise<string | null> {
  const rows = await db.select({ value: instance.value }).from(instance).where(eq(instance.key, key));
  return rows[0]?.value ?? null;
}
