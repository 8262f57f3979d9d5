import type { z } from 'zod';
import type { Reply } from '../../message.ts';
import { note, whisper } from '../../views/blocks.ts';
import { SLACK } from '../parts.ts';
import { deliver } from './answer.ts';
import type { Place } from './answer.ts';
import type { ReceiveParts } from './deps.ts';
import { mentionedIn, typedWords } from './markup.ts';
import type { TypedCommand } from './payloads.ts';
import { personBehind, speakerOf } from './speaker.ts';
import type { Account } from './speaker.ts';

/** Does a slash command and answers whoever typed it. */
export async function runTyped(typed: z.infer<typeof TypedCommand>, parts: ReceiveParts): Promise<void> {
  const account = {
    userId: typed.user_id,
    teamId: typed.team_id ?? null,
    name: typed.user_name ?? null,
  };
  const place: Place = {
    userId: typed.user_id,
    channelId: typed.channel_id,
    thread: null,
    responseUrl: typed.response_url ?? null,
    triggerId: typed.trigger_id ?? null,
  };
  await runWords(typedWords(typed.text), { account, place }, parts);
}

/** Words that are a command, from whichever door they came. */
export async function runWords(
  text: string,
  { account, place }: { readonly account: Account; readonly place: Place },
  parts: ReceiveParts,
): Promise<void> {
  const speaker = await speakerOf(account, parts);
  const reply =
    speaker.kind === 'external'
      ? notOurs(parts)
      : await parts.deps.front().command({
          actor: speaker.actor,
          platform: SLACK,
          roomId: place.channelId,
          text: await withPeople(text, parts),
        });
  await deliver(reply, { place, origin: { kind: 'typed', text } }, parts);
}

/** Whom we know is named as we know them: an account may be known by its mail address alone. */
async function withPeople(text: string, parts: ReceiveParts): Promise<string> {
  let named = text;
  for (const id of new Set(mentionedIn(text))) {
    const personId = await personBehind(id, parts);
    if (personId !== null) named = named.replaceAll(`<@${id}>`, `@${personId}`);
  }
  return named;
}

/** What somebody of another workspace is told, whatever they tried. */
export function notOurs({ deps }: ReceiveParts): Reply {
  const directory = deps.directory();
  return whisper(
    note(
      [
        [
          'Firebell works for another workspace than yours: you can read and write here, and somebody of that workspace has to do this. Ask them in the channel.',
        ],
      ],
      { directory, zone: directory.settings.zone },
      { tone: 'warning' },
    ),
  );
}
