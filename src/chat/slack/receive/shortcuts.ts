import { z } from 'zod';
import type { Line } from '../../../domain/text.ts';
import { cleanLines, shorten } from '../../../lib/clean-text.ts';
import type { Reply } from '../../message.ts';
import { declareForm } from '../../views/declare.ts';
import { marked, note, whisper } from '../../views/blocks.ts';
import { nameOf } from '../profiles.ts';
import { deliver } from './answer.ts';
import type { Place } from './answer.ts';
import { notOurs } from './commands.ts';
import type { ReceiveParts } from './deps.ts';
import { formFromMessage } from './from-message.ts';
import type { FromMessage } from './from-message.ts';
import { mentionedIn, plainWords } from './markup.ts';
import type { GlobalShortcut, MessageShortcut } from './payloads.ts';
import type { OurRooms } from './rooms.ts';
import { speakerOf } from './speaker.ts';
import { addToTimeline } from './to-timeline.ts';

/** What the manifest registers and Slack names in what it sends. */
export const SHORTCUTS = {
  declare: 'declare_incident',
  declareFromMessage: 'incident_from_message',
  addToTimeline: 'add_to_timeline',
} as const;

type Global = z.infer<typeof GlobalShortcut>;
type OnMessage = z.infer<typeof MessageShortcut>;

/** *Declare incident* in the lightning menu. */
export async function runGlobal(shortcut: Global, parts: ReceiveParts): Promise<void> {
  const { user, trigger_id: triggerId } = shortcut;
  const place = { userId: user.id, channelId: null, thread: null, responseUrl: null, triggerId };
  const speaker = await speakerOf(accountOf(user), parts);
  const reply: Reply =
    speaker.kind === 'external'
      ? notOurs(parts)
      : { kind: 'form', form: declareForm(parts.deps.directory()) };
  await deliver(reply, { place, origin: { kind: 'typed', text: 'new' } }, parts);
}

/** *Declare from message* and *Add to timeline* in the menu of a message. */
export async function runOnMessage(
  shortcut: OnMessage,
  { parts, rooms }: { readonly parts: ReceiveParts; readonly rooms: OurRooms },
): Promise<void> {
  const { user, channel, message, response_url: responseUrl, trigger_id: triggerId } = shortcut;
  const place: Place = {
    userId: user.id,
    channelId: channel.id,
    thread: message.thread_ts ?? null,
    responseUrl: responseUrl ?? null,
    triggerId,
  };
  const speaker = await speakerOf(accountOf(user), parts);
  if (speaker.kind === 'external') return deliver(notOurs(parts), { place, origin: null }, parts);
  if (shortcut.callback_id === SHORTCUTS.declareFromMessage) {
    const said = await saidIn(shortcut, parts);
    const reply: Reply = { kind: 'form', form: formFromMessage(said, parts.deps.directory()) };
    return deliver(reply, { place, origin: { kind: 'from_message', ...said } }, parts);
  }
  if (shortcut.callback_id !== SHORTCUTS.addToTimeline) return;
  const incident = await rooms.incidentOf(channel.id);
  const lines: Line[] =
    incident === null
      ? [
          [
            'This channel is no incident’s room, so there is no timeline. ',
            ...marked('`note #42 …` writes on the timeline of one, from anywhere.'),
          ],
        ]
      : [
          await noted(
            await addToTimeline(
              { incidentId: incident.id, by: speaker.actor, userId: user.id, message },
              parts,
            ),
          ),
        ];
  const directory = parts.deps.directory();
  const reading = { directory, zone: directory.settings.zone };
  await deliver(whisper(note(lines, reading)), { place, origin: null }, parts);
}

async function noted(said: Awaited<ReturnType<typeof addToTimeline>>): Promise<Line> {
  if (said.kind === 'there') return ['It stands on the timeline already.'];
  if (said.kind === 'refused') return marked([said.refusal.why, said.refusal.hint ?? ''].join(' ').trim());
  return ['Added to the timeline, at its own time.'];
}

/** The first line as the title, the whole and where it was said as what is known. */
async function saidIn({ channel, message }: OnMessage, parts: ReceiveParts): Promise<FromMessage> {
  const names = new Map<string, string>();
  for (const id of mentionedIn(message.text ?? '')) names.set(id, (await nameOf(id, parts.profiles)) ?? id);
  const text = cleanLines(
    plainWords(message.text ?? '', (id) => names.get(id) ?? null),
    2_500,
  );
  const [first = ''] = text.split('\n');
  const where = await permalinkOf(channel.id, message.ts, parts);
  const isAll = text === first && first.length <= 150;
  return { title: shorten(first, 150), said: isAll ? '' : text, where };
}

async function permalinkOf(channel: string, ts: string, { api }: ReceiveParts): Promise<string | null> {
  const told = await api.call({
    method: 'chat.getPermalink',
    args: { channel, message_ts: ts },
    answers: Permalink,
    urgency: 'page',
  });
  return told.ok ? told.value.permalink : null;
}

const Permalink = z.object({ permalink: z.string() });

function accountOf({ id, team_id: teamId, name, username }: Global['user']) {
  return { userId: id, teamId: teamId ?? null, name: name ?? username ?? null };
}
