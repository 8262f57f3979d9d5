import { WebClient } from '@slack/web-api';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { slackVerb } from '../../src/cli/slack.ts';
import { EXIT, FailedError, UsageError } from '../../src/cli/verb.ts';
import { company } from '../support/company.ts';
import { freshFolder } from '../support/database.ts';
import { startSlack } from '../support/slack/emulator.ts';
import type { Slack, SlackOptions } from '../support/slack/emulator.ts';

it('finds nothing wrong where all is well', async () => {
  const slack = await aSlack();
  const { code, out } = await doctor(slack);
  expect(out).not.toContain('wrong');
  expect(out).toContain('The bot token is that of firebell in Example');
  expect(out).toContain('Slack said hello');
  expect(out).toContain('Channels can be opened');
  expect(code).toBe(EXIT.ok);
  expect(slack.workspace.channel('#firebell-doctor').archived).toBe(true);
  expect((await doctor(slack)).code).toBe(EXIT.ok);
});

it.each<[string, (slack: Slack) => Readonly<Record<string, unknown>>, RegExp]>([
  [
    'a wrong bot token',
    () => ({ bot_token: 'xoxb-nothing' }),
    /copy the bot token under OAuth & Permissions/,
  ],
  [
    'two wrong tokens, the second',
    () => ({ bot_token: 'xoxb-nothing', app_token: 'xapp-nothing' }),
    /copy the app token under Basic Information/,
  ],
  [
    'Socket Mode that is off',
    (slack) => {
      slack.sockets.turn('off');
      return {};
    },
    /Socket Mode is turned off[^]*→ Turn on Socket Mode under Settings, Socket Mode/,
  ],
  ['a wrong app token', () => ({ app_token: 'xapp-nothing' }), /copy the app token under Basic Information/],
  [
    'a missing scope',
    (slack) => {
      slack.workspace.grant(['commands', 'chat:write', 'users:read']);
      return {};
    },
    /Add `channels:manage` under OAuth & Permissions, Bot Token Scopes, and reinstall/,
  ],
  [
    'channels that may not be opened',
    (slack) => {
      slack.workspace.restrict({ channels: true });
      return {};
    },
    /A workspace owner allows it under .*Channel Management/,
  ],
  ['a Slack that is not there', () => ({ api_url: 'http://127.0.0.1:9/api/' }), /Look at the network/],
])('says what to do about %s', async (_, spoil, words) => {
  const slack = await aSlack();
  const { code, out } = await doctor(slack, spoil(slack));
  expect(out).toMatch(words);
  expect(code).toBe(EXIT.no);
});

it('only warns of user groups that may not be changed', async () => {
  const slack = await aSlack();
  slack.faults.add({ method: 'usergroups.list', kind: 'error', error: 'plan_upgrade_required' });
  const { code, out } = await doctor(slack);
  expect(out).toContain('need a paid plan');
  expect(code).toBe(EXIT.ok);
});

it('names the user groups of the configuration that are not there, and looks at the right to change one that is', async () => {
  const slack = await aSlack({ people: [{ name: 'ana' }, { name: 'ben' }] });
  await makesGroup(slack, 'everybody', 'ana');
  await makesGroup(slack, 'oncall', 'ben');
  const user_groups = { oncall: 'primary', 'oncall-db': 'primary' };
  const { code, out } = await doctor(slack, { user_groups });
  expect(out).toMatch(
    /warning There is no user group @oncall-db[^]*→ Make it in Slack under People, User groups/,
  );
  expect(out).toContain('User groups can be kept');
  expect(code).toBe(EXIT.ok);
  const written = slack.calls.of('usergroups.users.update').map(({ args }) => args['users']);
  expect(written.at(-1)).toBe(slack.workspace.person('ben').id);

  slack.workspace.restrict({ userGroups: true });
  expect((await doctor(slack, { user_groups })).out).toMatch(
    /warning User groups cannot be kept: permission_denied\.[^]*→ A workspace owner allows it/,
  );
});

it('prints the manifest with the names and the address of the configuration', async () => {
  const slack = await aSlack();
  const { code, out } = await run(
    ['manifest'],
    company({ url: 'https://firebell.acme.com', chat: { slack: { ...tokens(slack), commands: ['/fire'] } } }),
  );
  expect(code).toBe(EXIT.ok);
  expect(out).toContain('command: /fire');
  expect(out).toContain('- firebell.acme.com');
});

it('refuses other words, and a configuration without Slack', async () => {
  await expect(run(['cure'], company())).rejects.toThrow(UsageError);
  await expect(run(['doctor'], company())).rejects.toThrow(FailedError);
});

async function aSlack(options: SlackOptions = {}): Promise<Slack> {
  const slack = await startSlack(options);
  onTestFinished(() => slack.stop());
  return slack;
}

async function makesGroup(slack: Slack, handle: string, member: string): Promise<void> {
  const client = new WebClient(slack.tokens.bot, { slackApiUrl: slack.apiUrl });
  const { usergroup } = await client.usergroups.create({ name: handle, handle });
  await client.usergroups.users.update({
    usergroup: usergroup?.id ?? '',
    users: slack.workspace.person(member).id,
  });
}

function doctor(slack: Slack, changes: Readonly<Record<string, unknown>> = {}) {
  return run(['doctor'], company({ chat: { slack: { ...tokens(slack), ...changes } } }));
}

function tokens(slack: Slack) {
  return { bot_token: slack.tokens.bot, app_token: slack.tokens.app, api_url: slack.apiUrl };
}

async function run(argv: readonly string[], yaml: string) {
  const file = join(await freshFolder(), 'firebell.yaml');
  writeFileSync(file, yaml);
  let [out, err] = ['', ''];
  const code = await slackVerb.run(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { CONFIG: file },
  });
  return { code, out, err };
}
