import { randomInt } from 'node:crypto';
import type { Refusal } from '../domain/decision.ts';
import type { Person } from '../domain/directory.ts';
import { nextCode, whyNoCode } from '../domain/contact/code.ts';
import {
  addressOn,
  isProvable,
  maskAddress,
  NOT_VERIFIED,
  PROVABLE,
  standingOf,
} from '../domain/contact/contact.ts';
import type { ProvableChannel, Standing, Verification } from '../domain/contact/contact.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { equalInConstantTime, hmacHex } from '../lib/signing.ts';
import {
  claimWord,
  contactKey,
  findContact,
  keepCode,
  listContacts,
  markFailing,
  markVerified,
  markWorking,
  takeTry,
} from '../store/contacts.ts';
import type { ContactKey } from '../store/contacts.ts';
import type { Db } from '../store/db.ts';
import { queueEffects } from '../store/outbox.ts';
import { inTransaction } from '../store/transaction.ts';
import type { Delivery, NotificationChannel } from './notification-channel.ts';

/** One way to reach somebody, as its owner and the admins may see it. */
export interface ShownContact {
  readonly personId: string;
  readonly channel: ProvableChannel;
  /** Masked. */
  readonly address: string;
  readonly standing: Standing;
  readonly failing: { readonly since: Date; readonly reason: string } | null;
}

/** The addresses of people: whether they are theirs, and whether they work. */
export interface Contacts {
  /** Why a page may not use this person's address on this channel; null when it may. Its owner and the admins hear of it once. */
  readonly bars: (person: Person, channel: string) => Promise<string | null>;
  /** Takes note of what a channel or its provider said about an address. Never throws: a page does not wait for it. */
  readonly note: (
    person: Person,
    channel: string,
    said: 'works' | { readonly refused: string },
  ) => Promise<void>;
  /** Sends a code there. */
  readonly sendCode: (
    person: Person,
    channel: ProvableChannel,
  ) => Promise<{ readonly sentTo: string } | Refusal>;
  /** Takes a code that came back, for one channel or for whichever it fits; gives the channels that are proven by it. */
  readonly confirm: (
    person: Person,
    channel: ProvableChannel | null,
    code: string,
  ) => Promise<readonly ProvableChannel[] | Refusal>;
  /** Every address that these people have on channels that are configured. */
  readonly list: (people: readonly Person[]) => Promise<readonly ShownContact[]>;
}

export interface ContactDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
  readonly channels: () => readonly NotificationChannel[];
  readonly verification: (channel: ProvableChannel) => Verification;
  /** Of the installation. */
  readonly secret: string;
}

/** Keeps the addresses of people over one database. */
export function createContacts(deps: ContactDeps): Contacts {
  const { db } = deps;
  return {
    bars: async (person, channel) => {
      const key = keyOf(person, channel, deps);
      if (key === null || deps.verification(key.channel) === 'trusted') return null;
      if (standingOf(await findContact(db, key), 'required') !== 'unverified') return null;
      await tellUnverified(person, key, deps);
      return NOT_VERIFIED;
    },
    note: async (person, channel, said) => {
      try {
        const key = keyOf(person, channel, deps);
        if (key !== null) await noteSaid(person, { key, said }, deps);
      } catch (err) {
        deps.logger.error({ err, channel }, 'What a provider said about an address was not noted');
      }
    },
    sendCode: (person, channel) => sendCode(person, channel, deps),
    confirm: (person, channel, code) => confirm(person, { channel, code }, deps),
    list: async (people) => {
      const known = new Map((await listContacts(db)).map((one) => [nameOf(one), one]));
      return people.flatMap((person) =>
        channelsOf(person, deps).map((key) => {
          const found = known.get(nameOf(key)) ?? null;
          const { personId, channel } = key;
          const standing = standingOf(found, deps.verification(channel));
          const address = maskAddress(addressOn(channel, person) ?? '');
          return { personId, channel, address, standing, failing: found?.failing ?? null };
        }),
      );
    },
  };
}

function keyOf(person: Person, channel: string, { secret }: ContactDeps): ContactKey | null {
  if (!isProvable(channel)) return null;
  const address = addressOn(channel, person);
  if (address === null) return null;
  return contactKey({ personId: person.id, channel, address }, secret);
}

function nameOf({ personId, channel, addressHash }: ContactKey): string {
  return `${personId} ${channel} ${addressHash}`;
}

function channelsOf(person: Person, deps: ContactDeps): readonly ContactKey[] {
  const usable = new Set(
    deps
      .channels()
      .filter(({ reaches }) => reaches(person))
      .map(({ name }) => name),
  );
  return PROVABLE.filter((channel) => usable.has(channel)).flatMap(
    (channel) => keyOf(person, channel, deps) ?? [],
  );
}

async function tellUnverified(person: Person, key: ContactKey, { db, clock }: ContactDeps): Promise<void> {
  const address = maskAddress(addressOn(key.channel, person) ?? '');
  await inTransaction(db, async (tx) => {
    if (!(await claimWord(tx, key, clock.now()))) return;
    await tell(tx, clock.now(), {
      person,
      key: `unverified:${nameOf(key)}`,
      toOwner: `A page could not use your ${key.channel} address ${address}, because it is not verified yet. Press the button or type "verify ${key.channel}": a code comes there, and "verify" with its six digits proves that it is yours.`,
      button: { label: 'Send me the code', command: `verify ${key.channel}` },
      toAdmins: `Pages for ${person.name} skip ${key.channel} (${address}): it is not verified. ${person.name} has been told to type "verify ${key.channel}".`,
    });
  });
}

interface Word {
  readonly person: Person;
  readonly key: string;
  readonly toOwner: string;
  readonly button: { readonly label: string; readonly command: string };
  readonly toAdmins: string;
}

async function tell(tx: Db, now: Date, { person, key, toOwner, button, toAdmins }: Word): Promise<void> {
  await queueEffects(
    tx,
    [
      { type: 'chat.tell_person', personId: person.id, key, text: toOwner, buttons: [button] },
      { type: 'chat.tell_admins', incidentId: null, text: toAdmins },
    ],
    now,
  );
}

interface Saying {
  readonly key: ContactKey;
  readonly said: 'works' | { readonly refused: string };
}

async function noteSaid(person: Person, { key, said }: Saying, { db, clock }: ContactDeps): Promise<void> {
  if (said === 'works') return markWorking(db, key);
  const now = clock.now();
  const address = maskAddress(addressOn(key.channel, person) ?? '');
  await inTransaction(db, async (tx) => {
    if (!(await markFailing(tx, key, { since: now, reason: said.refused }))) return;
    await tell(tx, now, {
      person,
      key: `failing:${nameOf(key)}:${now.getTime()}`,
      toOwner: `Your ${key.channel} address ${address} does not work: ${said.refused}. Pages go on to your other rules. Have it corrected in firebell.yaml; "contacts" shows how your addresses stand.`,
      button: { label: 'How my addresses stand', command: 'contacts' },
      toAdmins: `${key.channel} does not reach ${person.name} (${address}): ${said.refused}`,
    });
  });
}

async function sendCode(
  person: Person,
  channel: ProvableChannel,
  deps: ContactDeps,
): Promise<{ readonly sentTo: string } | Refusal> {
  const { db, clock, secret } = deps;
  const key = channelsOf(person, deps).find((one) => one.channel === channel);
  const way = deps.channels().find(({ name }) => name === channel);
  if (key === undefined || way?.sendCode === undefined) return noAddress(person, channel);
  const before = (await findContact(db, key))?.code ?? null;
  const refusal = whyNoCode(before, clock.now());
  if (refusal !== null) return refusal;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  // Kept first: a code that arrives must be good, one that never leaves harms nobody.
  await keepCode(db, key, nextCode(before, codeHash(key, code, secret), clock.now()));
  const delivery = await way.sendCode(person, code);
  if (delivery.kind === 'sent') return { sentTo: maskAddress(addressOn(channel, person) ?? '') };
  return {
    why: `The code could not be sent: ${delivery.reason}`,
    hint: 'Check the address with an admin, then try again in a minute.',
  };
}

function codeHash({ addressHash, personId, channel }: ContactKey, code: string, secret: string): string {
  return hmacHex(secret, `code ${personId} ${channel} ${addressHash} ${code}`);
}

async function confirm(
  person: Person,
  { channel, code }: { readonly channel: ProvableChannel | null; readonly code: string },
  deps: ContactDeps,
): Promise<readonly ProvableChannel[] | Refusal> {
  const { db, clock, secret } = deps;
  const mine = channelsOf(person, deps);
  const asked = mine.filter((key) => channel === null || key.channel === channel);
  if (asked.length === 0) return noAddress(person, channel);
  let wasOut = false;
  for (const key of asked) {
    const sent = await takeTry(db, key, clock.now());
    if (sent === null) continue;
    wasOut = true;
    if (!equalInConstantTime(sent.hash, codeHash(key, code, secret))) continue;
    // One number is one telephone: whoever reads its SMS also takes its calls.
    const proven = mine.filter(({ addressHash }) => addressHash === key.addressHash);
    for (const one of proven) await markVerified(db, one, clock.now());
    return proven.map((one) => one.channel);
  }
  return wasOut
    ? {
        why: 'That is not the code.',
        hint: 'It is the newest one that counts. After five wrong ones `verify` sends another.',
      }
    : {
        why: 'No code is waiting: codes are good for 10 minutes and five tries.',
        hint: '`verify sms`, or another channel, sends a new one.',
      };
}

/** Where a code could neither go nor come from; the channel is null where none was named. */
function noAddress(person: Person, channel: ProvableChannel | null): Refusal {
  const shown = '`contacts` shows the addresses that you have.';
  if (channel === null)
    return {
      why: 'You have no address that a code could come from.',
      hint: `An admin adds \`phone\` or \`email\` to your entry under \`people\` in firebell.yaml. ${shown}`,
    };
  if (addressOn(channel, person) !== null)
    return {
      why: `Nothing is sent by ${channel} here: it is not set up.`,
      hint: `An admin sets it up under \`notify\` in firebell.yaml. ${shown}`,
    };
  const { what, key } = WRITTEN[channel];
  return {
    why: `You have no ${what} for ${channel}.`,
    hint: `An admin adds it as \`${key}\` to your entry under \`people\` in firebell.yaml. ${shown}`,
  };
}

const PHONE = { what: 'number', key: 'phone' };
const WRITTEN = {
  email: { what: 'address', key: 'email' },
  sms: PHONE,
  voice: PHONE,
  ntfy: { what: 'topic', key: 'handles: { ntfy: … }' },
  pushover: { what: 'user key', key: 'handles: { pushover: … }' },
} as const satisfies Record<ProvableChannel, { readonly what: string; readonly key: string }>;

/** Whether an answer of a channel says something about the address: null when it does not. */
export function saidOf(
  delivery: Delivery,
  channel: NotificationChannel,
): 'works' | { readonly refused: string } | null {
  if (delivery.kind === 'failed') return delivery.fault === 'ours' ? null : { refused: delivery.reason };
  return delivery.kind === 'sent' && channel.reportsDelivery !== true ? 'works' : null;
}
