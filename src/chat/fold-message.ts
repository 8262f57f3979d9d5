import type { Directory } from '../domain/directory.ts';
import type { FoldEntry, FoldNotice } from '../domain/page/fold.ts';
import type { Line } from '../domain/text.ts';
import type { Delivery } from '../engine/notification-channel.ts';
import type { Block, Message } from './message.ts';
import type { ChatPlatform } from './platform.ts';

/** Tells a person by direct message what they missed while Firebell was down. */
export function tellFold(chat: ChatPlatform, directory: () => Directory) {
  return async (notice: FoldNotice, key: string): Promise<Delivery> => {
    const room = await chat.directRoom(notice.person);
    const posted = room.ok ? await chat.post(room.value.roomId, foldMessage(notice, directory()), key) : room;
    if (posted.ok) return { kind: 'sent', messageId: posted.value.messageId };
    const { kind, reason, afterMs } = posted.failure;
    return kind === 'temporary' ? { kind: 'retry', afterMs, reason } : { kind: 'failed', reason };
  };
}

/** What the summary says: what still burns first, each with a way to take it. */
export function foldMessage({ person, entries }: FoldNotice, { severities }: Directory): Message {
  const burning = entries.filter((entry) => entry.stillBurns);
  const over = entries.filter((entry) => !entry.stillBurns);
  const count = `${entries.length} ${entries.length === 1 ? 'page' : 'pages'}`;
  const plain = `Firebell was down and could not send you ${count}; ${burning.length} still burning.`;
  const severityName = (id: string): string => severities.find((one) => one.id === id)?.name ?? id;
  const item = ({ incident, pagedAt }: FoldEntry): Line => [
    { incident: incident.id },
    ` ${severityName(incident.severity)} ${incident.title} (${incident.status}, should have paged you `,
    { time: pagedAt },
    ')',
  ];
  return {
    tone: burning.length > 0 ? 'danger' : 'calm',
    plain,
    notify: [person.id],
    blocks: [
      { kind: 'heading', text: plain },
      ...section('Still burning', burning.map(item)),
      ...section('Over by now', over.map(item)),
      {
        kind: 'context',
        line: [
          'Take one with ',
          { code: `/inc ack #${burning[0]?.incident.id ?? entries[0]?.incident.id ?? 1}` },
          '.',
        ],
      },
    ],
  };
}

function section(title: string, items: readonly Line[]): Block[] {
  if (items.length === 0) return [];
  return [
    { kind: 'text', line: [{ bold: title }] },
    { kind: 'list', items: [...items] },
  ];
}
