import { personOf } from '../../domain/actor.ts';
import { PROVABLE } from '../../domain/contact/contact.ts';
import type { ProvableChannel } from '../../domain/contact/contact.ts';
import type { Person } from '../../domain/directory.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Reply } from '../message.ts';
import type { Asking } from '../step.ts';
import { note, whisper } from '../views/blocks.ts';
import { contactsScreen } from '../views/contacts-screen.ts';
import { refusalMessage } from '../views/refusal.ts';
import { defineCommand } from './define.ts';

/** `/inc verify sms` */
export const verify = defineCommand({
  name: 'verify',
  synonyms: ['code'],
  summary: 'Prove that an address is yours: get a code there, and type it',
  where: 'anywhere',
  params: [
    { name: 'channel', kind: 'choice', choices: PROVABLE, description: 'Where the code goes, or came from' },
    { name: 'code', kind: 'text', description: 'The six digits that came' },
  ],
  examples: ['verify sms', 'verify 123456'],
  answer: async ({ channel, code }, asking) => {
    const id = personOf(asking.actor);
    const me = id === null ? undefined : asking.directory.people.get(id);
    if (me === undefined) return no(NOT_A_PERSON, asking);
    if (code !== null) return confirm(me, { channel, code }, asking);
    const wanted = channel ?? (await onlyUnverified(me, asking));
    if (wanted !== null) return send(me, wanted, asking);
    return whisper(contactsScreen({ mine: await asking.contacts.list([me]), others: [] }, asking));
  },
});

const NOT_A_PERSON: Refusal = {
  why: 'Only a configured person has addresses to prove.',
  hint: 'An admin adds people in firebell.yaml.',
};

/** With one address that waits to be proven, nobody needs to name it. */
async function onlyUnverified(me: Person, { contacts }: Asking): Promise<ProvableChannel | null> {
  const waiting = (await contacts.list([me])).filter(({ standing }) => standing === 'unverified');
  const addresses = new Set(waiting.map(({ address }) => address));
  return addresses.size === 1 ? (waiting[0]?.channel ?? null) : null;
}

async function send(me: Person, channel: ProvableChannel, asking: Asking): Promise<Reply> {
  const sent = await asking.contacts.sendCode(me, channel);
  if ('why' in sent) return no(sent, asking);
  const line = [
    `A code is on its way to ${sent.sentTo} (${channel}). Type `,
    { code: 'verify 123456' },
    ' with its six digits; it is good for 10 minutes.',
  ];
  return whisper(note([line], asking));
}

interface Given {
  readonly channel: ProvableChannel | null;
  readonly code: string;
}

async function confirm(me: Person, { channel, code }: Given, asking: Asking): Promise<Reply> {
  const digits = code.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits)) {
    const hint =
      '`verify` and the channel sends one, `verify 123456` gives it back; `contacts` lists your addresses.';
    return no({ why: 'A code has six digits.', hint }, asking);
  }
  const proven = await asking.contacts.confirm(me, channel, digits);
  if ('why' in proven) return no(proven, asking);
  return whisper(
    note(
      [[`Thank you: pages can reach you by ${proven.join(' and ')} now. `, { code: 'test' }, ' tries it.']],
      asking,
    ),
  );
}

function no(refusal: Refusal, asking: Asking): Reply {
  return whisper(refusalMessage(refusal, asking.actor, asking));
}
