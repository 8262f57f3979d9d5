import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { isAlive, MOST_TRIES } from '../domain/contact/code.ts';
import type { ContactMethod, ProvableChannel, SentCode } from '../domain/contact/contact.ts';
import { hmacHex } from '../lib/signing.ts';
import type { Db } from './db.ts';
import { contactMethods } from './schema/contacts.ts';

/** One address of a person on a channel. */
export interface ContactKey {
  readonly personId: string;
  readonly channel: ProvableChannel;
  readonly addressHash: string;
}

/** A method as it is kept. */
export interface KeptContact extends ContactMethod {
  readonly addressHash: string;
}

/** The key of an address: what is kept of it is a hash under the secret of the installation. */
export function contactKey(
  { personId, channel, address }: Pick<ContactKey, 'personId' | 'channel'> & { readonly address: string },
  secret: string,
): ContactKey {
  return { personId, channel, addressHash: hmacHex(secret, `contact ${address.toLowerCase()}`) };
}

/** What is known about this address; null when nothing is. */
export async function findContact(db: Db, key: ContactKey): Promise<KeptContact | null> {
  const rows = await db.select().from(contactMethods).where(isKey(key));
  return rows[0] ? contactOf(rows[0]) : null;
}

/** Everything that is known, also about addresses that nobody has any more. */
export async function listContacts(db: Db): Promise<readonly KeptContact[]> {
  return (await db.select().from(contactMethods)).map(contactOf);
}

/** Keeps the hash of a code that goes out. */
export async function keepCode(db: Db, key: ContactKey, code: SentCode): Promise<void> {
  const set = {
    codeHash: code.hash,
    codeSentAt: code.sentAt,
    codeTries: 0,
    codesToday: code.sentToday,
    codesSince: code.dayBegan,
  };
  await db
    .insert(contactMethods)
    .values({ ...key, ...set })
    .onConflictDoUpdate({ target: PRIMARY, set });
}

/** Counts a try at the code that is out, and gives the code as it was; null when there is none that is still worth a try. */
export async function takeTry(db: Db, key: ContactKey, now: Date): Promise<SentCode | null> {
  // Counted where it is checked, so that answers that come together are each counted.
  const rows = await db
    .update(contactMethods)
    .set({ codeTries: sql`${contactMethods.codeTries} + 1` })
    .where(and(isKey(key), isNotNull(contactMethods.codeHash), lt(contactMethods.codeTries, MOST_TRIES)))
    .returning();
  const code = rows[0] ? contactOf(rows[0]).code : null;
  if (code === null) return null;
  const before = { ...code, tries: code.tries - 1 };
  return isAlive(before, now) ? before : null;
}

/** From now on this address is proven, and its code is used up. */
export async function markVerified(db: Db, key: ContactKey, now: Date): Promise<void> {
  const set = { verifiedAt: now, codeHash: null, failingSince: null, failure: null, toldAt: null };
  await db
    .insert(contactMethods)
    .values({ ...key, ...set })
    .onConflictDoUpdate({ target: PRIMARY, set });
}

/** The provider refuses this address. True when it was not failing before. */
export async function markFailing(
  db: Db,
  key: ContactKey,
  failing: NonNullable<ContactMethod['failing']>,
): Promise<boolean> {
  await db.insert(contactMethods).values(key).onConflictDoNothing();
  await db.update(contactMethods).set({ failure: failing.reason }).where(isKey(key));
  const changed = await db
    .update(contactMethods)
    .set({ failingSince: failing.since })
    .where(and(isKey(key), isNull(contactMethods.failingSince)))
    .returning({ channel: contactMethods.channel });
  return changed.length > 0;
}

/** The address works again. */
export async function markWorking(db: Db, key: ContactKey): Promise<void> {
  await db
    .update(contactMethods)
    .set({ failingSince: null, failure: null })
    .where(and(isKey(key), isNotNull(contactMethods.failingSince)));
}

/** Claims the word to the owner that this address is not verified. False when they have had it. */
export async function claimWord(db: Db, key: ContactKey, now: Date): Promise<boolean> {
  await db.insert(contactMethods).values(key).onConflictDoNothing();
  const claimed = await db
    .update(contactMethods)
    .set({ toldAt: now })
    .where(and(isKey(key), isNull(contactMethods.toldAt)))
    .returning({ channel: contactMethods.channel });
  return claimed.length > 0;
}

const PRIMARY = [contactMethods.personId, contactMethods.channel, contactMethods.addressHash];

function isKey({ personId, channel, addressHash }: ContactKey) {
  return and(
    eq(contactMethods.personId, personId),
    eq(contactMethods.channel, channel),
    eq(contactMethods.addressHash, addressHash),
  );
}

function contactOf(row: typeof contactMethods.$inferSelect): KeptContact {
  const { personId, channel, addressHash, verifiedAt, codeHash, codeSentAt, failingSince } = row;
  const code =
    codeHash === null || codeSentAt === null
      ? null
      : {
          hash: codeHash,
          sentAt: codeSentAt,
          tries: row.codeTries,
          sentToday: row.codesToday,
          dayBegan: row.codesSince ?? codeSentAt,
        };
  const failing = failingSince === null ? null : { since: failingSince, reason: row.failure ?? 'refused' };
  return { personId, channel, addressHash, verifiedAt, code, failing };
}
