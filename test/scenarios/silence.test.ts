import { describe, expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';
import { scheduleOf } from '../support/company.ts';

const DISK = { title: 'DiskFull', labels: { instance: 'db1' } };
const OTHER_DISK = { title: 'DiskSlow', labels: { instance: 'db2' } };
const ERRORS = { title: 'ManyErrors' };

const DAILY = {
  time_zone: 'UTC',
  layers: [
    {
      participants: ['ana', 'ben'],
      rotation: { every: '1 day', start_date: '2026-03-01', hand_off: '09:00' },
    },
  ],
};

describe('a silence', () => {
  it('holds back what matches and nothing else, and lets it go when its time is over', async () => {
    const bot = await startBot();
    const said = await bot
      .as('ana')
      .types('silence service=checkout alertname=~"Disk.*" 2h because we replace the disks');
    expect(said.words).toContain('Silenced service=checkout alertname=~"Disk.*" until');
    expect(await (await bot.channel('incidents')).says()).toEqual([
      expect.stringContaining(
        'Ana Souza silenced service=checkout alertname=~"Disk.*" until 2026-03-02 05:00 (UTC), because we replace the disks.',
      ),
    ]);

    await bot.alert(DISK, OTHER_DISK);
    expect(await bot.incidents()).toEqual([]);
    await bot.alert(ERRORS);
    expect((await bot.incident(1)).title).toContain('ManyErrors');
    await bot.as('ana').types('resolve #1 fixed');
    await bot.clears(OTHER_DISK, ERRORS);

    const { words } = await bot.as('ben').types('silence');
    expect(words).toContain('Holds back 2 alerts, 1 of them firing now.');
    expect((await bot.as('ben').types('silence 1')).words).toContain('DiskFull');

    await bot.wait(hours(2));
    expect(await bot.incidents()).toEqual([1, 2]);
    expect((await bot.incident(2)).title).toContain('DiskFull');
    expect(await bot.ledger(2)).not.toEqual([]);
    expect((await (await bot.channel('incidents')).says()).join('\n')).toContain(
      'Silence 1 is over: service=checkout alertname=~"Disk.*" pages again. It held back 2 alerts. 1 still fires and counts as new now.',
    );
    expect((await bot.as('ben').types('silence')).words).toContain('None: every alert counts.');
  });

  it('is ended by hand, by anybody who responds, and what still fires pages at once', async () => {
    const bot = await startBot();
    await bot.as('ana').types('silence instance=db1 until 06:00');
    await bot.alert(DISK);
    await bot.alert(DISK);

    const ended = await bot.as('ben').types('silence end 1');

    expect(ended.words).toContain('It held back 1 alert, which still fires and counts as new now.');
    expect(await bot.incidents()).toEqual([1]);
    expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
    expect((await bot.as('ben').types('silence end 1')).words).toContain('There is no silence 1');
  });

  it('outlives a restart, and what was due while nobody ran is done then', async () => {
    const bot = await startBot();
    await bot.as('ana').types('silence instance=db1 1h');
    await bot.alert(DISK);
    await bot.isDownFor(minutes(30));
    expect(await bot.incidents()).toEqual([]);

    await bot.isDownFor(minutes(45));
    expect(await bot.incidents()).toEqual([1]);
  });

  it('hides nothing that is open: its incident goes on, and the answer says so', async () => {
    const bot = await startBot();
    await bot.alert(DISK);
    const said = await bot.as('ana').types('silence instance=db1 2h');
    expect(said.words).toContain('It matches the one alert that fires in an open incident now.');
    expect(said.words).toContain('#1 is open with that one and goes on paging: snooze #1 2h or resolve #1.');

    await bot.clears(DISK);
    await bot.wait(minutes(1));
    await bot.alert(DISK);
    expect(await bot.incidents()).toEqual([1]);
    expect((await (await bot.room(1)).card()).words).toContain('Alerts: 1 of 1 firing');
  });

  it('stays with a longer one that matches too', async () => {
    const bot = await startBot();
    await bot.as('ana').types('silence instance=db1 1h');
    await bot.alert(DISK);
    await bot.as('ana').types('silence service=checkout 3h');

    await bot.wait(hours(2));
    expect(await bot.incidents()).toEqual([]);
    expect((await bot.as('ana').types('silence 2')).words).toContain('DiskFull');

    await bot.wait(hours(1));
    expect(await bot.incidents()).toEqual([1]);
  });

  it('shows nobody the alerts of which private incidents would be made', async () => {
    const bot = await startBot({ routes: [{ visibility: 'private' }] });
    await bot.as('ana').types('silence instance=db1 1h');
    await bot.alert(DISK);
    const { words } = await bot.as('ana').types('silence 1');
    expect(words).toContain('Holds back 1 alert, which fires now. and 1 more');
    expect(words).not.toContain('DiskFull');
  });

  it('takes the alerts of the room it is typed in, and is told there', async () => {
    const bot = await startBot();
    await bot.alert(DISK, OTHER_DISK);
    const room = await bot.room(1);
    const said = await bot.as('ana').types('/inc silence 2h', room);

    expect(said.words).toContain('Silenced service=checkout alertname=~"DiskFull|DiskSlow" until');
    expect((await room.says()).at(-1)).toContain('Ana Souza silenced service=checkout');

    await bot.as('ana').types('/inc resolve', room);
    await bot.as('ana').types('silence end 1');
    expect((await (await bot.channel('incidents')).says()).at(-1)).toContain('Ana Souza ended silence 1');
  });

  it('of an open incident is in its timeline: who made it, who moved its end, and what came of it', async () => {
    const bot = await startBot();
    await bot.alert(DISK);
    const room = await bot.room(1);
    await bot.as('ana').types('/inc silence 2h because the disks are replaced', room);
    await bot.as('ben').types('silence 1 3h');
    await bot.as('cleo').types('silence end 1');

    const told = (await bot.as('ana').types('timeline #1')).words;
    expect(told).toMatch(
      /Ana Souza silenced service=checkout alertname=DiskFull until .*05:00.*, because the disks are replaced\./,
    );
    expect(told).toMatch(
      /Ben[^.]* moved the end of silence 1 \(service=checkout alertname=DiskFull\) from .*05:00.* to .*06:00/,
    );
    expect(told).toMatch(/Cleo[^.]* ended silence 1: .* pages again\. It held back no alert\./);

    await bot.as('ana').types('/inc silence 2h', room);
    await bot.as('ana').types('/inc resolve', room);
    await bot.as('ana').types('silence end 2');
    expect((await bot.as('ana').types('timeline #1')).words).not.toContain('ended silence 2');
  });

  it('says who moved its end', async () => {
    const bot = await startBot({ schedules: { primary: DAILY, secondary: scheduleOf('cleo') } });
    await bot.as('ana').types('silence instance=db1 4h');
    await bot.as('dev').types('silence 1 24h');
    const moved =
      /Made by Ana Souza at .*\. Its end was moved by Dev[^.]* at .*\. No such alert has come yet\./;
    expect((await bot.as('ben').types('silence')).words).toMatch(moved);
    expect((await bot.as('ben').types('silence 1')).words).toMatch(moved);

    await bot.wait(hours(7));
    expect((await (await bot.dm('ben')).last()).words).toMatch(
      /Silence 1: instance=db1 until 2026-03-03 03:00 \(UTC\), made by Ana Souza, its end moved by Dev/,
    );
  });
});

describe('whoever comes on call', () => {
  it('reads which alerts are silenced, until when and why', async () => {
    const bot = await startBot({ schedules: { primary: DAILY, secondary: scheduleOf('cleo') } });
    await bot.as('ana').types('silence instance=db1 24h because the disks are replaced');
    await bot.as('ana').types('silence instance=db2 2h');

    await bot.wait(hours(7));

    const begin = await (await bot.dm('ben')).last();
    expect(begin.words).toContain('You are on call for primary now');
    expect(begin.words).toContain(
      '- Silence 1: instance=db1 until 2026-03-03 03:00 (UTC), made by Ana Souza: the disks are replaced',
    );
    expect(begin.words).not.toContain('db2');
  });
});

describe('the end of a silence', () => {
  it('is told beforehand to whoever made it, and can be moved', async () => {
    const bot = await startBot();
    await bot.as('ana').types('silence instance=db1 2h');
    await bot.alert(DISK);
    await bot.wait(minutes(105));

    const dm = await bot.dm('ana');
    expect((await dm.last()).plain).toBe(
      'Silence 1 ends at 2026-03-02 05:00 (UTC): instance=db1. The alert that it holds back fires now and would page then.',
    );
    const moved = await bot.as('ana').presses('Two hours from now', dm);
    expect(moved.words).toContain('Silence 1 ends at 06:45 (UTC), 2 h from now: instance=db1.');
    expect((await (await bot.channel('incidents')).says()).at(-1)).toBe(
      'Ana Souza moved the end of silence 1 (instance=db1) from 2026-03-02 05:00 (UTC) to 2026-03-02 06:45 (UTC).',
    );

    await bot.wait(minutes(104));
    expect(await bot.incidents()).toEqual([]);
    expect(await dm.messages()).toHaveLength(1);
    await bot.wait(minutes(16));
    expect(await bot.incidents()).toEqual([1]);
    expect((await dm.messages()).filter(({ plain }) => plain.startsWith('Silence 1 ends'))).toHaveLength(2);
  });

  it('of a short one is not told beforehand', async () => {
    const bot = await startBot();
    await bot.as('ana').types('silence instance=db1 30m');
    await bot.wait(minutes(29));
    expect(await (await bot.dm('ana')).messages()).toEqual([]);
  });
});

describe('whom a service would page', () => {
  it('names the silences that are in the way', async () => {
    const bot = await startBot();
    await bot.as('dev').types('silence service=checkout 2h');
    await bot.as('dev').types('silence service=search alertname=Slow 2h');

    const whole = (await bot.as('ana').types('whopages checkout')).words;
    expect(whole).toMatch(/Its alerts are silenced until .*05:00.* \(silence 1\)/);
    const part = (await bot.as('ana').types('whopages search')).words;
    expect(part).toMatch(
      /Some of its alerts are silenced until .*05:00.* \(silence 2\): service=search alertname=Slow\./,
    );
    expect((await bot.as('ana').types('whopages search at tomorrow 9am')).words).not.toContain('silenced');
  });
});

const SLIPS: readonly (readonly [typed: string, answered: RegExp])[] = [
  ['silence service=checkout', /For how long\?.*Add 2h, until 18:00/],
  ['silence 2h', /Which alerts\?.*A matcher is a label/],
  ['silence checkout 2h', /Is Checkout the service that is meant\?.*silence service=checkout 2h/],
  ['silence everything for ever', /“everything for ever” does not say which alerts.*A matcher is a label/],
  ['silence service=checkout forever', /I cannot read “forever” as a time/],
  ['silence service=checkout 5s', /A silence lasts a minute at least/],
  ['silence service=checkout 31d', /a silence lasts 30 days at most.*incident: none/],
  ['silence service=checkout until 2020-01-01 09:00', /That is over already/],
  ['silence service==checkout 2h', /one sign too many/],
  ['silence service="checkout 2h', /quotes after service= are never closed/],
  ['silence service=~"(check" 2h', /pattern of service cannot be used: a "\(" is never closed/],
  ['silence severity=critical 2h', /every service, which only an admin can do.*Say which are meant/],
  ['silence env!=prod 2h', /do not even have that label/],
  ['silence 7', /There is no silence 7 that is not over/],
  ['silence end 7', /There is no silence 7 that is not over/],
  ['silence 7 2h', /There is no silence 7 that is not over/],
  ['silence end', /Which silence\?.*silence end 3/],
  ['silence end it', /Which silence\?/],
  ['silence #7 2h', /There is no incident #7/],
];

it('a silence that is typed wrong says what would work, and makes none', async () => {
  const bot = await startBot();
  for (const [typed, answered] of SLIPS)
    expect.soft((await bot.as('ana').types(typed)).words, typed).toMatch(answered);
  expect((await bot.as('sue').types('silence service=checkout 2h')).words).toContain('observer');
  expect((await bot.guest().types('silence service=checkout 2h')).words).toContain('configured person');
  expect((await bot.as('ana').types('silence')).words).toContain('None: every alert counts.');

  const strange = await bot.as('ana').types('silence service=chekcout 2h');
  expect(strange.words).toContain('No configured service is called chekcout');
  const wide = await bot.as('dev').types('silence severity=info 2h');
  expect(wide.words).toContain('These are alerts of every service.');
});
