import type { Channel, Json, State } from './state.ts';

/** A conversation as the Web API shows it to this user. */
export function channelObject(state: State, channel: Channel, as: string): Json {
  if (channel.kind === 'im') return imObject(state, channel, as);
  const { id, name, kind, creator, created, archived, isGeneral, isShared, topic, purpose } = channel;
  return {
    id,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    created: Math.floor(created / 1_000),
    creator,
    is_archived: archived,
    is_general: isGeneral,
    unlinked: 0,
    is_shared: isShared,
    is_ext_shared: isShared,
    is_org_shared: false,
    pending_shared: [],
    is_pending_ext_shared: false,
    is_member: channel.members.has(as),
    context_team_id: state.team.id,
    shared_team_ids: [state.team.id],
    updated: channel.updated,
    topic,
    purpose,
    properties: channel.canvas === null ? {} : { canvas: { file_id: channel.canvas, is_empty: false } },
    previous_names: channel.previousNames,
  };
}

function imObject(state: State, channel: Channel, as: string): Json {
  const other = [...channel.members].find((member) => member !== as) ?? as;
  return {
    id: channel.id,
    created: Math.floor(channel.created / 1_000),
    is_im: true,
    is_archived: false,
    is_org_shared: false,
    context_team_id: state.team.id,
    user: other,
    is_user_deleted: state.users.get(other)?.deleted ?? false,
    is_open: true,
    updated: channel.updated,
    priority: 0,
  };
}

/** `channel_type` of events: what kind of conversation something happened in. */
export function channelType({ kind }: Channel): 'channel' | 'group' | 'im' | 'mpim' {
  if (kind === 'public') return 'channel';
  return kind === 'private' ? 'group' : kind;
}
