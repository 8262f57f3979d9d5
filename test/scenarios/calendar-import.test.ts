import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { startBot, minutes, type Bot } from '../support/bot.ts';
import { scheduleOf } from '../support/company.ts';
import { aCalendar, fortnightly } from '../support/ics.ts';
import { startWebReceiver, type WebReceiver } from '../support/web-receiver.ts';

const HOUR = minutes(60);

let server: WebReceiver;
beforeEach(async () => {
  server = await startWebReceiver();
  onTestFinished(() => server.close());
});

/** Ana and Ben share the schedule by a calendar; by the configuration alone it would be Cleo. */
async function botWithCalendar(): Promise<Bot> {
  return startBot({
    schedules: {
      primary: { ...scheduleOf('cleo'), ical: { url: server.url, private_network: true } },
      secondary: scheduleOf('ben'),
    },
  });
}

function serves(text: string): void {
  server.be({ kind: 'answers', status: 200, headers: { ETag: `"${text.length}"` }, body: text });
}

async function adminsHeard(bot: Bot): Promise<readonly string[]> {
  try {
    return (await (await bot.channel('firebell-admin')).messages()).map(({ words }) => words);
  } catch {
    return [];
  }
}

const SHARED = aCalendar(fortnightly('On call: Ana Souza'), fortnightly('ben@example.com', '20260309'));

it('a schedule comes out of a calendar: whoever it names is on call, is paged, and is in every answer', async () => {
  serves(SHARED);
  const bot = await botWithCalendar();
  await bot.wait(minutes(2));
  expect((await bot.as('dev').types('/inc oncall primary')).words).toContain('Ana Souza');
  await bot.alert({ title: 'Payments fail' });
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);
  await bot.as('ana').types('/inc ack');
  expect((await bot.as('dev').types('/inc oncall primary at 2026-03-10 12:00')).words).toContain(
    'Ben Okafor',
  );
  expect(await adminsHeard(bot)).toEqual([]);
});

it('when the calendar fails, its last good copy stays in force, and the admins hear of it once, and of its return', async () => {
  serves(SHARED);
  const bot = await botWithCalendar();
  await bot.wait(minutes(2));
  server.be({ kind: 'answers', status: 404 });
  await bot.wait(3 * HOUR);
  const heard = await adminsHeard(bot);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toContain('The calendar of the schedule primary cannot be read');
  expect(heard[0]).toContain('answered 404');
  expect(heard[0]).toContain('The copy of 2026-03-02');
  expect((await bot.as('dev').types('/inc oncall primary')).words).toMatch(/Ana Souza.*cannot be read/);
  const health = (await (await bot.request('/readyz')).json()) as { told: { calendars: { ok: boolean } } };
  expect(health.told.calendars.ok).toBe(false);

  await bot.isDownFor(24 * HOUR);
  await bot.wait(2 * HOUR);
  expect((await bot.as('dev').types('/inc oncall primary')).words).toContain('Ana Souza');
  expect(await adminsHeard(bot)).toHaveLength(1);

  serves(SHARED);
  await bot.wait(2 * HOUR);
  expect((await adminsHeard(bot))[1]).toBe('The calendar of the schedule primary can be read again.');
  expect((await bot.as('dev').types('/inc oncall primary')).words).not.toContain('cannot be read');
});

it('a hiccup is not worth a word, a calendar that stays away is', async () => {
  serves(SHARED);
  const bot = await botWithCalendar();
  await bot.wait(minutes(2));
  server.be({ kind: 'answers', status: 503 });
  await bot.wait(minutes(16));
  serves(SHARED);
  await bot.wait(minutes(60));
  expect(await adminsHeard(bot)).toEqual([]);
  server.be({ kind: 'hangs_up' });
  await bot.wait(2 * HOUR);
  expect(await adminsHeard(bot)).toHaveLength(1);
});

it('where the calendar has nobody, or was never read, the layers count; names that stand for nobody are told once', async () => {
  server.be({ kind: 'answers', status: 200, body: '<html>Sign in</html>' });
  const bot = await botWithCalendar();
  await bot.wait(minutes(2));
  expect((await bot.as('dev').types('/inc oncall primary')).words).toContain('Cleo Martin');
  expect((await adminsHeard(bot))[0]).toContain('is not a calendar');

  serves(aCalendar(fortnightly('Zoe Nobody'), fortnightly('Ben Okafor', '20260309')));
  await bot.wait(3 * HOUR);
  expect((await bot.as('dev').types('/inc oncall primary')).words).toContain('Cleo Martin');
  const heard = await adminsHeard(bot);
  expect(heard.filter((text) => text.includes('"Zoe Nobody"'))).toHaveLength(1);
  expect(heard.at(-1)).toContain('schedules.primary.ical.map');

  await bot.rewrites({
    schedules: {
      primary: {
        ...scheduleOf('cleo'),
        ical: { url: server.url, private_network: true, map: { 'Zoe Nobody': 'dev' } },
      },
      secondary: scheduleOf('ben'),
    },
  });
  expect((await bot.as('ana').types('/inc oncall primary')).words).toContain('Dev Patel');
});

it('holidays come out of a calendar too, stay when it fails, and the admins hear of that', async () => {
  serves(
    aCalendar(
      ['SUMMARY:Feast of the pagers', 'DTSTART;VALUE=DATE:20250303', 'RRULE:FREQ=YEARLY'],
      ['SUMMARY:Two days', 'DTSTART;VALUE=DATE:20260305', 'DTEND;VALUE=DATE:20260307'],
    ),
  );
  const bot = await startBot({
    holidays: {
      berlin: { dates: { '2026-03-05': 'By the file' }, ical: { url: server.url, private_network: true } },
    },
    settings: { holidays: 'berlin' },
  });
  await bot.wait(minutes(2));
  const shifts = async () => (await bot.as('ana').types('/inc shifts')).words;
  expect(await shifts()).toContain('holiday: Feast of the pagers, By the file, Two days');

  server.be({ kind: 'answers', status: 404 });
  await bot.wait(HOUR);
  expect((await adminsHeard(bot))[0]).toMatch(
    /The calendar of the holidays berlin cannot be read: .* The copy of .* stays in force/,
  );
  expect(await shifts()).toContain('holiday: Feast of the pagers, By the file, Two days');
});
