import { describe, expect, it } from 'vitest';
import { hours, minutes, startBot } from '../support/bot.ts';

const DISK = { title: 'DiskFull', labels: { instance: 'db1' } };
const OTHER_DISK = { title: 'DiskSlow', labels: { instance: 'db2' } };
const ERRORS = { title: 'ManyErrors' };

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
    expect(said.words).toContain('It matches 1 of the 1 alert that fires in open incidents now.');
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

  it('takes the alerts of the room it is typed in, and is told there', async () => {
    const bot = await startBot();
    await bot.alert(DISK, OTHER_DISK);
    const room = await bot.room(1);
    const said = await bot.as('ana').types('/inc silence 2h', room);

    expect(said.words).toContain('Silenced service=checkout alertname=~"DiskFull|DiskSlow" until');
    expect((await room.says()).at(-1)).toContain('Ana Souza silenced service=checkout');
  });
});
