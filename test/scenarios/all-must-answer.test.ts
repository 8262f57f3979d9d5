import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };
const BOTH = {
  policies: {
    main: {
      steps: [
        { targets: [{ person: 'ana' }, { person: 'ben' }], ack_mode: 'all' },
        { targets: [{ person: 'dev' }] },
      ],
    },
  },
};

it('pages each of a step until they acknowledge themselves, and climbs no further after the first', async () => {
  const bot = await startBot(BOTH);
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.as('ana').presses('Acknowledge', await bot.dm('ana'));
  expect(await room.says()).toContain('Still waiting for Ben Okafor to acknowledge too.');
  await bot.isDownFor(minutes(2));
  await bot.wait(minutes(3));

  expect(await bot.ledger(1)).toEqual([
    'ana dm sent answered > acknowledged',
    'ben dm sent > escalated',
    'ben dm sent > waiting',
  ]);
  const again = await (await bot.room(1)).last();
  expect(again.plain).toBe('Ben Okafor must acknowledge too: paged again.');
  await bot.as('ben').presses('Acknowledge', await bot.dm('ben'));
  await bot.wait(minutes(120));
  expect((await bot.ledger(1)).at(-1)).toBe('ben dm sent answered > acknowledged');
});
