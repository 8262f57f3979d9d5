import { loadConfig } from '../src/config/load.ts';
import { showProblem } from '../src/config/problem.ts';
import type { Directory } from '../src/domain/directory.ts';
import { coverageOf } from '../src/domain/report/coverage/coverage.ts';
import type { Bench } from './bench.ts';
import { median } from './support/figures.ts';

const SCHEDULES = 200;
const PEOPLE = 150;
const DAYS = 90;
const ROUNDS = 3;
const FROM = new Date('2026-10-01T00:00:00Z');
const TO = new Date(FROM.getTime() + DAYS * 86_400_000);
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];

/** How long looking ahead takes for a large company. */
export const coverage: Bench = {
  name: 'coverage',
  about: `Coverage report: ${DAYS} days over ${SCHEDULES} schedules`,
  run: async () => {
    // A configuration of its own each time: nothing that an earlier look worked out helps the next one.
    const took = Array.from({ length: ROUNDS }, () => secondsFor(largeCompany()));
    return [
      {
        what: `coverage report, ${DAYS} days over ${SCHEDULES} schedules`,
        value: median(took),
        unit: 's',
        bound: { atMost: 2 },
      },
    ];
  },
};

function secondsFor(directory: Directory): number {
  const began = performance.now();
  const { schedules } = coverageOf(directory, { from: FROM, to: TO });
  if (schedules.length !== SCHEDULES) throw new Error(`expected a report on ${SCHEDULES} schedules`);
  return (performance.now() - began) / 1000;
}

function largeCompany(): Directory {
  const loaded = loadConfig(TEXT, { env: {}, file: 'firebell.yaml' });
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'));
  return loaded.config.directory;
}

function each(count: number, letter: string, what: (n: number) => object): object {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${letter}${n + 1}`, what(n)]));
}

function team(n: number, size: number): readonly string[] {
  return Array.from({ length: size }, (_, i) => `p${((n * 7 + i) % PEOPLE) + 1}`);
}

/** A week each, other people by day on working days, and a gap on Sunday nights in every tenth. */
function schedule(n: number): object {
  const start = { start_date: '2024-01-01', hand_off: '09:00' };
  const gap = [{ type: 'weekly', start_day: 'mon', start_time: '06:00', end_day: 'sun', end_time: '22:00' }];
  return {
    time_zone: ZONES[n % ZONES.length],
    layers: [
      {
        participants: team(n, 6),
        rotation: { every: '1 week', ...start },
        ...(n % 10 === 0 ? { restrictions: gap } : {}),
      },
      {
        participants: team(n + 3, 4),
        priority: 1,
        rotation: { every: '1 day', ...start },
        restrictions: [
          {
            type: 'daily',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            start: '09:00',
            end: '17:00',
          },
        ],
      },
    ],
  };
}

// JSON is YAML.
const TEXT = JSON.stringify({
  people: each(PEOPLE, 'p', () => ({ zone: 'Europe/Berlin' })),
  schedules: each(SCHEDULES, 'r', schedule),
  policies: each(SCHEDULES, 'e', (n) => ({
    steps: [
      { targets: [{ schedule: `r${n + 1}` }] },
      { targets: [{ schedule: `r${((n + 1) % SCHEDULES) + 1}` }] },
    ],
  })),
  services: each(SCHEDULES, 's', (n) => ({ policy: `e${n + 1}` })),
  last_resort: { targets: [{ person: 'p1' }] },
  settings: { default_policy: 'e1' },
});
