import { z } from 'zod';
import type { FeedSubject } from '../domain/calendar/subject.ts';
import { PROVABLE } from '../domain/contact/contact.ts';
import type { ContactMethod } from '../domain/contact/contact.ts';
import type { Clock } from '../lib/clock.ts';
import { createFeed, listFeeds, revokeFeeds } from '../store/calendar-feeds.ts';
import type { KeptFeed } from '../store/calendar-feeds.ts';
import { contactKey, listContacts } from '../store/contacts.ts';
import type { ContactKey } from '../store/contacts.ts';
import type { Db } from '../store/db.ts';
import { instanceSecret } from '../store/instance.ts';
import { createToken, listTokens, revokeToken } from '../store/tokens.ts';
import type { KeptToken, TokenSubject } from '../store/tokens.ts';
import { listUnparsed } from '../store/unparsed.ts';
import type { KeptPost } from '../store/unparsed.ts';
import { findSource, sourceNames } from './named-sources.ts';
import type { NamedSources } from './named-sources.ts';

const MOST_POSTS = 100;

/** A token as it may be shown: without its hash. */
export type ShownToken = Omit<KeptToken, 'hash'>;

/** What the command line does at the database itself, or through a bot that has it open. */
export interface Desk {
  readonly create: (subject: TokenSubject) => Promise<{ readonly id: number; readonly token: string }>;
  readonly list: () => Promise<readonly ShownToken[]>;
  /** False when there is no such token, or it has ended before. */
  readonly revoke: (id: number) => Promise<boolean>;
  /** Posts that no alert could be made of, the newest first; of one source, or of all. */
  readonly unparsed: (source: string | null) => Promise<readonly KeptPost[]>;
  /** Makes the secret address of a calendar. */
  readonly createFeed: (subject: FeedSubject) => Promise<{ readonly id: number; readonly secret: string }>;
  /** Every calendar address, revoked ones included, whoever made it. */
  readonly feeds: () => Promise<readonly KeptFeed[]>;
  /** False when there is no such address, or it has ended before. */
  readonly revokeFeed: (id: number) => Promise<boolean>;
  /** What is known about each of these addresses, in their order; null where nothing is. */
  readonly contacts: (asked: readonly AskedAddress[]) => Promise<readonly (FoundContact | null)[]>;
}

/** An address of a person, as the configuration has it. */
export const AskedAddress = z.object({
  personId: z.string(),
  channel: z.enum(PROVABLE),
  address: z.string().max(1_000),
});
export type AskedAddress = z.infer<typeof AskedAddress>;

/** Whether an address is proven, and whether its provider refuses it. */
export type FoundContact = Pick<ContactMethod, 'verifiedAt' | 'failing'>;

/** The desk at an open database. */
export function deskAt(db: Db, clock: Clock): Desk {
  return {
    create: (subject) => createToken(db, subject, clock.now()),
    list: async () => (await listTokens(db)).map(({ hash: _hidden, ...shown }) => shown),
    revoke: (id) => revokeToken(db, id, clock.now()),
    createFeed: (subject) => createFeed(db, { subject, madeBy: null }, clock.now()),
    feeds: () => listFeeds(db, {}),
    revokeFeed: async (id) => (await revokeFeeds(db, { id }, clock.now())).length > 0,
    contacts: async (asked) => contactsOf(db, asked),
    unparsed: (source) => listUnparsed(db, { limit: MOST_POSTS, ...(source === null ? {} : { source }) }),
  };
}

async function contactsOf(db: Db, asked: readonly AskedAddress[]): Promise<readonly (FoundContact | null)[]> {
  const secret = await instanceSecret(db);
  const all = new Map((await listContacts(db)).map((one) => [JSON.stringify(keyOf(one)), one]));
  return asked.map((one) => {
    const found = all.get(JSON.stringify(keyOf(contactKey(one, secret))));
    return found === undefined ? null : { verifiedAt: found.verifiedAt, failing: found.failing };
  });
}

function keyOf({ personId, channel, addressHash }: ContactKey): readonly string[] {
  return [personId, channel, addressHash];
}

/** What tokens can be made for, as the configuration has it. */
export interface Subjects {
  readonly sources: NamedSources;
  readonly people: ReadonlyMap<string, unknown>;
}

/** Why no token can be made for this subject; null when one can. */
export function subjectProblem(
  { kind, subject }: TokenSubject,
  { sources, people }: Subjects,
): string | null {
  if (kind === 'person') {
    return people.has(subject)
      ? null
      : `nobody in the configuration has the id "${subject}"${known(people.keys())}`;
  }
  return findSource(subject, sources)
    ? null
    : `there is no alert source "${subject}"${known(sourceNames(sources))}`;
}

function known(names: Iterable<string>): string {
  return `; known are ${[...names].slice(0, 50).join(', ')}`;
}
