import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';

const SLOW = { title: 'Search is slow', service: 'search', severity: 'warning' };
const OFFICE = { start: '09:00', end: '17:00' };
const HOUR = minutes(60);
/** Ana works in Berlin; it is four in the morning there when a story begins, on a Monday. */
const GENTLE = {
  ...peopleWith({
    ana: { zone: 'Europe/Berlin', working_hours: OFFICE, rules: { high: ['dm', 'email'], low: ['dm'] } },
    ben: { zone: 'Europe/Berlin', working_hours: OFFICE },
  }),
  severities: { sev1: { name: 'SEV1' }, sev2: { name: 'SEV2' }, sev3: { name: 'SEV3', urgency: 'low' } },
};

it('waits for the working hours of whoever is on call, over a restart, and then pages gently', async () => {
  const bot = await startBot(GENTLE);
  await bot.alert(SLOW);
  const room = await bot.room(1);
  const waits = 'the working hours of Ana Souza, Mon 09:00 Berlin (2026-03-02 08:00 (UTC))';
  expect((await room.says()).at(-1)).toBe(
    `Step 1 waits for ${waits}. It can wait; \`escalate\` or a higher severity pages now.`,
  );
  expect((await room.card()).words).toContain(`Waiting for ${waits}.`);
  expect((await bot.as('dev').types('/inc pages', room)).words).toContain(
    'Waits for the working hours of Ana Souza, Mon 09:00 Berlin',
  );

  await bot.wait(2 * HOUR);
  await bot.isDownFor(2 * HOUR);
  await bot.wait(HOUR - 1);
  expect(await bot.ledger(1)).toEqual([]);

  await bot.wait(1);
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  await bot.wait(minutes(5));
  expect(await bot.ledger(1)).toEqual(['ana dm sent > escalated', 'ben dm sent > waiting']);
});

it('pages at once, and by the rules for what is urgent, when the severity rises meanwhile', async () => {
  const bot = await startBot(GENTLE);
  await bot.alert(SLOW);
  await bot.wait(HOUR);

  await bot.as('dev').types('/inc severity sev1 nobody can search any more', await bot.room(1));

  expect((await bot.ledger(1))[0]).toMatch(/^ana dm sent, email /);
  expect((await (await bot.room(1)).card()).words).not.toContain('Waiting for');
});

it('pages at once when somebody wants it now', async () => {
  const bot = await startBot(GENTLE);
  await bot.alert(SLOW);

  await bot.as('dev').types('/inc escalate', await bot.room(1));

  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
});

it('can be taken by somebody who is awake, and then pages nobody in the morning', async () => {
  const bot = await startBot(GENTLE);
  await bot.alert(SLOW);
  await bot.as('ben').types('/inc ack', await bot.room(1));

  await bot.wait(24 * HOUR);

  expect(await bot.ledger(1)).toEqual([]);
});

it('does not take a holiday for a working day, whether it stands in the file or somebody’s team has it', async () => {
  const bot = await startBot({
    ...GENTLE,
    holidays: {
      berlin: { dates: { '2026-03-02': 'Feast of the pagers' } },
      lisbon: { dates: { '2026-03-03': 'Feast of Lisbon' } },
    },
    teams: { core: { members: ['ana'], holidays: ['berlin', 'lisbon'] } },
  });
  await bot.alert(SLOW);

  expect((await (await bot.room(1)).says()).at(-1)).toContain(
    'the working hours of Ana Souza, Wed 09:00 Berlin',
  );
});

it('asks at the step whether a condition about somebody’s working hours falls on a holiday', async () => {
  const steps = [
    { targets: [{ person: 'ana' }], conditions: [{ working_hours_of: 'ana' }], ack_within: '5m' },
    { targets: [{ person: 'ben' }], ack_within: '5m' },
  ];
  const people = peopleWith({ ana: { working_hours: { start: '00:00', end: '23:59' }, holidays: 'berlin' } });
  const holidays = { berlin: { dates: { '2026-03-02': 'Feast of the pagers' } } };
  const bot = await startBot({ ...people, policies: { main: { steps } }, holidays });
  await bot.alert({ title: 'Payments fail' });

  expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);
});
