import { refuse } from '../refusal.ts';
import { pin, pinItems, react, unpin, unreact } from '../workspace/marks.ts';
import type { Mark } from '../workspace/marks.ts';
import { messageObject } from '../workspace/message-object.ts';
import { messageAt } from '../workspace/messages.ts';
import type { Call, Method } from './method.ts';
import { channelOf } from './method.ts';

const MOST_PINS = 100;
const MOST_EMOJI = 50;

function markOf(call: Call): Mark {
  const id = call.args.text('channel') ?? refuse('no_item_specified');
  const channel = channelOf(call, id);
  const ts = call.args.text('timestamp') ?? refuse('no_item_specified');
  if (!/^\d+\.\d+$/.test(ts)) refuse('bad_timestamp');
  return { channel, message: messageAt(channel, ts) ?? refuse('message_not_found'), by: call.by };
}

const pinsAdd: Method = (call) => {
  const mark = markOf(call);
  if (!mark.channel.members.has(call.by)) refuse('not_in_channel');
  if (mark.channel.archived) refuse('not_pinnable');
  if (mark.channel.pins.some(({ ts }) => ts === mark.message.ts)) refuse('already_pinned');
  if (mark.channel.pins.length >= MOST_PINS) refuse('too_many_pins');
  pin(call.state, mark);
  return {};
};

const pinsRemove: Method = (call) => {
  const mark = markOf(call);
  if (!mark.channel.pins.some(({ ts }) => ts === mark.message.ts)) refuse('no_pin');
  unpin(call.state, mark);
  return {};
};

const pinsList: Method = (call) => ({
  items: pinItems(call.state, channelOf(call, call.args.need('channel'))),
});

function emojiOf({ args }: Call): string {
  const name = args.need('name').replaceAll(':', '');
  return /^[a-z0-9_+'-]+$/.test(name) ? name : refuse('invalid_name');
}

const reactionsAdd: Method = (call) => {
  const mark = markOf(call);
  const name = emojiOf(call);
  if (mark.channel.archived) refuse('is_archived');
  if (!mark.channel.members.has(call.by)) refuse('no_access');
  const isNew = !mark.message.reactions.some((reaction) => reaction.name === name);
  if (isNew && mark.message.reactions.length >= MOST_EMOJI) refuse('too_many_emoji');
  if (!react(call.state, mark, name)) refuse('already_reacted');
  return {};
};

const reactionsRemove: Method = (call) => {
  if (!unreact(call.state, markOf(call), emojiOf(call))) refuse('no_reaction');
  return {};
};

const reactionsGet: Method = (call) => {
  const { channel, message } = markOf(call);
  return { type: 'message', channel: channel.id, message: messageObject(call.state, channel, message) };
};

/** Pins and reactions. */
export const MARKS: Readonly<Record<string, Method>> = {
  'pins.add': pinsAdd,
  'pins.remove': pinsRemove,
  'pins.list': pinsList,
  'reactions.add': reactionsAdd,
  'reactions.remove': reactionsRemove,
  'reactions.get': reactionsGet,
};
