import { ErrorCode, WebClient } from '@slack/web-api';
import type { SlackConfig } from '../../config/config.ts';
import { failureOf } from './failure.ts';
import { NEEDS } from './needs.ts';
import { farewellOf } from './transport/socket.ts';

/** One thing that was looked at. `fix` says what to click. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly what: string;
  readonly fix: string | null;
}

type Told =
  | { readonly code: null; readonly data: Answer }
  | { readonly code: string; readonly reason: string };
type Answer = Readonly<Record<string, unknown>>;
type Call = (method: string, args?: Readonly<Record<string, unknown>>) => Promise<Told>;

const APPS = 'https://api.slack.com/apps';
const HELLO_MS = 15_000;
const CALL_MS = 10_000;
/** The channel that is opened to see whether we may, and archived at once. It is made once only. */
const TRIAL = 'firebell-doctor';

/** Looks at everything that Firebell needs of Slack, one thing after the other. Opens one connection, and one channel for a moment. */
export async function* examine(config: SlackConfig): AsyncGenerator<Finding> {
  const bot = caller(config.botToken, config);
  const self = await bot('auth.test');
  if (self.code !== null) {
    yield tokenFinding('bot token', self);
    // Both tokens may be wrong: nobody wants to find that out one by one.
    if (config.mode === 'socket' && REFUSED.test(self.code)) yield* socketFindings(config);
    return;
  }
  yield ok(`The bot token is that of ${word(self.data, 'user')} in ${word(self.data, 'team')}.`);
  const granted = scopesOf(self.data);
  yield* scopeFindings(granted);
  if (config.mode === 'socket') yield* socketFindings(config);
  else yield ok('Slack calls Firebell over HTTP: its request is signed with the signing secret.');
  yield await roomFinding(bot);
  yield* groupFindings(bot, { granted, wanted: [...config.userGroups.keys()] });
  yield {
    state: 'ok',
    what: `Commands are ${config.commands.join(' and ')}: type “${config.commands[0] ?? '/inc'} help” in Slack to see that they arrive.`,
    fix: null,
  };
}

function caller(token: string, { apiUrl }: SlackConfig): Call {
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: CALL_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return async (method, args = {}) => {
    try {
      return { code: null, data: { ...(await client.apiCall(method, { ...args })) } };
    } catch (error) {
      const { code, reason } = failureOf(error, method);
      return { code, reason: hasCode(error) ? reason : String(error) };
    }
  };
}

function hasCode(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
  return Object.values(ErrorCode).some((known) => known === code);
}

/** What Slack says of a token that is none. */
const REFUSED =
  /^(invalid_auth|not_authed|not_allowed_token_type|token_revoked|token_expired|account_inactive)$/;

function tokenFinding(what: string, { code, reason }: Extract<Told, { code: string }>): Finding {
  const where = what === 'bot token' ? 'OAuth & Permissions' : 'Basic Information, App-Level Tokens';
  if (REFUSED.test(code))
    return wrong(
      `The ${what} is refused: ${code}.`,
      `Open ${APPS}, choose the app, copy the ${what} under ${where} (reinstall the app when there is none), set it and reload.`,
    );
  return wrong(
    `Slack does not answer with the ${what}: ${reason}.`,
    'Look at the network and at chat.slack.api_url.',
  );
}

function* scopeFindings(granted: readonly string[]): Generator<Finding> {
  const missing = NEEDS.filter(({ scope }) => !granted.includes(scope));
  for (const { scope, what, isOptional } of missing)
    yield {
      state: isOptional ? 'warning' : 'wrong',
      what: `The scope ${scope} is missing: ${what}.`,
      fix: `Add \`${scope}\` under OAuth & Permissions, Bot Token Scopes, and reinstall the app to the workspace.`,
    };
  if (missing.length === 0) yield ok(`All ${NEEDS.length} scopes are granted.`);
}

function scopesOf({ response_metadata: metadata }: Answer): readonly string[] {
  const scopes: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'scopes') : null;
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

async function* socketFindings(config: SlackConfig): AsyncGenerator<Finding> {
  const opened = await caller(config.appToken ?? '', config)('apps.connections.open');
  if (opened.code === 'missing_scope')
    return yield wrong(
      'The app token lacks connections:write.',
      `Open ${APPS}, choose the app, and make an app-level token with \`connections:write\` under Basic Information.`,
    );
  if (opened.code !== null) return yield tokenFinding('app token', opened);
  const said = await helloOf(word(opened.data, 'url'));
  yield said === null
    ? ok('A connection was opened, and Slack said hello.')
    : wrong(
        `No connection: ${said}.`,
        'Turn on Socket Mode under Settings, Socket Mode, and let this machine reach wss://*.slack.com (port 443).',
      );
}

/** Null when Slack said hello; else why not, with what to click. */
function helloOf(url: string): Promise<string | null> {
  if (!URL.canParse(url)) return Promise.resolve('Slack gave no address for it');
  const socket = new WebSocket(url);
  return new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve(`no hello within ${HELLO_MS / 1_000} s`), HELLO_MS);
    const end = (words: string | null): void => {
      clearTimeout(timer);
      resolve(words);
    };
    socket.addEventListener('message', ({ data }) => {
      if (String(data).includes('"hello"')) end(null);
      else if (String(data).includes('"disconnect"')) end(farewellOf(data));
    });
    socket.addEventListener('error', () => end('the connection failed'));
    socket.addEventListener('close', () => end('Slack closed it'));
  }).finally(() => socket.close());
}

async function roomFinding(bot: Call): Promise<Finding> {
  const made = await bot('conversations.create', { name: TRIAL, is_private: false });
  if (made.code === 'name_taken') return ok(`Channels can be opened: #${TRIAL} was opened before.`);
  if (made.code === null) {
    const { channel } = made.data;
    const id = typeof channel === 'object' && channel !== null ? String(Reflect.get(channel, 'id')) : '';
    await bot('conversations.archive', { channel: id });
    return ok(`Channels can be opened: #${TRIAL} was, and is archived.`);
  }
  if (made.code.startsWith('restricted_action') || made.code === 'cannot_create_channel')
    return wrong(
      'The workspace does not let apps open channels.',
      'A workspace owner allows it under Settings & administration, Workspace settings, Permissions, Channel Management.',
    );
  return wrong(
    `No channel could be opened: ${made.code}.`,
    made.code === 'missing_scope'
      ? 'Add `channels:manage` under OAuth & Permissions and reinstall.'
      : 'Run this again in a minute; if it stays, ask a workspace owner whether apps may open channels.',
  );
}

interface Groups {
  readonly granted: readonly string[];
  /** Handles of the configuration. */
  readonly wanted: readonly string[];
}

/** Looks at the groups of the configuration, and writes one as it is: that changes nothing and needs the right to change it. */
async function* groupFindings(bot: Call, { granted, wanted }: Groups): AsyncGenerator<Finding> {
  if (!granted.includes('usergroups:write'))
    return yield wanted.length === 0
      ? ok('User groups are left alone: usergroups:write is not granted.')
      : groupsRefused('missing_scope');
  const listed = await bot('usergroups.list', { include_users: true });
  if (listed.code !== null) return yield groupsRefused(listed.code);
  const there = groupsIn(listed.data);
  const missing = wanted.filter((handle) => !there.some((group) => group.handle === handle));
  yield* missing.map(groupMissing);
  // A group of nobody cannot be written: Slack refuses an empty list.
  const written = there.filter(({ users }) => users.length > 0);
  const group = written.find(({ handle }) => wanted.includes(handle)) ?? written[0];
  if (group === undefined)
    return yield ok('There is no user group yet on which the right to change it shows.');
  const told = await bot('usergroups.users.update', { usergroup: group.id, users: group.users.join(',') });
  yield told.code === null ? ok('User groups can be kept to who is on call.') : groupsRefused(told.code);
}

function groupMissing(handle: string): Finding {
  return {
    state: 'warning',
    what: `There is no user group @${handle}, which chat.slack.user_groups names.`,
    fix: `Make it in Slack under People, User groups, with the handle ${handle}, or take the line out of firebell.yaml.`,
  };
}

const GROUPS_HELP: Readonly<Record<string, string>> = {
  plan_upgrade_required: 'User groups need a paid plan of Slack; everything else works without.',
  paid_teams_only: 'User groups need a paid plan of Slack; everything else works without.',
  missing_scope:
    'Add `usergroups:read` and `usergroups:write` under OAuth & Permissions, Bot Token Scopes, and reinstall the app to the workspace.',
};

function groupsRefused(code: string): Finding {
  const fix =
    GROUPS_HELP[code] ??
    'A workspace owner allows it under Settings & administration, Workspace settings, Permissions, User Groups.';
  return { state: 'warning', what: `User groups cannot be kept: ${code}.`, fix };
}

interface Group {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
}

function groupsIn({ usergroups }: Answer): readonly Group[] {
  if (!Array.isArray(usergroups)) return [];
  return usergroups.flatMap((group: unknown) => {
    if (typeof group !== 'object' || group === null) return [];
    const [id, handle, users]: unknown[] = ['id', 'handle', 'users'].map((name) => Reflect.get(group, name));
    if (typeof id !== 'string' || typeof handle !== 'string') return [];
    return [{ id, handle: handle.toLowerCase(), users: Array.isArray(users) ? users.map(String) : [] }];
  });
}

function word(data: Answer, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '?';
}

function ok(what: string): Finding {
  return { state: 'ok', what, fix: null };
}

function wrong(what: string, fix: string): Finding {
  return { state: 'wrong', what, fix };
}
