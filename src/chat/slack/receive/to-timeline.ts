import type { Actor } from '../../../domain/actor.ts';
import { shorten } from '../../../lib/clean-text.ts';
import type { FrontDoor } from '../../../engine/front-door.ts';
import { instantOf } from '../ledger/heard.ts';
import { nameOf } from '../profiles.ts';
import type { ReceiveParts } from './deps.ts';
import { mentionedIn, plainWords } from './markup.ts';
import type { SlackMessage } from './payloads.ts';
import { personBehind } from './speaker.ts';

/** A message that somebody wants on the timeline. */
export interface Noting {
  readonly incidentId: number;
  readonly by: Actor;
  /** The account of whoever wants it there. */
  readonly userId: string;
  readonly message: SlackMessage;
}

type Said = Awaited<ReturnType<FrontDoor['say']>>;

const LONGEST_NOTE = 2_000;

/** Puts a message on the timeline at its own time, once, whoever asks for it again. */
export async function addToTimeline(
  noting: Noting,
  parts: ReceiveParts,
): Promise<Said | { readonly kind: 'there' }> {
  const { incidentId, by, message } = noting;
  const at = instantOf(message.ts);
  const text = await noteOf(noting, parts);
  const events = await parts.deps.reads.eventsOf(incidentId);
  const isThere = events.some(
    ({ event }) =>
      event.type === 'incident.noted' && event.at.getTime() === at.getTime() && sameWords(event.text, text),
  );
  if (isThere) return { kind: 'there' };
  return parts.deps.door.say({ type: 'incident.add_note', by, incidentId, text, at });
}

/** The same message noted by its author stands there without a name in front. */
function sameWords(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a);
}

/** Somebody else's words say whose they are. */
async function noteOf({ message, userId }: Noting, parts: ReceiveParts): Promise<string> {
  const { profiles, deps } = parts;
  const named = new Map<string, string>();
  const nameFor = async (id: string): Promise<string> => {
    const person = deps.directory().people.get((await personBehind(id, parts)) ?? '');
    return person?.name ?? (await nameOf(id, profiles)) ?? id;
  };
  for (const id of mentionedIn(message.text ?? '')) named.set(id, await nameFor(id));
  const words = plainWords(message.text ?? '', (id) => named.get(id) ?? null);
  const files = (message.files ?? []).map((file) => file.name ?? file.title ?? 'a file');
  const all = [words, ...files.map((name) => `[${name}]`)].filter((part) => part !== '').join(' ');
  const text = shorten(all === '' ? '(a message without words)' : all, LONGEST_NOTE);
  if (message.user === undefined || message.user === userId) return text;
  return `${await nameFor(message.user)}: ${text}`;
}
