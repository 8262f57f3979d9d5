import { onCallAt } from '../src/domain/schedule/on-call.ts';
import { Schedule } from '../src/domain/schedule/schedule.ts';
import type { Bench } from './bench.ts';
import { median } from './support/figures.ts';

const DAY = 86_400_000;
const YEAR = Date.UTC(2026, 0, 1);
const OVERRIDES = 50;
const ROUNDS = 7;
const ROUND_MS = 400;
const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'eve', 'finn'];

/** How fast the question that everything asks is answered, and whether a rotation's age makes it slower. */
export const onCall: Bench = {
  name: 'oncall',
  about: `Who is on call: a year, five layers, ${OVERRIDES} overrides, one core`,
  run: async () => {
    const young = yearOf('2026-01-01');
    const old = yearOf('1976-01-01');
    const rounds = [];
    // In turns, so that what else the machine does hits both alike; the first round only warms up.
    for (let n = 0; n <= ROUNDS; n += 1) rounds.push({ young: perSecond(young), old: perSecond(old) });
    const measured = rounds.slice(1);
    return [
      {
        what: `onCallAt: five layers, ${OVERRIDES} overrides, anywhere in the year`,
        value: median(measured.map((round) => round.young)),
        unit: 'per s',
        bound: { atLeast: 20_000 },
      },
      {
        what: 'onCallAt: cost 50 years after the start of the rotations / in their first year',
        value: median(measured.map((round) => round.young / round.old)),
        unit: 'x',
        bound: { atMost: 1.5 },
      },
    ];
  },
};

function perSecond(schedule: Schedule): number {
  const began = performance.now();
  let asked = 0;
  while (performance.now() - began < ROUND_MS) {
    // Steps of a prime number of minutes: near nothing that was asked a moment ago.
    for (let n = 0; n < 100; n += 1, asked += 1)
      onCallAt(schedule, new Date(YEAR + ((asked * 7919) % (365 * 24 * 60)) * 60_000));
  }
  return (asked * 1000) / (performance.now() - began);
}

/** The year 2026 of a team around the world, whose rotations began at a date of choice. */
function yearOf(startDate: string): Schedule {
  const turn = (unit: string, count: number, handoffTime: string) => ({
    participants: PEOPLE,
    rotation: { unit, count, startDate, handoffTime },
  });
  return Schedule.parse({
    timeZone: 'Europe/Berlin',
    layers: [
      { ...turn('weeks', 1, '09:00'), rosterChanges: [{ at: dayOf(100), participants: PEOPLE.slice(1) }] },
      {
        ...turn('days', 1, '08:00'),
        priority: 1,
        restrictions: [
          {
            type: 'daily',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            start: '08:00',
            end: '18:00',
          },
        ],
      },
      {
        ...turn('hours', 12, '08:00'),
        timeZone: 'America/New_York',
        restrictions: [
          { type: 'weekly', startDay: 'fri', startTime: '17:00', endDay: 'mon', endTime: '09:00' },
        ],
      },
      { ...turn('months', 1, '00:00'), timeZone: 'Australia/Lord_Howe' },
      {
        ...turn('hours', 1, '00:00'),
        priority: 2,
        restrictions: [{ type: 'daily', start: '22:00', end: '06:00' }],
      },
    ],
    overrides: Array.from({ length: OVERRIDES }, (_, n) => overrideOf(n)),
  });
}

function overrideOf(n: number): object {
  const period = { start: dayOf(n * 7), end: dayOf(n * 7 + 2) };
  switch (n % 3) {
    case 0:
      return { type: 'replaceAll', ...period, users: ['gus'] };
    case 1:
      return { type: 'substitute', ...period, user: 'ana', with: 'ben' };
    default:
      return { type: 'add', ...period, user: 'gus' };
  }
}

function dayOf(day: number): string {
  return new Date(YEAR + day * DAY).toISOString();
}
