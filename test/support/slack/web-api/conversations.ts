import { refuse, refuseArguments } from '../refusal.ts';
import {
  archive,
  describe,
  directChannel,
  findDirect,
  join,
  leave,
  makeChannel,
  rename,
} from '../workspace/channels.ts';
import { channelObject } from '../workspace/channel-object.ts';
import type { Channel, ChannelKind, State } from '../workspace/state.ts';
import { checkName } from './channel-names.ts';
import { inviteProblem } from './invitations.ts';
import type { Call, Method } from './method.ts';
import { channelOf, needScopeFor, openChannelOf } from './method.ts';

const MOST_INVITED = 100;
const LONGEST_TOPIC = 250;
const MOST_IN_DIRECT = 8;

function channelAnswer({ state, by }: Call, channel: Channel) {
  return { channel: channelObject(state, channel, by) };
}

function ofKind(channel: Channel, ...kinds: readonly ChannelKind[]): void {
  if (!kinds.includes(channel.kind)) refuse('method_not_supported_for_channel_type');
}

const create: Method = (call) => {
  const { state, args, by } = call;
  const isPrivate = args.flag('is_private');
  needScopeFor(call, isPrivate ? 'private' : 'public');
  if (state.restrictions.channels) refuse('restricted_action');
  const name = checkName(state, args.need('name'));
  const kind = isPrivate ? 'private' : 'public';
  return channelAnswer(call, makeChannel(state, { kind, name, creator: by, members: [by] }));
};

const invite: Method = (call) => {
  const { state, args, by } = call;
  const channel = openChannelOf(call, args.need('channel'));
  ofKind(channel, 'public', 'private');
  const users = args.list('users') ?? [];
  if (users.length === 0) refuse('no_user');
  if (users.length > MOST_INVITED)
    refuseArguments(`no more than ${MOST_INVITED} items allowed [json-pointer:/users]`);
  const errors = users.flatMap((user) => {
    const error = inviteProblem(state, channel, { user, by });
    return error === null ? [] : [{ user, ok: false, error }];
  });
  const fine = users.filter((user) => !errors.some((one) => one.user === user));
  const [first] = errors;
  if (first && (!args.flag('force') || fine.length === 0)) refuse(first.error, { errors });
  for (const user of fine) join(state, channel, user, by);
  return { ...channelAnswer(call, channel), ...(errors.length > 0 ? { errors } : {}) };
};

const kick: Method = (call) => {
  const channel = openChannelOf(call, call.args.need('channel'));
  ofKind(channel, 'public', 'private');
  const user = call.args.need('user');
  if (user === call.by) refuse('cant_kick_self');
  if (channel.isGeneral) refuse('cant_kick_from_general');
  if (!channel.members.has(user)) refuse('user_not_found');
  leave(call.state, channel, user);
  return { errors: {} };
};

const leaveMethod: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  ofKind(channel, 'public', 'private');
  if (channel.archived) refuse('is_archived');
  if (channel.isGeneral) refuse('cant_leave_general');
  if (!channel.members.has(call.by)) return { not_in_channel: true };
  leave(call.state, channel, call.by);
  return {};
};

const joinMethod: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  ofKind(channel, 'public');
  if (channel.archived) refuse('is_archived');
  const warning = channel.members.has(call.by) ? { warning: 'already_in_channel' } : {};
  join(call.state, channel, call.by, null);
  return { ...channelAnswer(call, channel), ...warning };
};

function describeWith(what: 'topic' | 'purpose'): Method {
  return (call) => {
    const channel = openChannelOf(call, call.args.need('channel'));
    ofKind(channel, 'public', 'private');
    const value = call.args.need(what);
    if (value.length > LONGEST_TOPIC) refuse('too_long');
    describe(call.state, channel, { by: call.by, what, value });
    return { ...channelAnswer(call, channel), [what]: value };
  };
}

const archiveMethod: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  ofKind(channel, 'public', 'private');
  if (channel.archived) refuse('already_archived');
  if (channel.isGeneral) refuse('cant_archive_general');
  if (!channel.members.has(call.by)) refuse('not_in_channel');
  archive(call.state, channel, { by: call.by, archived: true });
  return {};
};

const unarchive: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  ofKind(channel, 'public', 'private');
  if (!channel.archived) refuse('not_archived');
  archive(call.state, channel, { by: call.by, archived: false });
  return {};
};

const renameMethod: Method = (call) => {
  const channel = openChannelOf(call, call.args.need('channel'));
  ofKind(channel, 'public', 'private');
  const name = checkName(call.state, call.args.need('name'), channel);
  if (channel.creator !== call.by) refuse('not_authorized');
  rename(call.state, channel, { by: call.by, name });
  return channelAnswer(call, channel);
};

const open: Method = (call) => {
  const { state, args, by } = call;
  const given = args.text('channel');
  const users = args.list('users');
  if (given === undefined && (users ?? []).length === 0) refuse('users_list_not_supplied');
  needScopeFor(call, (users ?? []).length > 1 ? 'mpim' : 'im');
  if (given !== undefined) return opened(call, channelOf(call, given), true);
  const others = [...new Set(users)].filter((user) => user !== by);
  if (others.length > MOST_IN_DIRECT) refuse('too_many_users');
  if (others.length === 0) refuse('invalid_user_combination');
  for (const user of others) checkReachable(state, user);
  const known = findDirect(state, [by, ...others]);
  if (!known && args.flag('prevent_creation')) refuse('channel_not_found');
  return opened(call, known ?? directChannel(state, [by, ...others]), known !== null);
};

function checkReachable(state: State, id: string): void {
  const user = state.users.get(id) ?? refuse('user_not_found');
  if (user.deleted) refuse('user_disabled');
  if (user.isBot) refuse('invalid_user_combination');
  const shares = [...state.channels.values()].some(({ isShared, members }) => isShared && members.has(id));
  if (user.teamId !== state.team.id && !shares) refuse('user_not_visible');
}

function opened(call: Call, channel: Channel, already: boolean) {
  const full = call.args.flag('return_im') ? channelObject(call.state, channel, call.by) : { id: channel.id };
  return { ...(already ? { no_op: true, already_open: true } : {}), channel: full };
}

const close: Method = (call) => {
  const channel = channelOf(call, call.args.need('channel'));
  ofKind(channel, 'im', 'mpim');
  return {};
};

/** `conversations.*` that changes something. */
export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.create': create,
  'conversations.invite': invite,
  'conversations.kick': kick,
  'conversations.leave': leaveMethod,
  'conversations.join': joinMethod,
  'conversations.setTopic': describeWith('topic'),
  'conversations.setPurpose': describeWith('purpose'),
  'conversations.archive': archiveMethod,
  'conversations.unarchive': unarchive,
  'conversations.rename': renameMethod,
  'conversations.open': open,
  'conversations.close': close,
};
