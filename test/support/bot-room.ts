import { Message } from '../../src/chat/message.ts';
import type { Block, Button } from '../../src/chat/message.ts';
import { plainLine } from '../../src/chat/views/plain.ts';
import type { Reading } from '../../src/chat/views/plain.ts';
import type { KeptMessage } from '../../src/store/messages.ts';
import { wholeRoom } from '../../src/store/messages.ts';
import type { Db } from '../../src/store/db.ts';

/** One message as it stands in a room now. */
export interface Seen {
  readonly id: number;
  readonly by: string;
  /** In one sentence, as a notification says it. */
  readonly plain: string;
  /** Everything that can be read on it, a part a line. */
  readonly words: string;
  readonly buttons: readonly Button[];
  /** Ids of the people whom it notifies. */
  readonly notifies: readonly string[];
  readonly tone: Message['tone'];
  readonly isPinned: boolean;
}

/** A room under test, read anew at every call. */
export class Room {
  readonly id: number;
  readonly #db: Db;
  readonly #reading: () => Reading;

  constructor(id: number, db: Db, reading: () => Reading) {
    this.id = id;
    this.#db = db;
    this.#reading = reading;
  }

  /** What was said, oldest first. */
  async messages(): Promise<readonly Seen[]> {
    const kept = await wholeRoom(this.#db, this.id);
    return kept.map((one) => seen(one, this.#reading()));
  }

  /** What was said, a sentence each, without the card, which changes all the time. */
  async says(): Promise<readonly string[]> {
    const messages = await this.messages();
    return messages.filter(({ isPinned }) => !isPinned).map(({ plain }) => plain);
  }

  /** The newest message. Throws when nothing was said. */
  async last(): Promise<Seen> {
    const last = (await this.messages()).at(-1);
    if (last === undefined) throw new Error('nothing has been said in this room');
    return last;
  }

  /** The card that is pinned here. Throws when there is none, or more than one. */
  async card(): Promise<Seen> {
    const [card, ...more] = (await this.messages()).filter(({ isPinned }) => isPinned);
    if (card === undefined || more.length > 0)
      throw new Error(`expected one card, found ${card === undefined ? 0 : more.length + 1}`);
    return card;
  }

  /** Labels of all buttons that can be pressed here now. */
  async buttons(): Promise<readonly string[]> {
    return (await this.messages()).flatMap(({ buttons }) => buttons.map(({ label }) => label));
  }
}

function seen({ id, author, text, message, pinnedAt }: KeptMessage, reading: Reading): Seen {
  const read = Message.parse(message);
  return {
    id,
    by: author.name,
    plain: text,
    words: read.blocks.map((block) => wordsOf(block, reading)).join('\n'),
    buttons: read.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])),
    notifies: read.notify,
    tone: read.tone,
    isPinned: pinnedAt !== null,
  };
}

function wordsOf(block: Block, reading: Reading): string {
  switch (block.kind) {
    case 'heading':
    case 'quote':
    case 'code':
      return block.text;
    case 'text':
    case 'context':
      return plainLine(block.line, reading);
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${plainLine(value, reading)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${plainLine(item, reading)}`).join('\n');
    case 'document':
      return `${block.title}\n${block.markdown}`;
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  }
}
