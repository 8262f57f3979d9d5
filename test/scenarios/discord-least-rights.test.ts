import { expect, it } from 'vitest';
import { inviteUrl } from '../../src/chat/discord/setup/permissions.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';
import { bits } from '../support/discord/permissions.ts';

it('what the invite asks for is all that Firebell needs, in a server that lets everybody do as little as can be', async () => {
  const { discord, room, incident } = await startDiscordBot({
    discord: { hasRateLimits: false },
    settings: { forum: { severities: ['sev3'] } },
  });
  const { guild, application } = discord;
  guild.role('@everyone').permissions = bits(
    'ViewChannel',
    'SendMessages',
    'SendMessagesInThreads',
    'ReadMessageHistory',
    'UseApplicationCommands',
  );
  guild.acceptsInvite(inviteUrl({ application: application.id, guild: guild.id }));
  const ana = guild.person('ana');

  await ana.uses('/inc new', { options: { title: 'Till is down', severity: 'sev1' } });
  await ana.uses('/inc new', { options: { title: 'Leaked key', severity: 'sev2', private: true } });
  await ana.uses('/inc new', { options: { title: 'A slow page', severity: 'sev3' } });
  for (const id of [1, 2, 3]) {
    const roomId = await room(id);
    await until(() => expect(guild.messages({ id: roomId }).some(({ pinned }) => pinned)).toBe(true));
  }
  for (const id of [1, 2, 3]) {
    await ana.uses('/inc resolve', { options: { incident: `#${id}` } });
    await ana.uses('/inc do', { options: { text: `status closed #${id}` } });
    await until(async () => expect((await incident(id)).status).toBe('closed'));
  }
  const archive = () => guild.channels().find(({ name }) => name === 'Incident archive')?.id;
  await until(() =>
    expect(guild.channels().filter(({ parentId }) => parentId === archive())).toHaveLength(2),
  );
  await until(() => expect(guild.threads().every(({ thread }) => thread?.locked)).toBe(true));
  for (const id of [1, 2, 3]) await ana.uses('/inc do', { options: { text: `reopen it is back #${id}` } });
  await until(() =>
    expect(guild.channels().filter(({ parentId }) => parentId === archive())).toHaveLength(0),
  );
  await until(() => expect(guild.threads().some(({ thread }) => thread?.locked)).toBe(false));
  const refused = discord.calls.filter(({ status }) => status === 403);
  expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
}, 60_000);
