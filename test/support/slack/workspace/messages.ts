import { randomUUID } from 'node:crypto';
import { channelType } from './channel-object.ts';
import { fillBlockIds } from './block-ids.ts';
import { fileObject } from './file-object.ts';
import { messageObject } from './message-object.ts';
import type { Channel, Json, Message, State, StoredFile } from './state.ts';

/** What is said. */
export interface Draft {
  readonly user: string;
  readonly isApp?: boolean;
  readonly subtype?: string | null;
  readonly text: string;
  readonly blocks?: readonly Json[] | null;
  readonly attachments?: readonly Json[] | null;
  readonly metadata?: Message['metadata'];
  readonly threadTs?: string | null;
  readonly isBroadcast?: boolean;
  readonly files?: readonly string[];
  readonly more?: Json;
}

/** Puts a message into a conversation and tells the app of it. */
export function post(state: State, channel: Channel, draft: Draft): Message {
  const isSpoken = draft.isApp !== true && (draft.subtype ?? null) === null;
  const message: Message = {
    ts: state.nextTs(),
    user: draft.user,
    isApp: draft.isApp ?? false,
    subtype: draft.subtype ?? null,
    text: draft.text,
    blocks: fillBlockIds(draft.blocks ?? null),
    attachments: draft.attachments ?? null,
    metadata: draft.metadata ?? null,
    threadTs: draft.threadTs ?? null,
    isBroadcast: draft.isBroadcast ?? false,
    edited: null,
    reactions: [],
    files: draft.files ?? [],
    more: draft.more ?? {},
    clientMsgId: isSpoken ? randomUUID() : null,
  };
  channel.messages.push(message);
  shareFiles(state, channel, message);
  const tells = { ...messageObject(state, channel, message, true), ...subtypeOf(message) };
  state.tell(inChannel(channel, message.ts, tells), channel);
  tellOfFiles(state, channel, message);
  state.changed();
  return message;
}

function subtypeOf({ isBroadcast, files, subtype }: Message): Json {
  if (subtype !== null) return {};
  if (isBroadcast) return { subtype: 'thread_broadcast' };
  return files.length > 0 ? { subtype: 'file_share' } : {};
}

function inChannel(channel: Channel, ts: string, tells: Json): Json & { readonly type: string } {
  return { ...tells, type: 'message', channel: channel.id, event_ts: ts, channel_type: channelType(channel) };
}

function shareFiles({ files }: State, channel: Channel, message: Message): void {
  for (const id of message.files)
    files.get(id)?.shares.push({ channel: channel.id, ts: message.ts, threadTs: message.threadTs });
}

function tellOfFiles(state: State, channel: Channel, message: Message): void {
  for (const id of message.files) {
    if (!state.files.has(id)) continue;
    state.tell(
      {
        type: 'file_shared',
        file_id: id,
        user_id: message.user,
        file: { id },
        channel_id: channel.id,
        event_ts: message.ts,
      },
      channel,
    );
  }
}

/** Deletes a file: what it was shared with shows that it was there, and the app is told. */
export function deleteFile(state: State, file: StoredFile): void {
  file.deleted = true;
  state.tell({ type: 'file_deleted', file_id: file.id, event_ts: state.nextTs() });
  state.changed();
}

/** What an edit changes; what is left out stays. */
export interface Edit {
  readonly text?: string;
  readonly blocks?: readonly Json[] | null;
  readonly attachments?: readonly Json[] | null;
  readonly metadata?: Message['metadata'];
  /** The edit is not shown as one: unfurls, for instance. */
  readonly isQuiet?: boolean;
}

/** Changes a message and tells the app of it. */
export function edit(
  state: State,
  { channel, message, by }: { channel: Channel; message: Message; by: string },
  change: Edit,
): void {
  const before = messageObject(state, channel, message, true);
  const ts = state.nextTs();
  Object.assign(message, {
    ...(change.text === undefined ? {} : { text: change.text }),
    ...(change.blocks === undefined ? {} : { blocks: fillBlockIds(change.blocks) }),
    ...(change.attachments === undefined ? {} : { attachments: change.attachments }),
    ...(change.metadata === undefined ? {} : { metadata: change.metadata }),
    ...(change.isQuiet === true ? {} : { edited: { user: by, ts: `${ts.split('.')[0]}.000000` } }),
  });
  tellOfChange(state, channel, { message, before, ts });
  state.changed();
}

/** Tells the app that a message is not what it was. */
function tellOfChange(
  state: State,
  channel: Channel,
  { message, before, ts }: { message: Message; before: Json; ts: string },
): void {
  state.tell(
    inChannel(channel, ts, {
      subtype: 'message_changed',
      message: messageObject(state, channel, message, true),
      previous_message: before,
      hidden: true,
      ts,
    }),
    channel,
  );
}

/** Takes a message away and tells the app of it. */
export function remove(state: State, channel: Channel, message: Message): void {
  const before = messageObject(state, channel, message, true);
  channel.messages.splice(channel.messages.indexOf(message), 1);
  const pin = channel.pins.findIndex(({ ts }) => ts === message.ts);
  if (pin >= 0) channel.pins.splice(pin, 1);
  const ts = state.nextTs();
  state.tell(
    inChannel(channel, ts, {
      subtype: 'message_deleted',
      previous_message: before,
      deleted_ts: message.ts,
      hidden: true,
      ts,
    }),
    channel,
  );
  state.changed();
}

/** The message of this time, wherever in the conversation it stands. */
export function messageAt(channel: Channel, ts: string): Message | null {
  return channel.messages.find((message) => message.ts === ts) ?? null;
}

/** Shown to one person only; it leaves no trace in the conversation. */
export function whisper(
  state: State,
  { user, channel, text, blocks = null, threadTs = null }: WhisperDraft,
): string {
  const ts = state.nextTs();
  state.ephemerals.push({ user, channel, ts, threadTs, text, blocks: fillBlockIds(blocks) });
  state.changed();
  return ts;
}

export interface WhisperDraft {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks?: readonly Json[] | null;
  readonly threadTs?: string | null;
}

/** A file that somebody brings. */
export interface BroughtFile {
  readonly name: string;
  readonly content: Buffer;
  readonly user: string;
  readonly mimetype?: string;
  readonly externalUrl?: string;
  readonly isHidden?: boolean;
}

/** Keeps a file, not shared with anybody yet. */
export function storeFile(
  state: State,
  { name, content, user, mimetype = 'text/plain', externalUrl, isHidden }: BroughtFile,
): Json & { readonly id: string } {
  const id = state.nextId('F');
  const file = {
    id,
    name,
    title: name,
    user,
    mimetype,
    created: state.clock.now(),
    content,
    shares: [],
    deleted: false,
    externalUrl: externalUrl ?? null,
    isHidden: isHidden ?? false,
  };
  state.files.set(id, file);
  return { ...fileObject(state, file), id };
}
