import type { Author } from '../../../store/schema/chat.ts';
import type { KeptMessage } from '../../../store/messages.ts';
import { Message } from '../../message.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import type { Reading } from './render.ts';
import { renderBlocks } from './render.ts';
import { clockTag, dayOf } from './times.ts';

const HUES = 8;
const TOGETHER_MS = 5 * 60_000;

/** A room's messages, oldest first, with the days between them. */
export function renderLog(messages: readonly KeptMessage[], reading: Reading): Html {
  return html`${messages.map((message, i) => {
    const before = messages[i - 1];
    const day = dayOf(message.at, reading);
    const isNewDay = before === undefined || dayOf(before.at, reading) !== day;
    const follows = before !== undefined && !isNewDay && isFollowUp(message, before);
    return html`${isNewDay ? html`<p class="day"><span>${day}</span></p>` : NOTHING}${renderMessage(message, reading, follows)}`;
  })}`;
}

/** One message. A follow-up leaves out who says it. */
export function renderMessage(kept: KeptMessage, reading: Reading, follows = false): Html {
  const message = kept.deletedAt === null ? Message.safeParse(kept.message) : null;
  const tone = message?.success === true ? message.data.tone : 'calm';
  const told = message?.success === true && message.data.notify.includes(reading.personId ?? '');
  const classes = [
    'msg',
    `by-${kept.author.kind}`,
    `tone-${tone}`,
    follows ? 'follows' : '',
    told ? 'to-me' : '',
    kept.pinnedAt === null ? '' : 'pinned',
  ];
  return html`<article
    class="${classes.filter((name) => name !== '').join(' ')}"
    id="m-${kept.id}"
    data-rev="${kept.rev}"
    data-seq="${kept.seq}"
    data-author="${kept.author.kind} ${kept.author.id}"
    data-at="${kept.at.getTime()}"
  >
    ${avatar(kept.author)}
    <div class="msg-body">
      <header class="msg-head">
        <span class="who">${kept.author.name}</span>${authorTag(kept.author)}
        ${clockTag(kept.at, reading)}${marks(kept)}
      </header>
      ${content(kept, message?.success === true ? message.data : null, reading)}
    </div>
  </article>`;
}

/** What only the asker sees: shown in place, kept nowhere. */
export function renderPrivate(message: Message, reading: Reading, roomId: number | null): Html {
  return html`<article
    class="msg by-bot only-you tone-${message.tone}"
    aria-label="Answer that only you can see"
  >
    ${avatar({ kind: 'bot', id: 'firebell', name: 'Firebell' })}
    <div class="msg-body">
      <header class="msg-head"><span class="only">Only you can see this</span></header>
      <div class="blocks">${renderBlocks(message.blocks, reading, { roomId, messageId: null })}</div>
    </div>
    <button class="icon-button dismiss" type="button" data-dismiss>
      <span aria-hidden="true">✕</span><span class="sr">Dismiss this answer</span>
    </button>
  </article>`;
}

/** The pinned message as the panel shows it. */
export function renderPinned(kept: KeptMessage, reading: Reading): Html {
  const message = Message.safeParse(kept.message);
  if (!message.success) return NOTHING;
  const standing = { roomId: kept.roomId, messageId: kept.id };
  return html`<div class="card tone-${message.data.tone}">
    ${renderBlocks(message.data.blocks, reading, standing)}
  </div>`;
}

function content(kept: KeptMessage, message: Message | null, reading: Reading): Html {
  if (kept.deletedAt !== null) return html`<p class="gone">This message was deleted.</p>`;
  if (kept.author.kind !== 'bot' || message === null) return html`<p class="talk">${kept.text}</p>`;
  const standing = { roomId: kept.roomId, messageId: kept.id };
  return html`<div class="blocks">${renderBlocks(message.blocks, reading, standing)}</div>`;
}

function isFollowUp(message: KeptMessage, before: KeptMessage): boolean {
  const isSame = message.author.kind === before.author.kind && message.author.id === before.author.id;
  return isSame && message.at.getTime() - before.at.getTime() < TOGETHER_MS;
}

function marks(kept: KeptMessage): Html {
  const isEdited = kept.editedAt !== null && kept.author.kind !== 'bot' && kept.deletedAt === null;
  return html`${kept.pinnedAt === null ? NOTHING : html`<span class="mark">Pinned</span>`}${
    isEdited ? html`<span class="mark">Edited</span>` : NOTHING
  }`;
}

function authorTag({ kind }: Author): Html {
  if (kind === 'person') return NOTHING;
  return kind === 'bot' ? html`<span class="tag">Bot</span>` : html`<span class="tag">Guest</span>`;
}

function avatar({ kind, id, name }: Author): Html {
  if (kind === 'bot') return html`<span class="avatar bell-avatar" aria-hidden="true"></span>`;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1))
    .join('')
    .toUpperCase();
  return html`<span class="avatar hue-${hueOf(id)}" aria-hidden="true">${initials}</span>`;
}

function hueOf(id: string): number {
  return Array.from(id).reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 997, 7) % HUES;
}
