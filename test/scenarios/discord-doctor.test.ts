import { expect, it, onTestFinished } from 'vitest';
import { examine, tryDirect } from '../../src/chat/discord/setup/doctor.ts';
import { inviteUrl, NEEDED_BITS } from '../../src/chat/discord/setup/permissions.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { configFor } from '../support/discord-bot.ts';
import { startDiscord } from '../support/discord/emulator.ts';
import type { Discord } from '../support/discord/emulator.ts';

const logger = createLogger({ level: 'silent' });

async function examined(discord: Discord, settings: Readonly<Record<string, unknown>> = {}) {
  const { chat, directory } = configFor(discord, { settings, linked: [] });
  const config = chat.discord;
  if (config === null) throw new Error('Discord was to be configured');
  const checked = await examine({ settings: config, directory, logger });
  return { config, wrong: checked.filter(({ ok }) => !ok) };
}

async function aDiscord(): Promise<Discord> {
  const discord = await startDiscord({ people: ['ana'] });
  onTestFinished(() => discord.stop());
  return discord;
}

it('the doctor finds nothing where nothing is wrong', async () => {
  const { wrong } = await examined(await aDiscord());
  expect(wrong).toEqual([]);
});

it('the doctor names each missing permission, and a role that stands too high, with what to click', async () => {
  const discord = await aDiscord();
  discord.guild.botLoses('PinMessages', 'ManageChannels');
  const role = discord.guild.makesRole({ name: 'on-call' });
  const { wrong } = await examined(discord, { on_call_roles: [{ schedule: 'primary', role: role.id }] });
  expect(wrong.map(({ advice }) => advice)).toEqual([
    expect.stringContaining('switch on Manage Channels'),
    expect.stringContaining('switch on Pin Messages'),
    expect.stringContaining('drag the role of Firebell above on-call'),
  ]);
});

it('the doctor stops at a wrong token, and says where there is a new one', async () => {
  const { wrong } = await examined(await aDiscord(), { token: 'not-the-token' });
  expect(wrong).toEqual([expect.objectContaining({ advice: expect.stringContaining('Reset Token') })]);
});

it('the doctor tries direct messages by sending one', async () => {
  const discord = await aDiscord();
  const { config } = await examined(discord);
  const ana = discord.guild.person('ana');
  const who = { name: 'Ana', userId: ana.id };
  expect(await tryDirect(config, who, logger)).toMatchObject({ ok: true });
  ana.takesDms(false);
  expect(await tryDirect(config, who, logger)).toMatchObject({
    ok: false,
    advice: expect.stringContaining('Privacy'),
  });
});

it('the invite asks for what is needed, and for no administrator', async () => {
  const discord = await aDiscord();
  const { config } = await examined(discord);
  const url = new URL(inviteUrl(config));
  expect(url.searchParams.get('permissions')).toBe(String(NEEDED_BITS));
  expect(NEEDED_BITS & 8n).toBe(0n);
});
