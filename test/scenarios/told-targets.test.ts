import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('calls a user group in the room and a channel of its own, beside the person who is paged', async () => {
  const targets = [{ person: 'ana' }, { user_group: 'payments-oncall' }, { channel: 'ops' }];
  const bot = await startBot({ policies: { main: { steps: [{ targets }] } } });
  await bot.alert(ALERT);

  const room = await bot.room(1);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  expect(await room.says()).toContain(
    '@payments-oncall, this needs somebody. Nobody has acknowledged it yet: acknowledge here, if you can take it.',
  );
  expect((await (await bot.channel('ops')).last()).plain).toContain('needs somebody');
  expect(await bot.timeline(1)).toContain(
    'Step 1 pages Ana Souza and tells the user group payments-oncall and the channel ops. Without an answer it goes on at 2026-03-02 03:05 (UTC).',
  );
});

it('pages a team by its schedule, or all of its members when it has none', async () => {
  const bot = await startBot({
    teams: { pay: { members: ['ana', 'dev'], schedule: 'secondary' }, web: { members: ['ana', 'dev'] } },
    policies: { main: { steps: [{ targets: [{ team: 'pay' }] }, { targets: [{ team: 'web' }] }] } },
  });
  await bot.alert(ALERT);
  expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);

  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).slice(1)).toEqual(['ana dm sent > waiting', 'dev dm sent > waiting']);
});
