import type { InstalledApp, Restrictions, State, Team, User } from './state.ts';
import type { SlackClock } from '../clock.ts';

/** Somebody of the workspace as a test names them; the id is `U0` and the name in capitals. */
export interface NewPerson {
  readonly name: string;
  readonly realName?: string;
  readonly email?: string | null;
  readonly tz?: string;
  readonly isAdmin?: boolean;
  readonly guest?: 'guest' | 'single';
  readonly deleted?: boolean;
  /** Another workspace than ours. */
  readonly teamId?: string;
}

/** The bot token's scopes as the manifest asks for them. */
export const SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'chat:write.public',
  'chat:write.customize',
  'channels:manage',
  'channels:read',
  'channels:join',
  'channels:history',
  'channels:write.invites',
  'channels:write.topic',
  'groups:write',
  'groups:read',
  'groups:history',
  'groups:write.invites',
  'groups:write.topic',
  'im:write',
  'im:read',

  'im:history',
  'app_mentions:read',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'usergroups:write',
  'pins:read',
  'pins:write',
  'bookmarks:read',
  'bookmarks:write',
  'reactions:read',
  'reactions:write',
  'files:read',
  'files:write',
  'team:read',
  'dnd:read',
  'metadata.message:read',
  'canvases:read',
  'canvases:write',
  'links:read',
  'links:write',
  'emoji:read',
];

/** The events that the manifest subscribes to. */
export const EVENTS: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',

  'reaction_removed',
  'member_joined_channel',
  'member_left_channel',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'channel_deleted',
  'group_archive',
  'group_deleted',
  'group_unarchive',
  'group_rename',
  'pin_added',
  'pin_removed',
  'file_deleted',
  'file_shared',
  'link_shared',
  'user_change',
  'team_join',
  'subteam_members_changed',
  'dnd_updated_user',
  'app_uninstalled',
  'tokens_revoked',
];

/** The app as a manifest describes it. */
export interface AppSpec {
  readonly scopes?: readonly string[];
  readonly team?: Partial<Team>;
  readonly restrictions?: Partial<Restrictions>;
}

const TEAM: Team = { id: 'T0EXAMPLE', name: 'Example', domain: 'example', plan: 'paid' };

function newApp({ scopes = SCOPES }: AppSpec): InstalledApp {
  return {
    id: 'A0FIREBELL',
    botId: 'B0FIREBELL',
    botUser: 'U0FIREBELL',
    name: 'Firebell',
    scopes,
    signingSecret: 'the signing secret of the emulated app',
    verificationToken: 'verification-token',
    botTokens: ['xoxb-0-emulated-bot-token'],
    appTokens: ['xapp-1-A0FIREBELL-0-emulated-app-token'],
    revoked: new Set(),
  };
}

/** A workspace with the app installed and nobody else in it. */
export function newState(
  clock: SlackClock,
  spec: AppSpec,
  outside: Pick<State, 'tell' | 'changed' | 'url'>,
): State {
  let ids = 0;
  let lastMicros = 0;
  const app = newApp(spec);
  const state: State = {
    clock,
    team: { ...TEAM, ...spec.team },
    app,
    restrictions: { channels: false, userGroups: false, messagesTab: false, ...spec.restrictions },
    mostOnPage: 999,
    users: new Map(),
    channels: new Map(),
    userGroups: new Map(),
    files: new Map(),
    canvases: new Map(),
    scheduled: new Map(),
    views: new Map(),
    openViews: new Map(),
    homes: new Map(),
    ephemerals: [],
    triggers: new Map(),
    responseUrls: new Map(),
    ...outside,
    nextId: (prefix) => {
      ids += 1;
      return `${prefix}0${ids.toString(36).toUpperCase().padStart(8, '0')}`;
    },
    nextTs: () => {
      lastMicros = Math.max(lastMicros + 1, clock.now() * 1_000);
      return `${Math.floor(lastMicros / 1_000_000)}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
  };
  addBot(state);
  return state;
}

function addBot(state: State): void {
  const { app, team, clock } = state;
  state.users.set(app.botUser, {
    id: app.botUser,
    teamId: team.id,
    name: 'firebell',
    realName: app.name,
    displayName: 'firebell',
    email: null,
    tz: 'UTC',
    deleted: false,
    isBot: true,
    isAdmin: false,
    guest: 'no',
    dnd: null,
    presence: 'active',
    updated: clock.now(),
  });
}

/** Adds somebody to the workspace. */
export function addPerson(state: State, person: NewPerson): User {
  const { name, realName = name.charAt(0).toUpperCase() + name.slice(1) } = person;
  const user: User = {
    id: `U0${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`,
    teamId: person.teamId ?? state.team.id,
    name,
    realName,
    displayName: name,
    email: person.email === undefined ? `${name}@example.com` : person.email,
    tz: person.tz ?? 'Europe/Berlin',
    deleted: person.deleted ?? false,
    isBot: false,
    isAdmin: person.isAdmin ?? false,
    guest: person.guest ?? 'no',
    dnd: null,
    presence: 'active',
    updated: state.clock.now(),
  };
  state.users.set(user.id, user);
  return user;
}
