import type { Json, State, User } from './state.ts';

/** A person as the Web API shows them; the address only to an app that may read it. */
export function userObject(state: State, user: User): Json {
  const { id, teamId, name, deleted, realName, displayName, tz, isBot, isAdmin, guest, updated } = user;
  const mayReadEmail = state.app.scopes.includes('users:read.email');
  return {
    id,
    team_id: teamId,
    name,
    deleted,
    color: '9f69e7',
    real_name: realName,
    tz,
    tz_label: tz,
    tz_offset: 0,
    profile: {
      real_name: realName,
      real_name_normalized: realName,
      display_name: displayName,
      display_name_normalized: displayName,
      title: '',
      phone: '',
      status_text: '',
      status_emoji: '',
      avatar_hash: id.toLowerCase(),
      ...(mayReadEmail && user.email !== null ? { email: user.email } : {}),
      ...(isBot && id === state.app.botUser ? { bot_id: state.app.botId, api_app_id: state.app.id } : {}),
      team: teamId,
    },
    is_admin: isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: guest !== 'no',
    is_ultra_restricted: guest === 'single',
    is_bot: isBot,
    is_app_user: false,
    ...(teamId === state.team.id ? {} : { is_stranger: true }),
    updated: Math.floor(updated / 1_000),
  };
}

/** Do-not-disturb as the Web API and its event show it. */
export function dndObject(state: State, user: User): Json {
  const now = state.clock.now();
  const on = user.dnd !== null && now >= user.dnd.from && now < user.dnd.until;
  return {
    dnd_enabled: user.dnd !== null,
    next_dnd_start_ts: user.dnd === null ? 1 : Math.floor(user.dnd.from / 1_000),
    next_dnd_end_ts: user.dnd === null ? 1 : Math.floor(user.dnd.until / 1_000),
    snooze_enabled: on,
    ...(on && user.dnd !== null ? { snooze_endtime: Math.floor(user.dnd.until / 1_000) } : {}),
  };
}

/** The app's bot as it stands beside what it says. */
export function botProfile({ app, team }: State): Json {
  return {
    id: app.botId,
    app_id: app.id,
    user_id: app.botUser,
    name: app.name,
    deleted: false,
    updated: 1_700_000_000,
    icons: {
      image_36: 'https://a.slack-edge.com/bot_36.png',
      image_48: 'https://a.slack-edge.com/bot_48.png',
      image_72: 'https://a.slack-edge.com/bot_72.png',
    },
    team_id: team.id,
  };
}
