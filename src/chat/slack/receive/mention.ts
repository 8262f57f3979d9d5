import { runWords } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { typedWords, withoutMention } from './markup.ts';
import { MentionEvent } from './payloads.ts';

/** `@Firebell ack` is the command `ack`, answered where only its writer sees it. */
export async function hearMention(event: unknown, parts: ReceiveParts): Promise<void> {
  const { user, text, channel, thread_ts: thread, team, user_team: userTeam } = MentionEvent.parse(event);
  const us = parts.identity.known()?.userId ?? '';
  if (user === us) return;
  await runWords(
    typedWords(withoutMention(text, us)),
    {
      account: { userId: user, teamId: userTeam ?? team ?? null, name: null },
      place: {
        userId: user,
        channelId: channel,
        thread: thread ?? null,
        responseUrl: null,
        triggerId: null,
      },
    },
    parts,
  );
}
