import { describe, expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';
import { scheduleOf } from '../support/company.ts';

describe('overrides', () => {
  it('put somebody on call at once: who is asked, shown and paged is the same person', async () => {
    const bot = await startBot();

    const made = await bot.as('dev').types('override primary @cleo for 2h because Ana is on a plane');

    expect(made.words).toContain(
      'primary: Cleo Martin, 03:00 to 05:00 (override 1). Times are those of UTC.',
    );
    expect((await bot.as('sue').types('oncall primary')).words).toContain('Cleo Martin until');
    await bot.alert({ title: 'Checkout fails' });
    expect(await bot.ledger(1)).toEqual(['cleo dm sent > waiting']);
  });

  it('are on record in chat and on the schedule’s page: who made and who ended them, when and why', async () => {
    const bot = await startBot();
    expect((await bot.as('sue').types('changes primary')).words).toContain(
      'None: nobody has changed anything by hand.',
    );
    await bot.as('dev').types('override primary @cleo for 2h because Ana is on a plane');
    await bot.wait(minutes(10));
    await bot.as('dev').types('overrides end 1');

    const made = 'Dev Patel put on call: Cleo Martin, ';
    const ended = 'Dev Patel ended override 1: Cleo Martin, ';
    const { words } = await bot.as('sue').types('changes primary');
    expect(words).toMatch(/03:10.* Dev Patel ended .*03:00.* Dev Patel put on call/);
    for (const said of [words, (await bot.as('sue').opens('/schedules/primary')).words]) {
      expect(said).toContain(ended);
      expect(said).toContain(made);
      expect(said).toContain('(override 1): Ana is on a plane');
    }
    expect((await bot.as('sue').types('changes')).words).toContain('Which schedule?');
  });

  it('tell by name whom they put on call and whom they relieve, and why', async () => {
    const bot = await startBot();

    await bot.as('dev').types('override primary @cleo for 2h because Ana is on a plane');

    await bot.settle();
    expect((await (await bot.dm('cleo')).last()).words).toContain(
      'Dev Patel put you on call for primary: 2026-03-02 03:00 (UTC) to 2026-03-02 05:00 (UTC). Why: Ana is on a plane',
    );
    expect((await (await bot.dm('ana')).last()).words).toContain('you are not on call for primary any more');
  });

  it('end by themselves, and survive a new configuration and a restart', async () => {
    const bot = await startBot();
    await bot.as('dev').types('override primary @cleo for 2h');

    await bot.rewrites({ schedules: { primary: scheduleOf('ben'), secondary: scheduleOf('ana') } });
    await bot.isDownFor(minutes(5));

    expect((await bot.as('dev').types('oncall primary')).words).toContain('Cleo Martin until 05:00');
    await bot.wait(hours(2));
    expect((await bot.as('dev').types('oncall primary')).words).toContain('Ben Okafor');
  });

  it('are listed with who made them, and ended early', async () => {
    const bot = await startBot();
    await bot.as('dev').types('override primary @cleo for @ana from 04:00 until 06:00 because dentist');

    expect((await bot.as('ana').types('overrides')).words).toContain(
      '1 primary: Cleo Martin in place of Ana Souza, 04:00 to 06:00. Made by Dev Patel at 03:00: dentist',
    );
    expect((await bot.as('dev').types('overrides end 1')).words).toContain('Override 1 has ended');
    expect((await bot.as('ana').types('overrides')).words).toContain('as they were planned');
    expect((await bot.as('dev').types('overrides end 1')).words).toContain('over already');
    await bot.wait(hours(2));
    expect((await bot.as('ana').types('oncall primary')).words).toContain('Ana Souza');
  });

  it('let nobody put somebody else on call but an admin, and nobody leave a gap', async () => {
    const bot = await startBot();

    const other = await bot.as('ben').types('override primary @cleo for 2h');
    const gap = await bot.as('ana').types('override primary nobody for 2h');
    const own = await bot.as('ben').types('override primary @me for 2h');
    const back = await bot.as('cleo').types('overrides end 1');

    expect(other.words).toContain('That puts Cleo Martin on call, and only they or an admin can do that');
    expect(gap.words).toContain('leaves nobody on call, which only an admin can do');
    expect(own.words).toContain('primary: Ben Okafor');
    expect(back.words).toContain('That puts Ana Souza on call');
    expect((await bot.as('dev').types('overrides end 1')).words).toContain('has ended');
  });

  it('say what is wrong with what was typed, and what to type', async () => {
    const bot = await startBot();
    const dev = bot.as('dev');
    const says = async (line: string) => (await dev.types(line)).words;

    expect(await says('override @ben for 2h')).toContain('Which schedule? There are: primary, secondary');
    expect(await says('override primary for 2h')).toContain('Who is to be on call?');
    expect(await says('override primary @ben')).toContain('Until when?');
    expect(await says('override primary @ben until yesterday 9am')).toContain('would end before it begins');
    expect(await says('override primary @ben from yesterday 9am until tomorrow 9am')).toContain(
      'begins in the past',
    );
    expect(await says('override primary @ana for 2h')).toContain(
      'Ana Souza is on call on primary then already',
    );
    expect(await says('override primary @ben for @cleo for 2h')).toContain(
      'Cleo Martin is not on call on primary then',
    );
    expect(await says('override primary @zoe for 2h')).toContain('nobody called @zoe');
    expect(await says('override primary @ben from lunch until dinner')).toContain('not a time I understand');
    expect(await says('override nights @ben for 2h')).toContain('Which schedule?');
  });
});
