import { channelObject, channelType } from './channel-object.ts';
import { post } from './messages.ts';
import type { Channel, ChannelKind, State } from './state.ts';

const NOTHING = { value: '', creator: '', last_set: 0 };
const ID_PREFIX = { public: 'C', private: 'C', mpim: 'G', im: 'D' } as const;

/** What a new conversation is. */
export interface NewChannel {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly creator: string;
  readonly members: readonly string[];
  readonly isGeneral?: boolean;
  readonly isShared?: boolean;
}

/** Makes a conversation and tells the app of it. */
export function makeChannel(state: State, spec: NewChannel): Channel {
  const now = state.clock.now();
  const channel: Channel = {
    id: state.nextId(ID_PREFIX[spec.kind]),
    kind: spec.kind,
    name: spec.name,
    previousNames: [],
    creator: spec.creator,
    created: now,
    isGeneral: spec.isGeneral ?? false,
    isShared: spec.isShared ?? false,
    topic: NOTHING,
    purpose: NOTHING,
    members: new Set(spec.members),
    archived: false,
    messages: [],
    pins: [],
    bookmarks: [],
    canvas: null,
    updated: now,
  };
  state.channels.set(channel.id, channel);
  if (channel.kind === 'public')
    state.tell({
      type: 'channel_created',
      channel: channelObject(state, channel, state.app.botUser),
      event_ts: state.nextTs(),
    });
  state.changed();
  return channel;
}

/** The conversation of these people alone; made when it is not there. */
export function directChannel(state: State, people: readonly string[]): Channel {
  return findDirect(state, people) ?? makeChannel(state, directSpec(people));
}

function directSpec(people: readonly string[]): NewChannel {
  const kind = people.length > 2 ? 'mpim' : 'im';
  return {
    kind,
    name: kind === 'im' ? '' : `mpdm-${people.join('-')}-1`,
    creator: people[0] ?? '',
    members: people,
  };
}

/** The conversation of these people alone, when they have one. */
export function findDirect({ channels }: State, people: readonly string[]): Channel | null {
  const wanted = new Set(people);
  const found = [...channels.values()].find(
    ({ kind, members }) =>
      (kind === 'im' || kind === 'mpim') && members.size === wanted.size && wanted.isSubsetOf(members),
  );
  return found ?? null;
}

/** Somebody comes in, on their own or brought by `inviter`. */
export function join(state: State, channel: Channel, user: string, inviter: string | null): void {
  if (channel.members.has(user)) return;
  channel.members.add(user);
  const more = inviter === null ? {} : { inviter };
  const text = `<@${user}> has joined the channel`;
  post(state, channel, { user, subtype: `${channelType(channel)}_join`, text, more });
  state.tell(
    {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'public' ? 'C' : 'G',
      team: state.users.get(user)?.teamId ?? state.team.id,
      ...more,
      event_ts: state.nextTs(),
    },
    channel,
  );
}

/** Somebody goes or is put out. */
export function leave(state: State, channel: Channel, user: string): void {
  const text = `<@${user}> has left the channel`;
  post(state, channel, { user, subtype: `${channelType(channel)}_leave`, text });
  state.tell(
    {
      type: 'member_left_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'public' ? 'C' : 'G',
      team: state.team.id,
      event_ts: state.nextTs(),
    },
    channel,
  );
  channel.members.delete(user);
  state.changed();
}

/** Closes the channel to new messages, or opens it again. */
export function archive(
  state: State,
  channel: Channel,
  { by, archived }: { by: string; archived: boolean },
): void {
  const word = archived ? 'archive' : 'unarchive';
  if (!archived) channel.archived = false;
  const text = archived ? 'archived the channel' : 'un-archived the channel';
  post(state, channel, { user: by, subtype: `${channelType(channel)}_${word}`, text: `<@${by}> ${text}` });
  channel.archived = archived;
  channel.updated = state.clock.now();
  state.tell(
    { type: `${channelType(channel)}_${word}`, channel: channel.id, user: by, event_ts: state.nextTs() },
    channel,
  );
  state.changed();
}

/** Takes the channel away altogether: what an administrator can, and no app. */
export function deleteChannel(state: State, channel: Channel, by: string): void {
  state.tell(
    { type: `${channelType(channel)}_deleted`, channel: channel.id, actor_id: by, event_ts: state.nextTs() },
    channel,
  );
  state.channels.delete(channel.id);
  state.changed();
}

/** Gives the channel another name. */
export function rename(state: State, channel: Channel, { by, name }: { by: string; name: string }): void {
  const old = channel.name;
  channel.previousNames.unshift(old);
  channel.name = name;
  channel.updated = state.clock.now();
  post(state, channel, {
    user: by,
    subtype: `${channelType(channel)}_name`,
    text: `has renamed the channel from "${old}" to "${name}"`,
    more: { old_name: old, name },
  });
  const { id, created } = channel;
  state.tell(
    {
      type: `${channelType(channel)}_rename`,
      channel: {
        id,
        name,
        name_normalized: name,
        is_channel: channel.kind === 'public',
        is_mpim: false,
        created: Math.floor(created / 1_000),
      },
      event_ts: state.nextTs(),
    },
    channel,
  );
}

/** Sets the topic or the purpose; Slack says so in the channel. */
export function describe(
  state: State,
  channel: Channel,
  { by, what, value }: { by: string; what: 'topic' | 'purpose'; value: string },
): void {
  channel[what] = { value, creator: by, last_set: Math.floor(state.clock.now() / 1_000) };
  channel.updated = state.clock.now();
  post(state, channel, {
    user: by,
    subtype: `${channelType(channel)}_${what}`,
    text: `<@${by}> set the channel ${what}: ${value}`,
    more: { [what]: value },
  });
}
