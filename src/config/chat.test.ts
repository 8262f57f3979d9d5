import { describe, expect, it } from 'vitest';
import { loadConfig } from './load.ts';

const REST = `
people: { ana: { name: Ana } }
policies: { main: { steps: [{ targets: [{ person: ana }] }] } }
last_resort: { targets: [{ person: ana }] }
`;

function load(chat: string, env: Record<string, string> = {}) {
  return loadConfig(`${REST}chat: ${chat}\n`, {
    file: 'firebell.yaml',
    env,
    sourceTypes: ['generic', 'alertmanager'],
  });
}

function chatOf(chat: string, env: Record<string, string> = {}) {
  const loaded = load(chat, env);
  if (!('config' in loaded)) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.config.chat;
}

function problemsOf(chat: string): readonly string[] {
  const loaded = load(chat);
  return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : [];
}

const SLACK = 'slack: { bot_token: "xoxb-1-2-abc", app_token: "xapp-1-A-abc" }';
const DISCORD = 'discord: { token: abc, guild: "123456789012345678", application: "123456789012345679" }';

describe('where people talk', () => {
  it('is the console when nothing else is said', () => {
    expect(chatOf('{}')).toEqual({
      home: 'console',
      signIn: 'sandbox',
      slack: null,
      discord: null,
      closeAfterMs: 7 * 24 * 60 * 60_000,
      files: { each: 10 * 1024 ** 2, room: 100 * 1024 ** 2 },
    });
  });

  it('is the first platform that is configured', () => {
    expect(chatOf(`{ ${SLACK} }`).home).toBe('slack');
    expect(chatOf(`{ ${DISCORD} }`).home).toBe('discord');
    expect(chatOf(`{ ${SLACK}, ${DISCORD} }`).home).toBe('slack');
    expect(chatOf(`{ home: discord, ${SLACK}, ${DISCORD} }`).home).toBe('discord');
    expect(chatOf(`{ home: console, ${SLACK} }`).home).toBe('console');
  });

  it('takes its tokens from the environment', () => {
    const { slack } = chatOf('{ slack: { bot_token: "${BOT}", app_token: "${APP}" } }', {
      BOT: 'xoxb-9',
      APP: 'xapp-9',
    });
    expect(slack).toMatchObject({
      botToken: 'xoxb-9',
      appToken: 'xapp-9',
      mode: 'socket',
      sockets: 2,
      commands: ['/inc', '/incident'],
      apiUrl: 'https://slack.com/api/',
      archiveAfterMs: 86_400_000,
      silenceAlarmMs: 600_000,
    });
  });

  it('says what is missing and where to get it', () => {
    expect(problemsOf('{ home: slack }')).toEqual([
      'chat.home names slack, and `chat.slack` is missing. Add it, or leave `home` away for the console.',
    ]);
    expect(problemsOf('{ slack: { bot_token: xoxb-1 } }')).toEqual([
      'chat.slack needs `app_token` for Socket Mode, best as ${SLACK_APP_TOKEN}. Or set `mode: http` and `signing_secret`.',
    ]);
    expect(problemsOf('{ slack: { bot_token: xoxb-1, mode: http } }')).toEqual([
      'chat.slack needs `signing_secret` for `mode: http`, best as ${SLACK_SIGNING_SECRET}.',
    ]);
    expect(problemsOf('{ slack: { bot_token: xoxp-1, app_token: xapp-1 } }')).toEqual([
      'chat.slack.bot_token must begin with xoxb-: copy the Bot User OAuth Token under OAuth & Permissions.',
    ]);
    expect(
      problemsOf(`{ slack: { bot_token: xoxb-1, app_token: xapp-1, user_groups: { oncall: nights } } }`),
    ).toEqual(['chat.slack.user_groups.oncall names `nights`, which is not a schedule.']);
    expect(problemsOf('{ discord: { token: abc, guild: 123456789012345678, application: "1" } }')).toEqual([
      'chat.discord.guild is a number: put it in quotes, or its last digits get lost.',
      'chat.discord.application must be the application id, 15 to 21 digits in quotes, not `1`.',
    ]);
  });
});

describe('a server of Discord', () => {
  const WHERE = 'token: abc, guild: "123456789012345678", application: "123456789012345679"';

  it('needs no more than a token and two ids', () => {
    expect(chatOf(`{ discord: { ${WHERE} } }`).discord).toEqual({
      token: 'abc',
      guild: '123456789012345678',
      application: '123456789012345679',
      publicKey: null,
      mode: 'gateway',
      category: 'Incidents',
      archive: 'Incident archive',
      forum: null,
      voice: null,
      onCallRoles: [],
      privateRoles: [],
      apiUrl: 'https://discord.com/api',
    });
  });

  it('needs its public key to be called over HTTP', () => {
    expect(problemsOf(`{ discord: { ${WHERE}, mode: http } }`)).toEqual([
      expect.stringContaining('chat.discord.public_key is missing'),
    ]);
  });

  it('names severities and schedules that are there', () => {
    const problems = problemsOf(
      `{ discord: { ${WHERE}, voice: [sev9], forum: { severities: [sev8] }, on_call_roles: [{ schedule: nobody, role: "123456789012345678" }] } }`,
    );
    expect(problems).toEqual([
      expect.stringContaining('sev9'),
      expect.stringContaining('sev8'),
      expect.stringContaining('nobody'),
    ]);
  });

  it('knows people by their ids, because nobody can be found by a name', () => {
    const file = `${REST.replace('{ name: Ana }', '{ name: Ana, handles: { discord: ana } }')}chat: { discord: { ${WHERE} } }`;
    const loaded = loadConfig(file, {
      file: 'firebell.yaml',
      env: {},
      sourceTypes: ['generic', 'alertmanager'],
    });
    expect('problems' in loaded && loaded.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('people.ana.handles.discord must be the id of the user'),
    ]);
  });
});
