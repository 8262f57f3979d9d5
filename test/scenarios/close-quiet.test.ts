import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('closes a resolved incident that nobody talks about, a day after a word about it, and puts its room away', async () => {
  const { bot, room } = await resolved();
  await days(bot, 5.9);
  expect((await room.says()).join('\n')).not.toContain('Nobody has said');
  await days(bot, 0.2);
  expect((await room.last()).plain).toBe(
    'Nobody has said anything here for 6 days. Tomorrow the incident is closed and this room is put away. ' +
      'Say anything to keep it; postmortem drafts one, if it is still to be written.',
  );
  await days(bot, 0.8);
  expect((await bot.incident(1)).status).toBe('resolved');
  await days(bot, 0.3);
  expect((await bot.incident(1)).status).toBe('closed');
  expect((await room.says()).at(-1)).toContain('nobody has said anything for 7 days');
  await bot.as('ana').types('/inc reopen it is back', room);
  expect((await bot.incident(1)).status).toBe('investigating');
});

it('stays while people talk', async () => {
  const { bot, room } = await resolved();
  await days(bot, 6.1);
  await bot.as('ben').types('one more thing about this', room);
  await days(bot, 1.5);
  expect((await bot.incident(1)).status).toBe('resolved');
  await days(bot, 4.7);
  expect((await room.last()).plain).toContain('Nobody has said anything here');
});

it('stays while a task is open', async () => {
  const { bot, room } = await resolved();
  await bot.as('ana').types('/inc task @ben add an alert for the pool', room);
  await days(bot, 9);
  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await room.says()).join('\n')).not.toContain('Nobody has said');
});

async function resolved() {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc resolve rolled back', room);
  return { bot, room };
}

/** So many days without anything else in them. */
async function days(bot: Bot, count: number): Promise<void> {
  bot.now = new Date(bot.now.getTime() + minutes(count * 24 * 60) - minutes(30));
  await bot.wait(minutes(30));
}
