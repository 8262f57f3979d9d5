import { refuse } from '../refusal.ts';
import type { State, User } from '../workspace/state.ts';
import { dndObject, userObject } from '../workspace/user-object.ts';
import type { Call, Method } from './method.ts';
import { page } from './method.ts';

const MOST_ASKED_AT_ONCE = 50;

/** People of other workspaces are seen only where a channel is shared with them. */
function visible({ users, team, channels }: State, id: string): User {
  const user = users.get(id) ?? refuse('user_not_found');
  const isShared = [...channels.values()].some((channel) => channel.isShared && channel.members.has(id));
  if (user.teamId !== team.id && !isShared) refuse('user_not_visible');
  return user;
}

const info: Method = ({ state, args }) => ({ user: userObject(state, visible(state, args.need('user'))) });

const list: Method = (call) => {
  const all = [...call.state.users.values()].filter(({ teamId }) => teamId === call.state.team.id);
  const { items, response_metadata } = page(call.args, all, { normal: 1_000, most: 1_000 });
  return {
    members: items.map((user) => userObject(call.state, user)),
    cache_ts: Math.floor(call.state.clock.now() / 1_000),
    response_metadata,
  };
};

const lookupByEmail: Method = ({ state, args }) => {
  const email = args.need('email').toLowerCase();
  const found = [...state.users.values()].find(
    (user) => user.email?.toLowerCase() === email && !user.deleted && user.teamId === state.team.id,
  );
  return { user: userObject(state, found ?? refuse('users_not_found')) };
};

const getPresence: Method = ({ state, args, by }) => {
  const user = state.users.get(args.text('user') ?? by);
  return { presence: user?.presence ?? 'away' };
};

const dndInfo: Method = ({ state, args, by }) => dndObject(state, visible(state, args.text('user') ?? by));

const dndTeamInfo: Method = (call: Call) => {
  const asked = call.args.list('users') ?? [];
  if (asked.length > MOST_ASKED_AT_ONCE) refuse('too_many_users');
  const entries = asked.flatMap((id) => {
    const user = call.state.users.get(id);
    if (!user) return [];
    const { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts } = dndObject(call.state, user);
    return [[id, { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts }] as const];
  });
  return { users: Object.fromEntries(entries) };
};

/** Who is there and whether they may be disturbed. */
export const USERS: Readonly<Record<string, Method>> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'users.getPresence': getPresence,
  'dnd.info': dndInfo,
  'dnd.teamInfo': dndTeamInfo,
};
