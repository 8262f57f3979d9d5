import { describe, expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const SECTIONS = {
  schedules: {
    primary: {
      name: 'Primary',
      time_zone: 'UTC',
      layers: [
        {
          participants: ['ana', 'ben'],
          rotation: { every: '1 day', start_date: '2026-03-01', hand_off: '09:00' },
        },
      ],
    },
  },
  policies: { main: { steps: [{ targets: [{ schedule: 'primary' }], ack_within: '5m' }] } },
};

/** Ana has been on call since nine yesterday, Ben follows her at nine today. */
async function atSeven(): Promise<Bot> {
  const bot = await startBot(SECTIONS);
  bot.now = new Date('2026-03-02T07:00:00Z');
  return bot;
}

describe('the check before a shift', () => {
  it('asks whoever comes next to show that they can be reached, and is content when they do', async () => {
    const bot = await atSeven();

    await bot.wait(hours(1));
    const asked = await (await bot.dm('ben')).last();
    expect(asked.words).toContain('In 1 h you are on call for Primary');
    expect(asked.words).toContain('Tap to show that you can be reached');
    const answer = await bot.as('ben').presses('I am here', await bot.dm('ben'));
    expect(answer.words).toContain('Confirmed: you are on call for Primary, 09:00 to 3 Mar, 09:00');

    await bot.wait(minutes(45));
    await expect(bot.channel('firebell-admin')).rejects.toThrow('no channel');
  });

  it('tells the admins and whoever is on call until then when nobody answers, once', async () => {
    const bot = await atSeven();

    await bot.wait(minutes(105));

    const admins = await bot.channel('firebell-admin');
    expect(await admins.says()).toEqual([
      'Ben Okafor is on call for Primary in 30 min and has not answered whether they can be reached. Reach them, or put somebody else on call: override primary @somebody from 2026-03-02T09:00:00Z for 8h.',
    ]);
    expect((await (await bot.dm('ana')).last()).words).toContain(
      'Ben Okafor follows you on Primary in 30 min',
    );
  });

  it('is set and switched off in the configuration, like the reminders', async () => {
    const bot = await startBot({ ...SECTIONS, settings: { shift_reminders: ['2h'], shift_check: 'off' } });
    bot.now = new Date('2026-03-02T06:30:00Z');

    await bot.wait(hours(2));

    expect(await (await bot.dm('ben')).says()).toEqual([
      'In 2 h you are on call for Primary: 2026-03-02 09:00 (UTC) to 2026-03-03 09:00 (UTC).',
    ]);
  });

  it('offers to find cover in the reminder itself', async () => {
    const bot = await atSeven();
    await bot.wait(minutes(15));

    const asked = await bot.as('ben').presses('Find cover', await bot.dm('ben'));

    expect(asked.words).toContain(
      'Asked who can take your shift on Primary, 09:00 to 3 Mar, 09:00: Ana Souza.',
    );
  });
});

describe('the hand-off', () => {
  it('tells both sides who has it, what is open, what is promised, and the notes for the next', async () => {
    const bot = await atSeven();
    await bot.wait(hours(1));
    await bot.alert({ title: 'Checkout fails' });
    await bot.as('ana').types('ack #1 update in 2h');
    await bot.as('ana').types('handover the disk of db2 fills up');

    await bot.wait(minutes(75));

    const begin = await (await bot.dm('ben')).last();
    expect(begin.words).toContain(
      'You are on call for Primary now, until 2026-03-03 09:00 (UTC). Before you: Ana Souza. To know:',
    );
    expect(begin.words).toContain('- Note by Ana Souza: the disk of db2 fills up');
    expect(begin.words).toMatch(
      /- #1 .*Checkout fails.* Ana Souza has it; an update is promised by 2026-03-02 10:00 \(UTC\)/,
    );
    const end = await (await bot.dm('ana')).last();
    expect(end.words).toContain('Your shift on Primary is over: Ben Okafor has it now. To know:');
    expect((await bot.as('ben').types('handover')).words).toContain('No note waits');
  });

  it('is told once, also after an outage, and not for what was before Firebell knew the schedule', async () => {
    const bot = await atSeven();
    await bot.wait(hours(1));
    await bot.isDownFor(hours(3));
    await bot.wait(minutes(30));

    const told = (await (await bot.dm('ben')).says()).filter((line) => line.startsWith('You are on call'));
    expect(told).toEqual([
      'You are on call for Primary now, until 2026-03-03 09:00 (UTC). Before you: Ana Souza. Nothing is open.',
    ]);
    expect((await (await bot.dm('ana')).says()).filter((line) => line.includes('is over'))).toHaveLength(1);
    expect((await (await bot.dm('ana')).says()).filter((line) => line.startsWith('You are on call'))).toEqual(
      [],
    );
  });
});
