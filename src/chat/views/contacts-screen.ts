import type { Line } from '../../domain/text.ts';
import type { ShownContact } from '../../engine/contacts.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

/** Whose addresses are shown. */
export interface ContactsShown {
  readonly mine: readonly ShownContact[];
  /** Of other people, only those that do not work. */
  readonly others: readonly ShownContact[];
}

/** How addresses stand, and what to type where one waits to be proven. */
export function contactsScreen({ mine, others }: ContactsShown, reading: Reading): Message {
  const items = [
    ...mine.map((one): Line => [
      { bold: one.channel },
      ` ${one.address}: `,
      ...standing(one),
      ...whatToDo(one),
    ]),
    ...others.map((one): Line => [
      { person: one.personId },
      ` · ${one.channel} ${one.address}: `,
      ...standing(one),
    ]),
  ];
  const empty = 'You have no address beside the direct message, which needs no proof.';
  const foot: Line = [
    'The direct message needs no proof. ',
    { code: 'test' },
    ' pages you through all your rules.',
  ];
  return listScreen({ heading: 'Your addresses', items, empty, foot }, reading);
}

function standing({ standing: how, failing }: ShownContact): Line {
  const words = {
    verified: 'verified',
    trusted: 'trusted, as the configuration says',
    unverified: 'not verified, so pages skip it',
  }[how];
  if (failing === null) return [words];
  return [`${words}, but failing since `, { time: failing.since }, `: ${failing.reason}`];
}

function whatToDo({ channel, standing: how }: ShownContact): Line {
  return how === 'unverified' ? ['. Type ', { code: `verify ${channel}` }, ' to get a code there.'] : [];
}
