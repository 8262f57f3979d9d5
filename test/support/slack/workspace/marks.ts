import { messageObject, permalink } from './message-object.ts';
import type { Channel, Json, Message, State } from './state.ts';

function pinItem(state: State, channel: Channel, message: Message): Json {
  const pin = channel.pins.find(({ ts }) => ts === message.ts);
  return {
    type: 'message',
    created: Math.floor((pin?.at ?? state.clock.now()) / 1_000),
    created_by: pin?.by ?? message.user,
    channel: channel.id,
    message: { ...messageObject(state, channel, message), permalink: permalink(state, channel.id, message) },
  };
}

/** What is pinned in the channel, newest first, as `pins.list` shows it. */
export function pinItems(state: State, channel: Channel): readonly Json[] {
  return channel.pins
    .toReversed()
    .flatMap(({ ts }) => channel.messages.filter((message) => message.ts === ts))
    .map((message) => pinItem(state, channel, message));
}

/** Pins a message and tells the app of it. */
export function pin(state: State, { channel, message, by }: Mark): void {
  channel.pins.push({ ts: message.ts, by, at: state.clock.now() });
  tellOfPin(state, 'pin_added', { channel, message, by });
}

/** Takes the pin off and tells the app of it. */
export function unpin(state: State, { channel, message, by }: Mark): void {
  channel.pins.splice(
    channel.pins.findIndex(({ ts }) => ts === message.ts),
    1,
  );
  tellOfPin(state, 'pin_removed', { channel, message, by });
}

/** A message and who does something to it. */
export interface Mark {
  readonly channel: Channel;
  readonly message: Message;
  readonly by: string;
}

function tellOfPin(state: State, type: 'pin_added' | 'pin_removed', { channel, message, by }: Mark): void {
  state.tell(
    {
      type,
      user: by,
      channel_id: channel.id,
      item: pinItem(state, channel, message),
      item_user: message.user,
      pin_count: channel.pins.length,
      pinned_info: { channel: channel.id, pinned_by: by, pinned_ts: Math.floor(state.clock.now() / 1_000) },
      ...(type === 'pin_removed' ? { has_pins: channel.pins.length > 0 } : {}),
      event_ts: state.nextTs(),
    },
    channel,
  );
  state.changed();
}

/** Adds a reaction and tells the app of it; false when this person has reacted so already. */
export function react(state: State, { channel, message, by }: Mark, name: string): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(by) === true) return false;
  if (known) known.users.push(by);
  else message.reactions.push({ name, users: [by] });
  tellOfReaction(state, 'reaction_added', { channel, message, by, name });
  return true;
}

/** Takes a reaction back and tells the app of it; false when there was none. */
export function unreact(state: State, { channel, message, by }: Mark, name: string): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(by) !== true) return false;
  known.users.splice(known.users.indexOf(by), 1);
  if (known.users.length === 0) message.reactions.splice(message.reactions.indexOf(known), 1);
  tellOfReaction(state, 'reaction_removed', { channel, message, by, name });
  return true;
}

function tellOfReaction(
  state: State,
  type: 'reaction_added' | 'reaction_removed',
  { channel, message, by, name }: Mark & { readonly name: string },
): void {
  state.tell(
    {
      type,
      user: by,
      reaction: name,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: state.nextTs(),
    },
    channel,
  );
  state.changed();
}
