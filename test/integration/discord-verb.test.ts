import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ChannelType } from 'discord-api-types/v10';
import { expect, it, onTestFinished } from 'vitest';
import { discordVerb } from '../../src/cli/discord.ts';
import { EXIT, FailedError, UsageError } from '../../src/cli/verb.ts';
import { company, peopleWith } from '../support/company.ts';
import { bits } from '../support/discord/permissions.ts';
import { startDiscord } from '../support/discord/emulator.ts';
import type { Discord } from '../support/discord/emulator.ts';

type Settings = Readonly<Record<string, unknown>>;

it('finds nothing wrong where all is well', async () => {
  const discord = await aDiscord();
  const { code, out } = await run(discord, ['doctor', '--dm', 'ana']);
  expect(out).not.toContain('WRONG');
  for (const words of [
    'The token is that of',
    'Message Content Intent is on',
    'Firebell is in the server Example Shop',
    'every permission that it needs',
    'Ana Souza can be reached by direct message',
  ])
    expect(out).toContain(words);
  expect(code).toBe(EXIT.ok);
  expect(discord.guild.person('ana').directMessages()).toHaveLength(1);
});

it('ends with 1 and says what to click where something is wrong, as it is typed', async () => {
  const discord = await aDiscord();
  discord.guild.botLoses('ManageThreads');
  const { code, out } = await asProcess(discord, ['doctor']);
  expect(out).toContain('WRONG The permission Manage Threads and Posts is missing');
  expect(out).toContain('Server Settings, Roles, Firebell, Permissions: switch on Manage Threads and Posts.');
  expect(code).toBe(EXIT.no);
}, 180_000);

it('prints an invite by which the bot has all that the doctor asks for, and no more', async () => {
  const discord = await aDiscord();
  discord.guild.botLoses('ManageChannels', 'ManageRoles', 'PinMessages', 'Connect');
  expect((await run(discord, ['doctor'])).code).toBe(EXIT.no);

  const { code, out } = await asProcess(discord, ['invite']);

  expect(code).toBe(EXIT.ok);
  discord.guild.acceptsInvite(out.trim());
  expect((await run(discord, ['doctor'])).out).not.toContain('WRONG');
}, 180_000);

const LOST = '100000000000000009';

it.each<[string, (discord: Discord) => Settings, RegExp]>([
  ['a wrong token', () => ({ token: 'nothing' }), /under Bot, press Reset Token/],
  [
    'an application that is not the one of the token',
    () => ({ application: LOST }),
    /Put the Application ID from General Information into chat\.discord\.application/,
  ],
  [
    'an intent that is off',
    ({ application }) => {
      application.intents.messageContent = false;
      return {};
    },
    /under Bot, switch on Message Content Intent, and save/,
  ],
  [
    'a bot that was started too often today',
    ({ gateway }) => {
      gateway.identifiesLeft = 40;
      return {};
    },
    /40 of 1000 starts are left today[\s\S]*Something restarts all the time/,
  ],
  [
    'a server that it is not in',
    () => ({ guild: LOST }),
    /Let Firebell in: https:\/\/discord\.com\/oauth2\/authorize\?.*permissions=/,
  ],
  [
    'a role of the on-call people that stands too high',
    ({ guild }) => {
      const { id } = guild.makesRole({ name: 'on-call' });
      return { on_call_roles: [{ schedule: 'primary', role: id }] };
    },
    /drag the role of Firebell above on-call/,
  ],
  [
    'a role of the on-call people that nobody can give',
    ({ guild }) => {
      const { id } = guild.makesRole({ name: 'Booster', position: 0, managed: true });
      return { on_call_roles: [{ schedule: 'primary', role: id }] };
    },
    /Booster is given by Discord itself[\s\S]*Create Role; its three dots, Copy Role ID/,
  ],
  [
    'a role that is mentioned by a policy and cannot be',
    ({ guild }) => {
      guild.makesRole({ name: 'cavalry', mentionable: false });
      return {};
    },
    /cavalry cannot be mentioned[\s\S]*Server Settings, Roles, cavalry: switch on Allow anyone to @mention this role/,
  ],
  [
    'a category that takes away what the server gives',
    ({ guild }) => {
      const deny = bits('ViewChannel', 'PinMessages');
      guild.makesChannel({
        type: ChannelType.GuildCategory,
        name: 'Incidents 2',
        overwrites: [{ id: guild.id, type: 0, allow: 0n, deny }],
      });
      return {};
    },
    /The category Incidents 2 takes from Firebell: View Channels, Pin Messages[\s\S]*Right-click Incidents 2, Edit, Permissions: add the role of Firebell, and allow it View Channels, Pin Messages/,
  ],
  [
    'an announcement channel that it cannot see',
    ({ guild }) => {
      const deny = bits('ViewChannel');
      guild.makesChannel({
        type: ChannelType.GuildText,
        name: 'incidents',
        overwrites: [{ id: guild.id, type: 0, allow: 0n, deny }],
      });
      return {};
    },
    /The channel #incidents takes from Firebell: View Channels[\s\S]*Right-click incidents, Edit/,
  ],
  [
    'buttons and commands that go elsewhere',
    ({ application }) => {
      application.interactionsUrl = 'https://old.example.com/discord/interactions';
      return {};
    },
    /go to https:\/\/old\.example\.com\/discord\/interactions, so Firebell[\s\S]*empty Interactions Endpoint URL, and save/,
  ],
  [
    'no address for buttons and commands over HTTP',
    ({ application }) => ({ mode: 'http', public_key: application.publicKey }),
    /does not know where to send buttons[\s\S]*\/discord\/interactions at the end into Interactions Endpoint URL/,
  ],
  [
    'a key that is not that of the application',
    () => ({ mode: 'http', public_key: 'ab'.repeat(32) }),
    /public_key is not that of the application[\s\S]*Put the Public Key from General Information/,
  ],
  [
    'a role that is not there',
    () => ({ private_roles: [LOST] }),
    /There is no role 100000000000000009[\s\S]*Copy Role ID/,
  ],
  [
    'a server that is nearly full',
    ({ guild }) => {
      for (let i = guild.channels().length; i < 455; i += 1)
        guild.makesChannel({ type: ChannelType.GuildText, name: `team-${i}` });
      return {};
    },
    /455 of 500 channels[\s\S]*Delete channels in Incident archive/,
  ],
  [
    'a Discord that is not there',
    () => ({ api_url: 'http://127.0.0.1:9/api' }),
    /Discord could not be reached[\s\S]*Look at the network/,
  ],
])('says what to do about %s', async (_, spoil, words) => {
  const discord = await aDiscord();
  const { code, out } = await run(discord, ['doctor'], spoil(discord));
  expect(out).toMatch(words);
  expect(code).toBe(EXIT.no);
});

it('says how somebody opens their direct messages, and who has no account in the configuration', async () => {
  const discord = await aDiscord();
  discord.guild.person('ana').takesDms(false);
  const closed = await run(discord, ['doctor', '--dm', 'ana']);
  expect(closed.out).toMatch(/Ana Souza cannot be reached[\s\S]*Privacy Settings/);
  expect(closed.code).toBe(EXIT.no);
  await expect(run(discord, ['doctor', '--dm', 'ben'])).rejects.toThrow('has no discord handle');
  await expect(run(discord, ['doctor', '--dm', 'nobody'])).rejects.toThrow(UsageError);
});

it('prints what it found for programs', async () => {
  const discord = await aDiscord();
  const found: unknown = JSON.parse((await run(discord, ['doctor', '--json'])).out);
  expect(found).toContainEqual({
    ok: true,
    what: 'Firebell has every permission that it needs.',
    advice: null,
  });
});

it('refuses other words, and a configuration without Discord', async () => {
  const discord = await aDiscord();
  await expect(run(discord, ['cure'])).rejects.toThrow(UsageError);
  const file = written(company());
  await expect(discordVerb.run(['doctor'], { ...SILENT, env: { CONFIG: file } })).rejects.toThrow(
    FailedError,
  );
});

async function aDiscord(): Promise<Discord> {
  const discord = await startDiscord({ people: ['ana'] });
  onTestFinished(() => discord.stop());
  return discord;
}

function configured(discord: Discord, settings: Settings): string {
  const handles = { ana: { handles: { discord: discord.guild.person('ana').id } } };
  const chat = {
    discord: {
      token: discord.token(),
      guild: discord.guild.id,
      application: discord.application.id,
      api_url: discord.apiUrl,
      ...settings,
    },
  };
  // Only where the role is there is the policy that mentions it.
  const roles = [...discord.world.guild.roles.values()].map(({ name }) => name);
  const group = roles.includes('cavalry') ? [{ user_group: 'cavalry' }] : [];
  const steps = [{ targets: [{ schedule: 'primary' }, ...group], ack_within: '5m' }];
  return written(company({ ...peopleWith(handles), policies: { main: { steps } }, chat }));
}

function written(yaml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-discord-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'firebell.yaml');
  writeFileSync(file, yaml);
  return file;
}

const SILENT = { out: () => undefined, err: () => undefined };

async function run(discord: Discord, argv: readonly string[], settings: Settings = {}) {
  let out = '';
  const code = await discordVerb.run(argv, {
    out: (text) => void (out += text),
    err: () => undefined,
    env: { CONFIG: configured(discord, settings) },
  });
  return { code, out };
}

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** As somebody types it. */
async function asProcess(discord: Discord, argv: readonly string[]) {
  const env = { ...process.env, CONFIG: configured(discord, {}) };
  const { code = 0, stdout } = await promisify(execFile)(process.execPath, [MAIN, 'discord', ...argv], {
    env,
  }).then(
    ({ stdout: out }) => ({ code: 0, stdout: out }),
    (error: { readonly code?: number; readonly stdout: string }) => error,
  );
  return { code, out: stdout };
}
