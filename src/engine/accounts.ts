import { randomInt } from 'node:crypto';
import {
  LINK_CODE_LASTS_MS,
  linkCodeOf,
  MOST_LINK_TRIES,
  readLinkCode,
} from '../domain/contact/link-code.ts';
import type { LinkedAccount } from '../domain/contact/accounts.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Directory, Person } from '../domain/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { hmacHex } from '../lib/signing.ts';
import type { Db } from '../store/db.ts';
import { countLinkTry, keepLink, keepLinkCode, removeLink, takeLinkCode } from '../store/platform-links.ts';
import { inTransaction } from '../store/transaction.ts';

/** An account of a chat platform. */
export type Account = Pick<LinkedAccount, 'platform' | 'userId'>;

/** Which account is whose. Nobody acts as somebody else: an account becomes a person's by a code that only that person was told. */
export interface Accounts {
  /** A new code for this person, good once and for ten minutes; any older one is worth nothing. */
  readonly issueCode: (person: Person) => Promise<string>;
  /** Makes the account that gives the code the account of whoever was told it. */
  readonly link: (account: Account, typed: string) => Promise<Person | Refusal>;
  /** Parts a person from the account that they proved on a platform; false when there is none. */
  readonly unlink: (person: Person, platform: string) => Promise<boolean>;
}

export interface AccountDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** What the configuration says, without what people proved. */
  readonly configured: () => Directory;
  /** Of the installation. */
  readonly secret: string;
  /** Makes the change count at once, in every process. */
  readonly changed: () => Promise<void>;
}

/** Keeps the accounts of people over one database. */
export function createAccounts(deps: AccountDeps): Accounts {
  const { db, clock, changed } = deps;
  return {
    issueCode: async ({ id }) => {
      const code = linkCodeOf(randomInt);
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + LINK_CODE_LASTS_MS);
      const kept = { hash: hashOf(code, deps), personId: id, expiresAt };
      await inTransaction(db, (tx) => keepLinkCode(tx, kept, now));
      return code;
    },
    link: (account, typed) => link(account, typed, deps),
    unlink: async ({ id }, platform) => {
      const parted = await removeLink(db, { platform, personId: id });
      if (parted) await changed();
      return parted;
    },
  };
}

async function link(account: Account, typed: string, deps: AccountDeps): Promise<Person | Refusal> {
  const { db, clock, configured, changed } = deps;
  const now = clock.now();
  // Counted before it is compared, so that guesses that come together are each counted.
  const tries = await countLinkTry(db, { ...account, now, windowMs: LINK_CODE_LASTS_MS });
  if (tries > MOST_LINK_TRIES) return TOO_MANY;
  const code = readLinkCode(typed);
  if (code === null) return { why: 'That is no code: one looks like `K7QM-2XRP`.', hint: HOW };
  const linked = await inTransaction(db, async (tx) => {
    const personId = await takeLinkCode(tx, hashOf(code, deps), now);
    const person = personId === null ? undefined : configured().people.get(personId);
    if (person === undefined) return NO_SUCH_CODE;
    if (person.handles[account.platform] !== undefined) return configuredElsewhere(person, account);
    await keepLink(tx, { ...account, personId: person.id, how: 'code', at: now });
    return person;
  });
  await changed();
  return linked;
}

const HOW = 'Where Firebell knows you, type `link`: it tells you one.';

const NO_SUCH_CODE: Refusal = {
  why: 'That code is not good: it was used, it is older than 10 minutes, or it never was one.',
  hint: HOW,
};

function configuredElsewhere({ name }: Person, { platform }: Account): Refusal {
  return {
    why: `The configuration says that ${name} has another account on ${platform}.`,
    hint: `An admin takes \`${platform}\` away from the handles of ${name} in firebell.yaml, or corrects it.`,
  };
}

const TOO_MANY: Refusal = {
  why: 'Too many codes were tried from this account.',
  hint: 'Wait 10 minutes, then ask for a new code where Firebell knows you.',
};

function hashOf(code: string, { secret }: AccountDeps): string {
  return hmacHex(secret, `link ${code}`);
}
