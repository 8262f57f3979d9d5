import { describe, expect, it } from 'vitest';
import { hours, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';

const SECTIONS = {
  schedules: {
    primary: {
      name: 'Primary',
      time_zone: 'UTC',
      layers: [
        {
          participants: ['ana', 'ben', 'cleo'],
          rotation: { every: '1 day', start_date: '2026-03-02', hand_off: '09:00' },
        },
      ],
    },
  },
  policies: { main: { steps: [{ targets: [{ schedule: 'primary' }], ack_within: '5m' }] } },
};

/** At eight on the day on which Ana begins at nine, Ben a day later and Cleo a day after that. */
async function atEight(): Promise<Bot> {
  const bot = await startBot(SECTIONS);
  bot.now = new Date('2026-03-02T08:00:00Z');
  return bot;
}

async function onCall(bot: Bot, at: string): Promise<string> {
  return (await bot.as('sue').types(`oncall primary at ${at}`)).words;
}

describe('asking for cover', () => {
  it('puts the first who accepts on call, and tells everybody who was asked', async () => {
    const bot = await atEight();

    const asked = await bot.as('ana').types('cover me because of the dentist');
    expect(asked.words).toContain('Ben Okafor and Cleo Martin');
    expect((await (await bot.dm('ben')).last()).words).toContain(
      'Ana Souza asks whether you can be on call for Primary instead: 2026-03-02 09:00 (UTC) to 2026-03-03 09:00 (UTC). Why: the dentist',
    );
    expect(await onCall(bot, '10:00')).toContain('Ana Souza until');

    const taken = await bot.as('cleo').presses('Take it', await bot.dm('cleo'));
    const late = await bot.as('ben').presses('Take it', await bot.dm('ben'));

    expect(taken.words).toContain('You are on call for Primary instead of Ana Souza');
    expect(late.words).toContain('Cleo Martin has taken it already');
    expect(await onCall(bot, '10:00')).toContain('Cleo Martin until');
    expect((await (await bot.dm('ana')).last()).words).toContain('Cleo Martin takes your shift on Primary');
    expect((await (await bot.dm('ben')).last()).words).toContain(
      'Cleo Martin takes it. Nothing is left for you to do',
    );
  });

  it('covers a part of a shift, asked of one person, and pages who covers it', async () => {
    const bot = await atEight();

    await bot.as('ana').types('cover primary from 12:00 until 14:00 ask @ben');
    await bot.as('ben').presses('Take it', await bot.dm('ben'));

    expect(await onCall(bot, '11:00')).toContain('Ana Souza until 12:00, then Ben Okafor');
    expect(await onCall(bot, '13:00')).toContain('Ben Okafor until 14:00, then Ana Souza');
    bot.now = new Date('2026-03-02T13:00:00Z');
    await bot.alert({ title: 'Checkout fails' });
    expect(await bot.ledger(1)).toEqual(['ben dm sent > waiting']);
  });

  it('leaves the asker on call when everybody says no, when it runs out, and when it is taken back', async () => {
    const bot = await atEight();

    await bot.as('ana').types('cover me');
    await bot.as('ben').presses('No', await bot.dm('ben'));
    await bot.as('cleo').types('cover no 1');
    expect((await (await bot.dm('ana')).last()).words).toContain('Nobody who was asked can take your shift');

    await bot.as('ana').types('cover me');
    await bot.wait(hours(1));
    expect((await (await bot.dm('ana')).last()).words).toContain('Nobody has taken your shift on Primary');
    expect((await (await bot.dm('ben')).last()).words).toContain('you are not asked any more');

    await bot.as('ana').types('cover me until 20:00');
    expect((await bot.as('ben').types('cover withdraw 3')).words).toContain('Only who asked, or an admin');
    expect((await bot.as('ana').types('cover withdraw 3')).words).toContain('is taken back');
    expect((await bot.as('ben').types('cover take 3')).words).toContain(
      'was taken back. Nothing changes for you',
    );
    expect(await onCall(bot, '10:00')).toContain('Ana Souza until');
  });

  it('says what is wrong and what to type', async () => {
    const bot = await atEight();
    const says = async (line: string) => (await bot.as('ana').types(line)).words;

    expect(await says('cover')).toContain('Nobody asks for cover');
    expect(await says('cover take 99')).toContain('There is no request 99');
    expect(await says('cover no')).toContain('Its number is missing');
    expect(await says('cover primray')).toContain('Did you mean cover primary?');
    expect(await says('cover whenever')).toContain('not a time I understand');
    expect(await says('cover me ask @zoe')).toContain('nobody called @zoe');
    expect(await says('cover me from tomorrow 10:00 until tomorrow 12:00')).toContain(
      'You are not on call for Primary then',
    );
    expect((await bot.as('dev').types('cover me')).words).toContain(
      'Dev Patel is not on call within the next 120 days',
    );
    await says('cover me');
    expect(await says('cover me')).toContain('You have asked for that already (request 1)');
    expect(await says('cover take 1')).toContain('It is your own shift');
  });
});

describe('swapping', () => {
  it('changes both shifts once the other accepts, and neither before', async () => {
    const bot = await atEight();

    const asked = await bot.as('ana').types('swap @ben');
    expect(asked.words).toContain('against theirs');
    expect(await onCall(bot, '10:00')).toContain('Ana Souza until');

    await bot.as('ben').presses('Swap', await bot.dm('ben'));

    expect(await onCall(bot, '10:00')).toContain('Ben Okafor until');
    expect(await onCall(bot, 'tomorrow 10:00')).toContain('Ana Souza until');
    expect((await (await bot.dm('ana')).last()).words).toContain(
      'Ben Okafor swaps: they take your shift on Primary',
    );
  });

  it('is offered on the schedule that both have shifts on, though another shift of mine comes before', async () => {
    const alone = {
      time_zone: 'UTC',
      layers: [
        { participants: ['ana'], rotation: { every: '1 day', start_date: '2026-03-01', hand_off: '09:00' } },
      ],
    };
    const bot = await startBot({ ...SECTIONS, schedules: { desk: alone, ...SECTIONS.schedules } });
    bot.now = new Date('2026-03-02T08:00:00Z');

    const asked = await bot.as('ana').types('swap @ben');
    expect(asked.words).toContain('against theirs');
    await bot.as('ben').presses('Swap', await bot.dm('ben'));
    expect(await onCall(bot, '10:00')).toContain('Ben Okafor until');

    const never = await bot.as('ana').types('swap @sue');
    expect(never.words).toContain(
      'Sue Tanaka is not on call for any schedule of yours within the next 120 days.',
    );
  });

  it('is only for who was asked, and only while both still have their shifts', async () => {
    const bot = await atEight();

    await bot.as('ana').types('swap @ben');
    expect((await bot.as('cleo').types('cover take 1')).words).toContain('asked of somebody else');
    await bot.as('dev').types('override primary @cleo for @ben from tomorrow 09:00 for 24h');
    expect((await bot.as('ben').types('cover take 1')).words).toContain('no longer have the shift');
  });
});

describe('being away', () => {
  it('takes nobody off call: it names the shifts and offers to find cover', async () => {
    const bot = await atEight();

    const away = await bot.as('ben').types('away from 2026-03-03 until 2026-03-04 because of a wedding');

    expect(away.words).toContain('One shift falls into that time');
    expect(await onCall(bot, 'tomorrow 10:00')).toContain('Ben Okafor until');
    expect((await bot.as('sue').types('away')).words).toContain(
      'Ben Okafor, 3 Mar, 00:00 to 5 Mar, 00:00: a wedding. Needs cover: Primary',
    );
    expect((await bot.as('ben').types('shifts')).words).toContain('away then: needs cover');

    await bot.as('ben').presses('Find cover: Primary', away);
    expect((await (await bot.dm('ana')).last()).words).toContain(
      'Ben Okafor asks whether you can be on call for Primary',
    );
    await bot.as('ana').presses('Take it', await bot.dm('ana'));
    expect(await onCall(bot, 'tomorrow 10:00')).toContain('Ana Souza until');
    expect((await bot.as('sue').types('away')).words).not.toContain('Needs cover');
  });

  it('is said by oneself or an admin, keeps one from being asked for cover, and can be ended', async () => {
    const bot = await atEight();

    expect((await bot.as('ana').types('away @ben today')).words).toContain(
      'Only Ben Okafor or an admin can say that',
    );
    await bot.as('dev').types('away @ben today');
    expect((await bot.as('ana').types('cover me')).words).toContain(': Cleo Martin.');
    await bot.as('ben').types('away end 1');
    expect((await bot.as('sue').types('away')).words).toContain('Nobody is away');
    expect((await bot.as('ana').types('away from lunch')).words).toContain('not a time I understand');
    expect((await bot.as('ana').types('away from 2026-03-05 until 2026-03-01')).words).toContain(
      'end before it begins',
    );
  });
});
