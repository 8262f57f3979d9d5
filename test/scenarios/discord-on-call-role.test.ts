import { expect, it } from 'vitest';
import { onCallRoleRoutine } from '../../src/chat/discord/on-call-roles.ts';
import { createApis } from '../../src/chat/discord/api.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { configFor, startDiscordBot } from '../support/discord-bot.ts';

it('whoever is on call has the role of the schedule, and a role that stands too high is said in words', async () => {
  const { discord, store } = await startDiscordBot();
  const role = discord.guild.makesRole({ name: 'on-call', position: 1 });
  const { chat, directory } = configFor(discord, {
    settings: { on_call_roles: [{ schedule: 'primary', role: role.id }] },
  });
  if (chat.discord === null) throw new Error('Discord was to be configured');
  const logger = createLogger({ level: 'silent' });
  const routine = onCallRoleRoutine({
    deps: { db: store.db, directory: () => directory },
    settings: chat.discord,
    apis: createApis({ token: discord.token(), apiUrl: discord.apiUrl, logger }),
  });
  discord.guild.movesRole(discord.guild.role('Firebell'), 5);

  await routine.run(new Date());
  expect(discord.guild.person('ana').roles()).toContain('on-call');
  expect(discord.guild.person('ben').roles()).not.toContain('on-call');

  discord.guild.movesRole(role, 9);
  await expect(routine.run(new Date())).rejects.toThrow('drag the role of Firebell above it');
});
