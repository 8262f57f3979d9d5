import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { company } from '../support/company.ts';

const ALERT = { title: 'Checkout answers with errors' };
const TO_DEV = { policies: { main: { steps: [{ targets: [{ person: 'dev' }], ack_within: '1m' }] } } };

it('keeps the policy with which a run began, and takes the new one for the next', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  const reload = await bot.rewrites(TO_DEV);
  expect(reload.kind).toBe('changed');
  await bot.wait(minutes(5));
  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);

  await bot.alert({ title: 'Search is slow', service: 'search' });
  expect(await bot.ledger(2)).toEqual(['dev dm sent > waiting']);
  await bot.wait(minutes(5));
  expect((await bot.ledger(1)).at(-1)).toBe('cleo dm sent > waiting');
});

it('keeps running on the old file when the new one is bad, and shows what is wrong', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  const reload = await bot.rewrites(
    company({ last_resort: { targets: [{ person: 'nobody' }], every: '5m' } }),
  );

  expect(reload.kind).toBe('refused');
  const said = await (await bot.channel('firebell-admin')).last();
  expect(said.words).toContain('nobody');
  expect(said.words).toMatch(/firebell\.yaml:\d+:\d+/);
  await bot.wait(minutes(10));
  expect((await bot.ledger(1)).at(-1)).toBe('cleo dm sent > waiting');
  const health = await bot.request('/readyz');
  expect(await health.text()).toContain('nobody');
});

it('says who cannot be paged any more when somebody left the configuration', async () => {
  const bot = await startBot({
    policies: {
      main: {
        steps: [
          { targets: [{ schedule: 'primary' }], ack_within: '5m' },
          { targets: [{ person: 'dev' }], ack_within: '5m' },
        ],
      },
    },
  });
  await bot.alert(ALERT);

  await bot.rewrites({
    people: { ana: { name: 'Ana Souza' }, ben: {}, cleo: { name: 'Cleo Martin' } },
  });
  await bot.wait(minutes(5));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'cleo dm sent > waiting']);
  expect(await bot.timeline(1)).toContain('Step 2 was skipped: nobody is on call there.');
});
