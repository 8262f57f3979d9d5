import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('pages somebody beside the one who has it, with the words they were called by', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);

  await bot.as('ana').types('/inc escalate @dev can you look at the database', room);

  const page = await (await bot.dm('dev')).last();
  expect(page.words).toContain('can you look at the database');
  expect(page.buttons.map(({ label }) => label)).toContain('Acknowledge');
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'dev dm sent > waiting']);

  await bot.as('dev').presses('Acknowledge', await bot.dm('dev'));
  expect((await bot.ledger(1)).at(-1)).toBe('dev dm sent answered > acknowledged');
  expect((await bot.incident(1)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
  await bot.wait(minutes(60));
  expect(await bot.ledger(1)).toHaveLength(2);
});

it('is not stopped by an answer to the other page', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('dev').types('/inc escalate @cleo we need you', room);

  await bot.as('ana').presses('Acknowledge', await bot.dm('ana'));

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'cleo dm sent > waiting']);
});

it('pages by hand outside of every incident, and opens one for it', async () => {
  const bot = await startBot();

  await bot.as('dev').types('/inc page @ben the office is without power');

  expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);
  expect((await (await bot.dm('ben')).last()).words).toContain('the office is without power');
});

it('asks who is meant when nobody is called that', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc ack', await bot.room(1));

  const answer = await bot.as('ana').types('/inc escalate @banjo', await bot.room(1));

  expect(answer.words).toMatch(/banjo/);
  expect(await bot.ledger(1)).toHaveLength(1);
});

it('pages by a policy that is named, beside the one that runs, and outside of every incident', async () => {
  const bot = await startBot({
    policies: {
      main: { steps: [{ targets: [{ person: 'ana' }], ack_within: '5m' }] },
      night: { steps: [{ targets: [{ person: 'cleo' }], ack_within: '5m' }] },
    },
    settings: { default_policy: 'main', bundle_within: 'off' },
  });
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);

  await bot.as('ana').types('/inc escalate policy night the disk is full', room);
  await bot.as('ana').types('/inc page policy night');

  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged', 'cleo dm sent > waiting']);
  expect(await bot.ledger(2)).toEqual(['cleo dm sent > waiting']);
  expect((await bot.incident(2)).title).toBe('policy night is needed');
});

it('pages whoever is on call in a schedule, or a whole team, beside the one who has it', async () => {
  const bot = await startBot({ teams: { core: { members: ['cleo', 'dev'] } } });
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);

  await bot.as('ana').types('/inc escalate secondary the disk is full', room);
  await bot.as('ana').types('/inc escalate team core the disk is full', room);

  expect(await bot.ledger(1)).toEqual([
    'ana dm sent answered > acknowledged',
    'ben dm sent > waiting',
    'cleo dm sent > waiting',
    'dev dm sent > waiting',
  ]);
});
