import type { Actor } from '../../domain/actor.ts';
import { isLinkable } from '../../domain/contact/accounts.ts';
import type { Refusal } from '../../domain/decision.ts';
import type { Line } from '../../domain/text.ts';
import type { Message } from '../message.ts';
import { marked, note } from './blocks.ts';
import type { Reading } from './plain.ts';

/** No, why, and what would work. Whoever is not linked to a configured person also reads how to be. */
export function refusalMessage({ why, hint }: Refusal, actor: Actor, reading: Reading): Message {
  const lines: readonly Line[] = [
    marked(why),
    ...(hint === null ? [] : [marked(hint)]),
    ...(actor.kind === 'guest' ? [linkLine(actor)] : []),
  ];
  return note(lines, reading, { tone: 'warning' });
}

/** How a guest becomes a person. */
export function linkLine({ platform, id }: Extract<Actor, { kind: 'guest' }>): Line {
  const handle: Line = [
    'an admin puts ',
    { code: `${platform}: "${id}"` },
    ' under the handles of your name in firebell.yaml.',
  ];
  if (!isLinkable(platform)) return ['You are a guest here. To act, ', ...handle];
  return [
    'You are a guest here. To act, type ',
    { code: 'link' },
    ' where Firebell knows you, for example in its console, and ',
    { code: 'link' },
    ' with the code that it tells you here; or ',
    ...handle,
  ];
}
