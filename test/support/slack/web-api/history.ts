import { refuse } from '../refusal.ts';
import { messageObject, repliesTo } from '../workspace/message-object.ts';
import { messageAt } from '../workspace/messages.ts';
import type { Channel, Message } from '../workspace/state.ts';
import type { Args } from './args.ts';
import type { Call, Method } from './method.ts';
import { channelOf, refuseListed } from './method.ts';

const MOST = 999;

const history: Method = (call) => {
  const { args } = call;
  const channel = readable(call);
  const from = cursorOf(args);
  const all = channel.messages
    .filter(({ threadTs, isBroadcast }) => threadTs === null || isBroadcast)
    .filter((message) => between(args, message) && (from === null || Number(message.ts) <= Number(from)))
    .toReversed();
  const limit = limitOf(call, 100);
  return {
    ...shown(call, channel, { all, limit }),
    pin_count: channel.pins.length,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(args.has('latest') ? { latest: args.text('latest') } : {}),
    ...(args.has('oldest') ? { oldest: args.text('oldest') } : {}),
  };
};

const replies: Method = (call) => {
  const { args } = call;
  const channel = readable(call);
  const asked = messageAt(channel, args.need('ts')) ?? refuse('thread_not_found');
  const parent = messageAt(channel, asked.threadTs ?? asked.ts) ?? refuse('thread_not_found');
  const from = cursorOf(args);
  const answers = repliesTo(channel, parent.ts).filter(
    (message) => between(args, message) && (from === null || Number(message.ts) >= Number(from)),
  );
  const all = from === null ? [parent, ...answers] : answers;
  return shown(call, channel, { all, limit: limitOf(call, MOST) });
};

/** A channel that the app is in, with the scope for its kind. */
function readable(call: Call): Channel {
  const channel = channelOf(call, call.args.need('channel'));
  if (!channel.members.has(call.by)) refuseListed(call, 'not_in_channel', 'channel_not_found');
  return channel;
}

/** Slack may always give fewer than it is asked for. */
function limitOf({ args, state }: Call, normal: number): number {
  const asked = args.number('limit') ?? normal;
  return Math.min(asked <= 0 ? normal : asked, MOST, state.mostOnPage);
}

function cursorOf(args: Args): string | null {
  const cursor = args.text('cursor');
  if (cursor === undefined || cursor === '') return null;
  const ts = /^next_ts:(\d+\.\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  return ts ?? refuse('invalid_cursor');
}

function between(args: Args, { ts }: Message): boolean {
  const oldest = bound(args, 'oldest') ?? 0;
  const latest = bound(args, 'latest') ?? Infinity;
  const at = Number(ts);
  const atEdge = at === oldest || at === latest;
  return atEdge ? args.flag('inclusive') : at > oldest && at < latest;
}

function bound(args: Args, name: 'oldest' | 'latest'): number | null {
  const given = args.text(name);
  if (given === undefined || given === '' || given === 'now') return null;
  if (!/^\d+(\.\d+)?$/.test(given)) refuse(`invalid_ts_${name}`);
  return Number(given);
}

function shown(
  { state, args }: Call,
  channel: Channel,
  { all, limit }: { readonly all: readonly Message[]; readonly limit: number },
) {
  const next = all[limit];
  const cursor = next === undefined ? '' : Buffer.from(`next_ts:${next.ts}`).toString('base64');
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: all.slice(0, limit).map((message) => messageObject(state, channel, message, withMetadata)),
    has_more: next !== undefined,
    response_metadata: { next_cursor: cursor },
  };
}

/** What was said in a conversation. */
export const HISTORY: Readonly<Record<string, Method>> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
