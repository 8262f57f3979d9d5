import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from './db.ts';
import { instance } from './schema/core.ts';

const Kept = z.object({ file: z.string(), text: z.string(), at: z.string() });

/** The text of a configuration that a process runs with, as its file had it. */
export interface RunningConfig {
  readonly hash: string;
  readonly file: string;
  readonly text: string;
}

const KEPT = 20;

/** Keeps the text of a configuration beside its hash, so that others can say what a new one changes; older ones are forgotten. */
export async function keepRunningConfig(
  db: Db,
  { hash, file, text }: RunningConfig,
  now: Date,
): Promise<void> {
  const value = JSON.stringify({ file, text, at: now.toISOString() } satisfies z.infer<typeof Kept>);
  await db
    .insert(instance)
    .values({ key: keyOf(hash), value })
    .onConflictDoUpdate({ target: instance.key, set: { value } });
  await db.execute(sql`delete from instance where key like 'config:%' and key not in
    (select key from instance where key like 'config:%' order by value::jsonb->>'at' desc limit ${sql.raw(String(KEPT))})`);
}

/** The configurations of these hashes, as far as they are kept. */
export async function findRunningConfigs(
  db: Db,
  hashes: readonly string[],
): Promise<readonly RunningConfig[]> {
  if (hashes.length === 0) return [];
  const rows = await db
    .select()
    .from(instance)
    .where(inArray(instance.key, hashes.map(keyOf)));
  return rows.map(({ key, value }) => {
    const { file, text } = Kept.parse(JSON.parse(value));
    return { hash: key.slice('config:'.length), file, text };
  });
}

function keyOf(hash: string): string {
  return `config:${hash}`;
}
