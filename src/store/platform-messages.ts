import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { forgetFilesOf, noteFiles } from './platform-files.ts';
import { platformHeard, platformMessages } from './schema/platforms.ts';

/** One message of the transcript of a platform's room, as it is now. A deleted one is a tombstone: no text, no files. */
export type LedgerMessage = typeof platformMessages.$inferSelect;

/** Which message is meant. */
export type LedgerRef = Pick<LedgerMessage, 'platform' | 'roomId' | 'messageId'>;

/** A message as it was heard, live or from the platform's history. */
export type Heard = Omit<LedgerMessage, 'earlier' | 'deletedAt' | 'pinnedBy' | 'reactions'>;

/**
 * Writes messages down. Heard again, a message changes only when it was edited later than we knew; its text before is kept, except
 * where it is a bot's. A tombstone stays one. Its files are noted, to be fetched. Safe to repeat and in any order.
 */
export async function hearMessages(db: Db, messages: readonly Heard[]): Promise<void> {
  for (const one of messages) await hear(db, one);
}

async function hear(db: Db, one: Heard): Promise<void> {
  const was = platformMessages;
  const isNewer = sql`(${was.deletedAt} is null and excluded.edited_at is not null and (${was.editedAt} is null or excluded.edited_at > ${was.editedAt}))`;
  const before = sql`jsonb_build_object('at', to_char(coalesce(${was.editedAt}, ${was.at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', ${was.text})`;
  await db
    .insert(was)
    .values({ ...one, reactions: [], earlier: [] })
    .onConflictDoUpdate({
      target: [was.platform, was.roomId, was.messageId],
      set: {
        text: sql`case when ${isNewer} then excluded.text else ${was.text} end`,
        files: sql`case when ${isNewer} then excluded.files else ${was.files} end`,
        earlier: sql`case when ${isNewer} and not ${was.isBot} and excluded.text <> ${was.text} then ${was.earlier} || ${before} else ${was.earlier} end`,
        editedAt: sql`case when ${isNewer} then excluded.edited_at else ${was.editedAt} end`,
        event: sql`coalesce(${was.event}, excluded.event)`,
      },
    });
  if (one.files.length > 0 || (one.editedAt !== null && !one.isBot)) await hearFiles(db, one);
}

/** What was edited tells all files that it has now; a tombstone has none, whatever was heard late. */
async function hearFiles(db: Db, one: Heard): Promise<void> {
  const now = await findLedgerMessage(db, one);
  if (now === null || now.deletedAt !== null) return;
  const isNewest = one.editedAt !== null && now.editedAt?.getTime() === one.editedAt.getTime();
  await noteFiles(db, one, isNewest);
}

/** Makes a message a tombstone, whether or not it was heard before. */
export async function deleteMessage(db: Db, one: Heard, at: Date): Promise<void> {
  const gone = { text: '', files: [], reactions: [], earlier: [] };
  await db
    .insert(platformMessages)
    .values({ ...one, ...gone, deletedAt: at })
    .onConflictDoUpdate({
      target: [platformMessages.platform, platformMessages.roomId, platformMessages.messageId],
      set: { ...gone, deletedAt: sql`coalesce(${platformMessages.deletedAt}, excluded.deleted_at)` },
    });
  await forgetFilesOf(db, one);
}

/** Somebody gave a reaction (`by` 1) or took it back (`by` -1). False when the message was never heard. */
export async function countReaction(
  db: Db,
  ref: LedgerRef,
  { name, by }: { readonly name: string; readonly by: 1 | -1 },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ reactions: platformMessages.reactions })
      .from(platformMessages)
      .where(isThis(ref))
      .for('update');
    if (!row) return false;
    const count = (row.reactions.find((one) => one.name === name)?.count ?? 0) + by;
    const others = row.reactions.filter((one) => one.name !== name);
    await setReactions(tx, ref, count > 0 ? [...others, { name, count }] : others);
    return true;
  });
}

/** Makes the reactions of a message what the platform says they are. A tombstone has none. */
export async function setReactions(
  db: Db,
  ref: LedgerRef,
  reactions: LedgerMessage['reactions'],
): Promise<void> {
  await db
    .update(platformMessages)
    .set({ reactions })
    .where(and(isThis(ref), isNull(platformMessages.deletedAt)));
}

/** Somebody pinned a message, or with null took the pin off. False when the message was never heard. */
export async function setPinned(db: Db, ref: LedgerRef, by: string | null): Promise<boolean> {
  const rows = await db
    .update(platformMessages)
    .set({ pinnedBy: by })
    .where(isThis(ref))
    .returning({ messageId: platformMessages.messageId });
  return rows.length > 0;
}

/** A message that was heard; null when it was not. */
export async function findLedgerMessage(db: Db, ref: LedgerRef): Promise<LedgerMessage | null> {
  const [row] = await db.select().from(platformMessages).where(isThis(ref));
  return row ?? null;
}

/** Everything heard in a room, oldest first, with tombstones. */
export async function wholeTranscript(
  db: Db,
  platform: string,
  roomId: string,
): Promise<readonly LedgerMessage[]> {
  return db
    .select()
    .from(platformMessages)
    .where(and(eq(platformMessages.platform, platform), eq(platformMessages.roomId, roomId)))
    .orderBy(asc(platformMessages.at), asc(platformMessages.messageId));
}

/** Up to which message a room's transcript has no gap; null when nothing was made sure of yet. */
export async function heardUpTo(db: Db, platform: string, roomId: string): Promise<string | null> {
  const [row] = await db
    .select({ upTo: platformHeard.upTo })
    .from(platformHeard)
    .where(and(eq(platformHeard.platform, platform), eq(platformHeard.roomId, roomId)));
  return row?.upTo ?? null;
}

/** Notes that everything up to this message is in the transcript. `at` is when that was made sure of. */
export async function noteHeardUpTo(
  db: Db,
  heard: { readonly platform: string; readonly roomId: string; readonly upTo: string; readonly at: Date },
): Promise<void> {
  const { upTo, at } = heard;
  await db
    .insert(platformHeard)
    .values(heard)
    .onConflictDoUpdate({ target: [platformHeard.platform, platformHeard.roomId], set: { upTo, at } });
}

function isThis({ platform, roomId, messageId }: LedgerRef) {
  return and(
    eq(platformMessages.platform, platform),
    eq(platformMessages.roomId, roomId),
    eq(platformMessages.messageId, messageId),
  );
}
