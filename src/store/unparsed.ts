import { and, desc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { unparsed } from './schema/ingest.ts';

/** A post, or a part of one, that no alert could be made of. */
export interface UnparsedPost {
  readonly source: string;
  readonly receivedAt: Date;
  /** In words for whoever wrote the sender's template. */
  readonly reason: string;
  readonly contentType: string | null;
  /** As it came, cut to a length. */
  readonly body: string;
}

/** As it is kept. */
export interface KeptPost extends UnparsedPost {
  readonly id: number;
}

/** So many of each source are kept, and so much of each. */
export const KEPT = { posts: 200, characters: 64 * 1024 } as const;

/** Keeps a post, and lets go of the oldest of its source when there are too many. */
export async function keepUnparsed(db: Db, post: UnparsedPost): Promise<void> {
  const body = post.body.slice(0, KEPT.characters);
  const [row] = await db
    .insert(unparsed)
    .values({ ...post, body })
    .returning({ id: unparsed.id });
  if (!row) return;
  const oldest = sql`(select ${unparsed.id} from ${unparsed} where ${unparsed.source} = ${post.source} order by ${unparsed.id} desc offset ${KEPT.posts} limit 1)`;
  await db.delete(unparsed).where(and(eq(unparsed.source, post.source), lte(unparsed.id, oldest)));
}

/** What could not be read, the newest first. */
export async function listUnparsed(
  db: Db,
  { source, limit }: { readonly source?: string; readonly limit: number },
): Promise<readonly KeptPost[]> {
  return db
    .select()
    .from(unparsed)
    .where(source === undefined ? undefined : eq(unparsed.source, source))
    .orderBy(desc(unparsed.id))
    .limit(limit);
}
