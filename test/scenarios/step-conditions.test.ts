import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import { peopleWith, scheduleOf } from '../support/company.ts';
import type { Sections } from '../support/company.ts';

const ALERT = { title: 'Checkout answers with errors' };
const OFFICE = { start: '09:00', end: '17:00' };
const PEOPLE = peopleWith({
  ana: { zone: 'Europe/Berlin', working_hours: OFFICE },
  ben: { zone: 'Asia/Tokyo', working_hours: OFFICE },
});

/** Two steps: Cleo under a condition, then Ana. It is three in the morning in London, four in Berlin, noon in Tokyo. */
const onlyIf = (condition: object, more: Sections = {}): Sections => ({
  ...PEOPLE,
  policies: {
    main: {
      steps: [{ targets: [{ person: 'cleo' }], conditions: [condition] }, { targets: [{ person: 'ana' }] }],
    },
  },
  ...more,
});

const ASIA = {
  schedules: { asia: { ...scheduleOf('ben'), time_zone: 'Asia/Tokyo', working_hours: OFFICE } },
};

it.each([
  ['the severity is bad enough', onlyIf({ severity_at_least: 'sev1' }), 'cleo'],
  ['the urgency is the one it is for', onlyIf({ urgency: 'low' }), 'ana'],
  ['a person is at work', onlyIf({ working_hours_of: 'ben' }), 'cleo'],
  ['a person is not at work', onlyIf({ working_hours_of: 'ana' }), 'ana'],
  ['a schedule is at work', onlyIf({ working_hours_of: 'asia' }, ASIA), 'cleo'],
  [
    'the clock is within hours that are written out',
    onlyIf({ within_hours: { ...OFFICE, zone: 'UTC' } }),
    'ana',
  ],
])('a step that has a condition: %s', async (_, sections, paged) => {
  const bot = await startBot(sections);
  await bot.alert(ALERT);

  expect(await bot.ledger(1)).toEqual([`${paged} dm sent > waiting`]);
  const skipped = 'Step 1 was skipped: its condition does not hold.';
  expect((await bot.timeline(1)).includes(skipped)).toBe(paged === 'ana');
});

it('pages those of a step only who are at work, where it asks for that', async () => {
  const targets = [{ person: 'ana' }, { person: 'ben' }];
  const main = { steps: [{ targets, conditions: [{ own_working_hours: true }] }] };
  const bot = await startBot({ ...PEOPLE, policies: { main } });
  await bot.alert(ALERT);

  expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);
});
