import { z } from 'zod';
import type { Message } from '../message.ts';
import type { MessageRef } from '../platform.ts';
import { passing } from './failure.ts';
import type { SlackAnswer } from './failure.ts';
import type { SlackParts } from './parts.ts';
import { urgencyIn } from './posts.ts';
import { rendered } from './rendered.ts';

/** Changes messages, each at most once in a while. */
export interface Edits {
  readonly edit: (ref: MessageRef, message: Message) => Promise<SlackAnswer<null>>;
  /** A message was just sent like this: the same words need no change. */
  readonly shows: (ref: MessageRef, message: Message) => void;
}

/** Slack allows 50 edits a minute in the whole workspace: one message takes a few of them at most. */
const AT_MOST_EVERY_MS = 5_000;
const REMEMBERED = 500;

interface Shown {
  readonly text: string;
  readonly at: number;
}

/**
 * A card that changes again at once is put off, and drawn with all that has happened by then. A direct message is changed at once:
 * whoever reads it decides whether to get up.
 */
export function createEdits(parts: SlackParts): Edits {
  const shown = new Map<string, Shown>();
  const nameOf = ({ roomId, messageId }: MessageRef): string => `${roomId}/${messageId}`;
  const now = (): number => parts.deps.clock.now().getTime();
  return {
    shows: (ref, message) => remember(shown, nameOf(ref), { text: JSON.stringify(message), at: -Infinity }),
    edit: async (ref, message) => {
      const name = nameOf(ref);
      const urgency = urgencyIn(ref.roomId) === 'page' ? 'page' : 'card';
      const text = JSON.stringify(message);
      const before = shown.get(name);
      if (before?.text === text) return { ok: true, value: null };
      const since = before === undefined ? Infinity : now() - before.at;
      if (urgency === 'card' && since >= 0 && since < AT_MOST_EVERY_MS)
        return {
          ok: false,
          failure: {
            ...passing('too_often', 'it was changed a moment ago', AT_MOST_EVERY_MS - since),
            notYet: true,
          },
        };
      const { roomId: channel, messageId: ts } = ref;
      const args = { channel, ts, ...(await rendered(message, { roomId: channel, parts })) };
      const edited = await parts.api.call({ method: 'chat.update', args, answers: z.object({}), urgency });
      if (!edited.ok) return edited;
      remember(shown, name, { text, at: now() });
      return { ok: true, value: null };
    },
  };
}

function remember(shown: Map<string, Shown>, name: string, entry: Shown): void {
  shown.delete(name);
  shown.set(name, entry);
  const [oldest] = shown.keys();
  if (shown.size > REMEMBERED && oldest !== undefined) shown.delete(oldest);
}
