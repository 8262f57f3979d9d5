import { expect, it } from 'vitest';
import { GOOD, problemsIn } from '../../test/support/config-file.ts';
import { loadConfig } from './load.ts';

const LAYERS = `    layers:
      - participants: [ana, ben]
        rotation: { start_date: 2026-01-05, hand_off: "09:00" }
`;

/** The good file, whose schedule comes from a calendar. */
function from(ical: string, layers = ''): string {
  return GOOD.replace(LAYERS, `${layers}    ical: ${ical}\n`);
}

function calendarOf(text: string) {
  const loaded = loadConfig(text, { env: { SECRET: 'x1' }, file: '/etc/bell/firebell.yaml' });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config.calendars;
}

it('a schedule can come from a calendar alone, or have layers beneath it', () => {
  expect(problemsIn(from('{ url: "https://example.com/a.ics" }'))).toEqual([]);
  expect(problemsIn(from('{ file: oncall.ics }', LAYERS))).toEqual([]);
});

it('has what is usual filled in, files beside the configuration, and secrets from the environment', () => {
  expect(
    calendarOf(
      from('{ url: "webcal://example.com/${SECRET}.ics", map: { "Ana S.": ana, Both: [ana, ben] } }'),
    ),
  ).toEqual([
    {
      id: 'schedule:primary',
      schedule: 'primary',
      zone: 'Europe/London',
      source: { url: 'https://example.com/x1.ics', privateNetwork: false },
      refreshMs: 900_000,
      dayStartsMs: 0,
      names: { map: { 'Ana S.': ['ana'], Both: ['ana', 'ben'] }, from: 'auto', title: null },
    },
  ]);
  expect(
    calendarOf(from('{ file: oncall.ics, day_starts: "09:30", title: "On call: {person}" }'))[0],
  ).toMatchObject({
    source: { file: '/etc/bell/oncall.ics' },
    dayStartsMs: 34_200_000,
    names: { title: 'On call: {person}' },
  });
});

it.each([
  ['{ refresh: 15m }', 'needs either `url` or `file`, and not both'],
  ['{ url: "https://x.example/a.ics", file: a.ics }', 'needs either `url` or `file`, and not both'],
  ['{ url: "ftp://x.example/a.ics" }', 'must be the address of a calendar'],
  ['{ url: "https://x.example/a.ics", refresh: 5s }', 'must be 1 min or more'],
  [
    '{ url: "https://x.example/a.ics", map: { Ana: anna } }',
    'names `anna`, which is not a person. Did you mean `ana`?',
  ],
  ['{ url: "https://x.example/a.ics", map: { Ana: [zoe] } }', 'names `zoe`, which is not a person'],
  ['{ url: "https://x.example/a.ics", title: "On call" }', 'must have {person} once'],
  ['{ url: "https://x.example/a.ics", title: "*{person}******" }', 'too many stars'],
  ['{ url: "https://x.example/a.ics", day_starts: "25:00" }', 'is not a clock time'],
  ['{ url: "https://x.example/a.ics", maps: {} }', 'maps'],
])('%s is explained', (ical, why) => {
  expect(problemsIn(from(ical)).join('\n')).toContain(why);
});

it('a last resort that depends on a calendar alone is doubtful', () => {
  const text = from('{ url: "https://example.com/a.ics" }').replace(
    '{ team: core }',
    '{ schedule: primary }',
  );
  expect(problemsIn(text).join('\n')).toContain(
    'depends on schedules in which at times nobody may be on call',
  );
});

it('reads holidays, written out and from a calendar, and whose they are', () => {
  const holidays = `holidays:
  berlin: { name: Berlin, dates: { 2026-12-25: Christmas Day }, ical: { file: berlin.ics, refresh: 1d } }
  house: { dates: { 2027-01-04: Party } }
`;
  const loaded = loadConfig(`${GOOD}${holidays}`, { env: {}, file: '/etc/bell/firebell.yaml' });
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  expect(loaded.config.directory.holidays?.calendars.get('berlin')).toEqual({
    id: 'berlin',
    name: 'Berlin',
    days: new Map([['2026-12-25', 'Christmas Day']]),
  });
  expect(loaded.config.holidayFeeds).toEqual([
    {
      id: 'holidays:berlin',
      calendar: 'berlin',
      zone: 'UTC',
      source: { file: '/etc/bell/berlin.ics' },
      refreshMs: 86_400_000,
      dayStartsMs: 0,
    },
  ]);
});

it.each([
  ['holidays: { berlin: { dates: { 2026-02-30: Nothing } } }', 'is not a date of the calendar'],
  ['holidays: { berlin: { ical: {} } }', 'needs either `url` or `file`, and not both'],
  [
    'holidays: { berlin: {} }\nsettings: { holidays: berlyn }',
    'names `berlyn`, which is not a calendar of holidays. Did you mean `berlin`?',
  ],
  ['holidays: { berlin: {} }\nsettings: { holidays: [house] }', 'names `house`, which is not a calendar of'],
  ['settings: { holidays: 7 }', 'must be the name of a calendar under `holidays`'],
])('says what is wrong with the holidays of %s', (text, problem) => {
  expect(problemsIn(`${GOOD}${text}\n`).join('\n')).toContain(problem);
});
