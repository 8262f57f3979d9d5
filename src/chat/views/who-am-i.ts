import { LINKABLE } from '../../domain/contact/accounts.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Person } from '../../domain/directory.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { note } from './blocks.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';
import { linkLine } from './refusal.ts';

/** Who somebody is to Firebell: name, zone, rights, and how they are paged. A guest reads how to be linked. */
export function whoAmI(actor: Actor, reading: Reading): Message {
  if (actor.kind === 'guest')
    return note([linkLine(actor), ['A guest can declare an incident, ask and comment.']], reading);
  const person = actor.kind === 'person' ? reading.directory.people.get(actor.id) : undefined;
  if (person === undefined) return note([['You are not configured as a person here.']], reading);
  const items: readonly Line[] = [
    ['Known as ', { code: person.id }, `, ${person.access}`],
    ...accountsOf(person),
    ['Times are in ', { code: person.zone }],
    ...rulesOf(person),
  ];
  const foot: Line = ['Try it all with ', { code: 'test' }, ': it pages you now.'];
  return listScreen({ heading: person.name, items, empty: '', foot }, reading);
}

function accountsOf({ handles }: Person): readonly Line[] {
  const known = LINKABLE.flatMap((platform): Line[] => {
    const handle = handles[platform];
    return handle === undefined ? [] : [[{ code: handle }, ` on ${platform}`]];
  });
  if (known.length === 0)
    return [['Linked to no account of another chat: ', { code: 'link' }, ' tells you how']];
  return [['Linked to ', ...known.flatMap((one, i): Line => (i === 0 ? one : [', ', ...one]))]];
}

function rulesOf({ rules }: Person): readonly Line[] {
  return (['high', 'low'] as const).map((urgency): Line => {
    const steps = rules[urgency].map(
      ({ channel, afterMs }) =>
        `${channel} ${afterMs === 0 ? 'at once' : `after ${formatDuration(afterMs)}`}`,
    );
    return [{ bold: `${urgency} urgency` }, `: ${steps.join(', ') || 'no rule, so you cannot be paged'}`];
  });
}
