import { refuse } from '../refusal.ts';
import { channelObject } from '../workspace/channel-object.ts';
import type { Channel, ChannelKind } from '../workspace/state.ts';
import type { Call, Method } from './method.ts';
import { channelOf, needScopeFor, page } from './method.ts';

const KINDS: Readonly<Record<string, ChannelKind>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};
const MOST = 999;

const info: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  const count = call.args.flag('include_num_members') ? { num_members: channel.members.size } : {};
  return { channel: { ...channelObject(call.state, channel, call.by), ...count } };
};

const members: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  const { items, response_metadata } = page(call.args, [...channel.members], { normal: 100, most: 1_000 });
  return { members: items, response_metadata };
};

const list: Method = (call) => listed(call, ({ kind, members: of }) => kind === 'public' || of.has(call.by));

const ofUser: Method = (call) => {
  const user = call.args.text('user') ?? call.by;
  return listed(call, ({ kind, members: of }) => of.has(user) && (kind === 'public' || of.has(call.by)));
};

function listed(call: Call, fits: (channel: Channel) => boolean) {
  const { state, args, by } = call;
  const kinds = (args.text('types') ?? 'public_channel')
    .split(',')
    .map((type) => KINDS[type.trim()] ?? refuse('invalid_types'));
  for (const kind of kinds) needScopeFor(call, kind);
  if ((args.number('limit') ?? 100) > 1_000) refuse('invalid_limit');
  const all = [...state.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) && fits(channel) && !(args.flag('exclude_archived') && channel.archived),
  );
  const { items, response_metadata } = page(args, all, { normal: 100, most: MOST });
  const channels = items.map((channel) => ({
    ...channelObject(state, channel, by),
    ...(channel.kind === 'public' || channel.kind === 'private' ? { num_members: channel.members.size } : {}),
  }));
  return { channels, response_metadata };
}

/** Which conversations there are. */
export const CHANNEL_LISTS: Readonly<Record<string, Method>> = {
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'users.conversations': ofUser,
};
