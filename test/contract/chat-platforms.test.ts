import { onTestFinished } from 'vitest';
import { createSlackPlatform } from '../../src/chat/slack/platform.ts';
import type { Person } from '../../src/domain/directory.ts';
import { freshStore } from '../support/database.ts';
import { consoleWorld } from '../support/console-world.ts';
import { aPerson } from '../support/directory.ts';
import { discordParts } from '../support/discord-parts.ts';
import { slackParts } from '../support/slack-parts.ts';
import { chatPlatformContract } from './chat-platform.ts';

chatPlatformContract('console', async () => {
  const world = await consoleWorld({ store: await freshStore('pglite') });
  onTestFinished(() => world.close());
  return {
    platform: world.console.platform,
    people: [aPerson('ana'), aPerson('ben')],
    stranger: aPerson('nobody'),
  };
});

chatPlatformContract('slack', async () => {
  const { parts, facts } = await slackParts();
  const known = (id: string): Person => facts.directory.people.get(id) ?? aPerson(id);
  return {
    platform: createSlackPlatform(parts, () => Promise.resolve({ ok: true, detail: 'not connected' })),
    people: [known('ana'), known('ben')],
    stranger: aPerson('nobody', { email: 'nobody@example.com' }),
  };
});

chatPlatformContract(
  'discord',
  async () => {
    const { platform, person } = await discordParts();
    return { platform, people: [person('ana'), person('ben')], stranger: aPerson('nobody') };
  },
  {
    room_names:
      'Discord takes any number of channels of one name; ours differ by the number of the incident, and are found by their marker',
  },
);
