import { z } from 'zod';
import {
  deleteMessage,
  findLedgerMessage,
  hearMessages,
  noteHeardUpTo,
  setPinned,
} from '../../../store/platform-messages.ts';
import { actorOf } from '../actor.ts';
import { DISCORD } from '../parts.ts';
import { hearDeleted, lookAfter } from '../rooms/gone.ts';
import type { Channel } from '../shapes.ts';
import { compareIds, timeOf } from '../snowflake.ts';
import { asHeard } from './bury.ts';
import { fillRoom } from './fill.ts';
import { DiscordMessage, heardFrom, isSpoken } from './message.ts';
import { notePin } from './pins.ts';
import type { LedgerParts } from './pins.ts';
import { createPlaces } from './places.ts';
import type { Places } from './places.ts';
import { Cleared, noteCleared, noteReacted, Reacted } from './reactions.ts';
import { awakeThreads } from './threads.ts';
import { isOurOwn } from './write-down.ts';

/** Writes the transcript as it is spoken. */
export interface Listener {
  /** Takes what the gateway tells. Never throws. */
  readonly hear: (event: string, data: unknown) => void;
  /** A new session: what was said before it has to be read. */
  readonly begin: () => void;
  /** Waits for what is being written. */
  readonly settled: () => Promise<void>;
}

/** Makes the listener of the process that has the gateway. */
export function createListener(parts: LedgerParts): Listener {
  const listener = new Ears(parts);
  return {
    hear: (event, data) => listener.hear(event, data),
    begin: () => listener.begin(),
    settled: () => listener.settled(),
  };
}

const Removed = z.object({ id: z.string() });
const Deleted = z.object({ id: z.string(), channel_id: z.string() });
const DeletedMany = z.object({ ids: z.array(z.string()), channel_id: z.string() });
const Changed = z.object({ id: z.string(), channel_id: z.string(), pinned: z.boolean().optional() });

/** What the gateway told, and when, in ms of this process. */
interface Told {
  readonly data: unknown;
  readonly arrivedAt: number;
}

class Ears {
  readonly #parts: LedgerParts;
  readonly #places: Places;
  /** Places that are heard without a gap since the session began. */
  readonly #whole = new Set<string>();
  /** From where on each room's history was last read, and when that was. */
  readonly #filled = new Map<string, { readonly from: string; readonly startedAt: number }>();
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#places = createPlaces(parts);
  }

  hear(event: string, data: unknown): void {
    if (event === 'GUILD_CREATE' || event === 'THREAD_LIST_SYNC') this.#places.noteThreads(data);
    if (event === 'THREAD_CREATE' || event === 'THREAD_UPDATE') this.#places.noteThread(data);
    if (event === 'CHANNEL_DELETE' || event === 'THREAD_DELETE') this.#next(() => this.#removed(data));
    if (!event.startsWith('MESSAGE_')) return;
    const arrivedAt = performance.now();
    this.#next(async () => this.#write(event, { data, arrivedAt }));
  }

  begin(): void {
    this.#whole.clear();
    this.#places.begin();
    this.#next(async () => this.#fillOpen());
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  /** One after the other, so that an edit never comes before what it edits. */
  #next(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write).catch((err: unknown) => {
      // What could not be written is read again from the history.
      this.#whole.clear();
      this.#parts.deps.logger.warn({ err }, 'Something said on Discord could not be written down yet');
    });
  }

  /** Reads what is new in a room, and what became of what was said last; remembers which reactions the history has told with it. */
  async #fill(roomId: string, awake?: readonly Channel[]): Promise<void> {
    const startedAt = performance.now();
    const from = await fillRoom(roomId, this.#parts, { back: 'lately', ...(awake && { awake }) });
    if (from === null) return;
    this.#whole.add(roomId);
    this.#filled.set(roomId, { from, startedAt });
  }

  /** Whether a reaction came before its message was read from the history, which counted it. */
  #isCounted(roomId: string, messageId: string, arrivedAt: number): boolean {
    const filled = this.#filled.get(roomId);
    return filled !== undefined && arrivedAt < filled.startedAt && compareIds(messageId, filled.from) >= 0;
  }

  async #fillOpen(): Promise<void> {
    const { deps } = this.#parts;
    const open = await deps.reads.listIncidents({ state: 'open', limit: 200 });
    const awake = await awakeThreads(this.#parts);
    if (awake === null) return;
    for (const { room } of open) {
      if (room?.platform !== DISCORD) continue;
      await this.#fill(room.roomId, awake);
      if (!this.#whole.has(room.roomId)) await lookAfter(room.roomId, this.#parts);
    }
  }

  async #removed(data: unknown): Promise<void> {
    const { id } = Removed.parse(data);
    this.#places.forget(id);
    this.#whole.delete(id);
    await hearDeleted(id, this.#parts);
  }

  async #write(event: string, { data, arrivedAt }: Told): Promise<void> {
    switch (event) {
      case 'MESSAGE_CREATE':
        return this.#said(DiscordMessage.parse(data));
      case 'MESSAGE_UPDATE':
        return this.#changed(data);
      case 'MESSAGE_DELETE': {
        const { id, channel_id } = Deleted.parse(data);
        return this.#deleted(channel_id, [id]);
      }
      case 'MESSAGE_DELETE_BULK': {
        const { ids, channel_id } = DeletedMany.parse(data);
        return this.#deleted(channel_id, ids);
      }
      case 'MESSAGE_REACTION_ADD':
        return this.#reacted(Reacted.parse(data), 1, arrivedAt);
      case 'MESSAGE_REACTION_REMOVE':
        return this.#reacted(Reacted.parse(data), -1, arrivedAt);
      case 'MESSAGE_REACTION_REMOVE_ALL':
      case 'MESSAGE_REACTION_REMOVE_EMOJI':
        return this.#cleared(Cleared.parse(data));
    }
  }

  async #said(message: DiscordMessage): Promise<void> {
    const { deps, settings } = this.#parts;
    const place = await this.#places.of(message.channel_id);
    if (place === null) return;
    if (isSpoken(message) && !isOurOwn(message, settings.application))
      await hearMessages(deps.db, [heardFrom(message, place)]);
    await notePin(message, place.roomId, this.#parts);
    await this.#noteUpTo(message, place.roomId);
    if (!isSpoken(message) || message.author.bot === true) return;
    const actor = actorOf(message.author, message.member?.nick ?? null, deps.directory());
    await deps.front().heard({
      actor,
      platform: DISCORD,
      roomId: place.roomId,
      text: message.content,
      messageId: message.id,
    });
  }

  /** A room that is new to this session is first read from where its transcript ends. */
  async #noteUpTo({ id, channel_id }: DiscordMessage, roomId: string): Promise<void> {
    const { deps } = this.#parts;
    if (!this.#whole.has(roomId)) return this.#fill(roomId);
    await noteHeardUpTo(deps.db, {
      platform: DISCORD,
      roomId: channel_id,
      upTo: id,
      at: deps.clock.now(),
    });
  }

  async #changed(data: unknown): Promise<void> {
    const { id, channel_id, pinned } = Changed.parse(data);
    const place = await this.#places.of(channel_id);
    if (place === null) return;
    const { deps, settings } = this.#parts;
    const ref = { platform: DISCORD, roomId: place.roomId, messageId: id };
    if (pinned === false) await setPinned(deps.db, ref, null);
    const whole = DiscordMessage.safeParse(data);
    if (whole.success && isSpoken(whole.data) && !isOurOwn(whole.data, settings.application))
      await hearMessages(deps.db, [heardFrom(whole.data, place)]);
  }

  async #deleted(channelId: string, ids: readonly string[]): Promise<void> {
    const { deps } = this.#parts;
    const place = await this.#places.of(channelId);
    if (place === null) return;
    for (const messageId of ids) {
      const ref = { platform: DISCORD, roomId: place.roomId, messageId };
      const known = await findLedgerMessage(deps.db, ref);
      const heard = known ?? { ...UNHEARD, ...ref, at: timeOf(messageId), thread: place.thread };
      await deleteMessage(deps.db, asHeard(heard), deps.clock.now());
    }
  }

  async #cleared(cleared: Cleared): Promise<void> {
    const place = await this.#places.of(cleared.channel_id);
    if (place !== null) await noteCleared(cleared, place, this.#parts);
  }

  async #reacted(reacted: Reacted, by: 1 | -1, arrivedAt: number): Promise<void> {
    const place = await this.#places.of(reacted.channel_id);
    if (place === null) return;
    const { roomId } = place;
    const isCounted = this.#isCounted(roomId, reacted.message_id, arrivedAt);
    await noteReacted(reacted, { by, roomId, isCounted }, this.#parts);
  }
}

/** A message that was deleted before anybody heard it. */
const UNHEARD = {
  author: 'unknown',
  authorName: 'Somebody',
  isBot: false,
  text: '',
  editedAt: null,
  files: [],
  event: null,
  deletedAt: null,
  pinnedBy: null,
  reactions: [],
  earlier: [],
};
