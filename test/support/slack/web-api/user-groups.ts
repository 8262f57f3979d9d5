import { refuse } from '../refusal.ts';
import type { Json, State, UserGroup } from '../workspace/state.ts';
import type { Call, Method } from './method.ts';
import { refuseListed } from './method.ts';

const MOST_USERS = 10_000;

function groupObject({ team }: State, group: UserGroup, withUsers: boolean): Json {
  const isOff = group.disabledAt > 0;
  return {
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: group.description,
    handle: group.handle,
    is_external: false,
    date_create: Math.floor(group.created / 1_000),
    date_update: Math.floor(group.updated / 1_000),
    date_delete: Math.floor(group.disabledAt / 1_000),
    auto_type: null,
    created_by: group.createdBy,
    updated_by: group.updatedBy,
    deleted_by: isOff ? group.updatedBy : null,
    prefs: { channels: group.channels, groups: [] },
    user_count: group.users.length,
    ...(withUsers ? { users: group.users } : {}),
  };
}

function checkMayChange(call: Call): void {
  const { state } = call;
  if (state.team.plan === 'free') refuseListed(call, 'plan_upgrade_required', 'paid_teams_only');
  if (state.restrictions.userGroups) refuse('permission_denied');
}

function groupOf({ state, args }: Call, error: string): UserGroup {
  return state.userGroups.get(args.need('usergroup')) ?? refuse(error);
}

function tell({ state }: Call, type: 'subteam_created' | 'subteam_updated', group: UserGroup): void {
  state.tell({ type, subteam: groupObject(state, group, true), event_ts: state.nextTs() });
  state.changed();
}

const create: Method = (call) => {
  const { state, args, by } = call;
  checkMayChange(call);
  const name = args.need('name');
  const handle = args.text('handle') ?? name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
  if (!/^[a-z0-9._-]{1,80}$/.test(handle)) refuse('bad_handle');
  const all = [...state.userGroups.values()];
  if (all.some((group) => group.name === name)) refuse('name_already_exists');
  if (all.some((group) => group.handle === handle)) refuse('handle_already_exists');
  const now = state.clock.now();
  const group: UserGroup = {
    id: state.nextId('S'),
    name,
    handle,
    description: args.text('description') ?? '',
    channels: args.list('channels') ?? [],
    users: [],
    createdBy: by,
    updatedBy: by,
    created: now,
    updated: now,
    disabledAt: 0,
  };
  state.userGroups.set(group.id, group);
  tell(call, 'subteam_created', group);
  return { usergroup: groupObject(state, group, true) };
};

const update: Method = (call) => {
  checkMayChange(call);
  const group = groupOf(call, 'permission_denied');
  group.name = call.args.text('name') ?? group.name;
  group.handle = call.args.text('handle') ?? group.handle;
  group.description = call.args.text('description') ?? group.description;
  group.channels = call.args.list('channels') ?? group.channels;
  return changed(call, group);
};

function changed(call: Call, group: UserGroup): Json {
  group.updatedBy = call.by;
  group.updated = call.state.clock.now();
  tell(call, 'subteam_updated', group);
  return { usergroup: groupObject(call.state, group, true) };
}

const list: Method = ({ state, args }) => {
  if (state.team.plan === 'free') refuse('plan_upgrade_required');
  const shown = [...state.userGroups.values()].filter(
    ({ disabledAt }) => disabledAt === 0 || args.flag('include_disabled'),
  );
  return { usergroups: shown.map((group) => groupObject(state, group, args.flag('include_users'))) };
};

function switched(on: boolean): Method {
  return (call) => {
    checkMayChange(call);
    const group = groupOf(call, 'permission_denied');
    group.disabledAt = on ? 0 : call.state.clock.now();
    return changed(call, group);
  };
}

const usersList: Method = (call) => {
  if (call.state.team.plan === 'free') refuse('plan_upgrade_required');
  return { users: groupOf(call, 'no_such_subteam').users };
};

const usersUpdate: Method = (call) => {
  const { state, args } = call;
  checkMayChange(call);
  const group = groupOf(call, 'permission_denied');
  const users = [...new Set(args.list('users'))];
  if (users.length === 0) refuse('no_users_provided');
  if (users.length > MOST_USERS) refuse('subteam_max_users_exceeded');
  const isMember = (id: string): boolean =>
    state.users.get(id)?.deleted === false && !state.users.get(id)?.isBot;
  if (!users.every(isMember)) refuse('invalid_users');
  const before = group.users;
  group.users = users;
  state.tell({
    type: 'subteam_members_changed',
    subteam_id: group.id,
    team_id: state.team.id,
    date_previous_update: Math.floor(group.updated / 1_000),
    date_update: Math.floor(state.clock.now() / 1_000),
    added_users: users.filter((id) => !before.includes(id)),
    added_users_count: users.filter((id) => !before.includes(id)).length,
    removed_users: before.filter((id) => !users.includes(id)),
    removed_users_count: before.filter((id) => !users.includes(id)).length,
    event_ts: state.nextTs(),
  });
  return changed(call, group);
};

/** Groups of people that are mentioned together. */
export const USER_GROUPS: Readonly<Record<string, Method>> = {
  'usergroups.create': create,
  'usergroups.update': update,
  'usergroups.list': list,
  'usergroups.enable': switched(true),
  'usergroups.disable': switched(false),
  'usergroups.users.list': usersList,
  'usergroups.users.update': usersUpdate,
};
