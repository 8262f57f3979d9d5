import { expect, it } from 'vitest';
import { listeningBot } from '../support/slack-room.ts';
import type { SlackBot } from '../support/slack-bot.ts';

const PATIENCE = { timeout: 60_000 };

it('names rooms in letters that Slack takes, whatever the title is written in', PATIENCE, async () => {
  const bot = await listeningBot();
  expect(await roomOf('Überweisungen zu groß', bot)).toBe('inc-1-uberweisungen-zu-gross');
  expect(await roomOf('支付失败', bot)).toBe('inc-2-zhifushibai');
  expect(await roomOf('Оплата не работает 🔥', bot)).toBe('inc-3-oplata-ne-rabotaet');
  const long = await roomOf('数据库连接失败'.repeat(20), bot);
  expect(long).toMatch(/^inc-4-shujuku[a-z]+$/);
  expect(long).toHaveLength(80);
});

it('names rooms as the configuration says', PATIENCE, async () => {
  const settings = { room_name: '{severity}-{number}-{title}' };
  const bot = await listeningBot({ sections: { settings } });
  expect(await roomOf('Größe falsch sev1', bot)).toBe('sev1-1-grosse-falsch');
});

/** Name of the channel that there is once somebody has declared this. */
async function roomOf(title: string, { slack }: SlackBot): Promise<string> {
  const before = new Set(slack.workspace.channels.map(({ name }) => name)).add('incidents');
  await slack.workspace.person('ana').types(`/inc new ${title}`, { channel: '#general' });
  return slack.until('the room', () =>
    slack.workspace.channels.map(({ name }) => name).find((name) => !before.has(name)),
  );
}
