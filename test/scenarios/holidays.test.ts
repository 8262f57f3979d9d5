import { expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';

const SLOW = { title: 'Search is slow', service: 'search', severity: 'warning' };
const OFFICE = { start: '00:00', end: '23:59', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
const HOUSE = {
  ...peopleWith({ ana: { working_hours: OFFICE, holidays: 'berlin' } }),
  teams: { core: { name: 'Core', members: ['ana', 'ben'] } },
  holidays: { berlin: { dates: { '2026-03-03': 'Feast of the pagers' } } },
  severities: { sev1: {}, sev2: {}, sev3: { urgency: 'low' } },
};

it('are added and taken away in chat, outlive a restart and an apply, and count at once', async () => {
  const bot = await startBot(HOUSE);
  const said = await bot.as('ana').types('holidays add 2026-03-02 Moving house');
  expect(said.words).toContain('Mon 2 Mar 2026 is a holiday for Ana Souza now: Moving house.');
  await bot.as('dev').types('holidays add 2026-03-04 Party for everybody');
  await bot.as('ana').types('holidays remove 2026-03-03');
  await bot.isDownFor(minutes(1));
  expect((await bot.rewrites({ ...HOUSE, url: 'http://127.0.0.1:8080' })).kind).toBe('changed');

  const { words } = await bot.as('ana').types('holidays');
  expect(words).toContain('Mon 2 Mar 2026 Moving house, on call: Ana Souza');
  expect(words).toContain('Wed 4 Mar 2026 Party');
  expect(words).not.toContain('Feast');
  expect((await bot.as('sue').opens('/holidays')).words).toContain('Said by Dev Patel');

  await bot.alert(SLOW);
  const room = await bot.room(1);
  expect((await room.says()).at(-1)).toContain('the working hours of Ana Souza, Tue 00:00');
  await bot.wait(hours(21));
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
});

it('are said by those whose they are, and by admins, who tell them', async () => {
  const bot = await startBot(HOUSE);
  const refused = async (who: string, line: string) => (await bot.as(who).types(line)).words;

  expect(await refused('ben', 'holidays add 2026-12-24 Eve everybody')).toContain(
    'Only an admin can say that.',
  );
  expect(await refused('ben', 'holidays add 2026-12-24 Eve for @ana')).toContain('Only Ana Souza and admins');
  expect(await refused('cleo', 'holidays add 2026-12-24 Eve for core')).toContain(
    'Only members of the team Core',
  );
  expect(await refused('ben', 'holidays add 2026-12-24 Eve for core')).toContain(
    'a holiday for the team Core now',
  );
  expect(await refused('ben', 'holidays add 2026-02-30 Eve')).toContain('Which day?');
  expect(await refused('ben', 'holidays add')).toContain('Which day?');
  expect(await refused('ben', 'holidays from 2026-12-24 until 2026-12-27')).toContain('When you are away');
  expect(await refused('ben', 'holidays add 2026-12-24 Eve for primary')).toContain('no holidays of its own');

  await bot.as('dev').types('holidays add 2026-12-31 Stocktaking for @cleo');
  expect(await (await bot.dm('cleo')).says()).toEqual([
    'Dev Patel made 2026-12-31 a holiday of yours: Stocktaking.',
  ]);
  expect((await bot.as('sue').types('holidays everybody')).words).toMatch(
    /Thu 24 Dec 2026 Eve \(Ana Souza and Ben Okafor\).*Thu 31 Dec 2026 Stocktaking \(Cleo Martin\)/,
  );
});
