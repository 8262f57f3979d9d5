import fc from 'fast-check';
import type {
  Condition,
  NotificationRule,
  Person,
  Policy,
  Step,
  Target,
} from '../../src/domain/directory.ts';
import { aPerson, aPolicy, aStep, dailyRotation, minutes } from './directory.ts';

/** The people of random policies. */
export const CAST = ['ana', 'ben', 'cleo', 'dev', 'eve'] as const;

const someone = fc.constantFrom(...CAST);

const target: fc.Arbitrary<Target> = fc.oneof(
  someone.map((id) => ({ kind: 'person', id }) as const),
  fc.constantFrom('primary', 'nobody', 'gone').map((id) => ({ kind: 'schedule', id }) as const),
  fc.constantFrom('all', 'primary').map((id) => ({ kind: 'team', id }) as const),
  fc.constant({ kind: 'channel', id: 'ops' } as const),
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom('sev1', 'sev2', 'sev3', 'sev5')
    .map((severity) => ({ kind: 'severity_at_least', severity }) as const),
  fc.constantFrom('high' as const, 'low' as const).map((urgency) => ({ kind: 'urgency', urgency }) as const),
  fc.constant({
    kind: 'within_hours',
    hours: { days: ['mon', 'sun'], start: '09:00', end: '17:00' },
    zone: 'Europe/Berlin',
  } as const),
);

const ownHours: fc.Arbitrary<Condition> = fc.constant({ kind: 'own_hours' });

const step: fc.Arbitrary<Step> = fc
  .record({
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    ackWithinMs: fc.integer({ min: 1, max: 200 }).map(minutes),
    strategy: fc.constantFrom('everyone' as const, 'round_robin' as const),
    ackMode: fc.constantFrom('first' as const, 'all' as const),
    conditions: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.oneof(condition, ownHours), { maxLength: 2 }),
    ),
  })
  .map(({ targets, ...changes }) => aStep(targets, changes));

/** A policy of up to four steps with whatever steps can have, over `CAST` and `randomSchedules`. */
export function randomPolicy(id: string, followedBy: string | null): fc.Arbitrary<Policy> {
  return fc
    .record({
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      rounds: fc.integer({ min: 1, max: 4 }),
      goesOn: fc.boolean(),
    })
    .map(({ steps, rounds, goesOn }) =>
      aPolicy(steps, { id, rounds, followedBy: goesOn ? followedBy : null }),
    );
}

const rule: fc.Arbitrary<NotificationRule> = fc.record({
  channel: fc.constantFrom('dm', 'email', 'sms'),
  afterMs: fc.constantFrom(0, 0, minutes(1), minutes(2), minutes(10), minutes(120)),
});

const rules = fc.array(rule, { maxLength: 3 });

const hours = fc.constantFrom(
  null,
  { days: ['mon', 'tue'], start: '09:00', end: '17:00' },
  { days: ['fri', 'sun'], start: '22:00', end: '06:00' },
);

/** The cast, each with rules of their own. */
export const randomPeople: fc.Arbitrary<readonly Person[]> = fc.tuple(
  ...CAST.map((id) =>
    fc
      .record({ high: rules, low: rules, workingHours: hours })
      .map(({ workingHours, ...given }): Person => aPerson(id, { rules: given, workingHours })),
  ),
);

/** Whom a channel reaches: each `person channel` that it does not. */
export const randomSilence: fc.Arbitrary<ReadonlySet<string>> = fc
  .subarray(CAST.flatMap((id) => ['dm', 'email', 'sms'].map((channel) => `${id} ${channel}`)))
  .map((pairs) => new Set(pairs));

/** One that changes hands at midnight UTC, and one in which nobody is ever on call. */
export const SCHEDULES = [
  { id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben', 'dev') },
  { id: 'nobody', name: 'Nobody', schedule: { timeZone: 'UTC', layers: [] } },
];

/** A team of members, and one with a schedule. */
export const TEAMS = [
  { id: 'all', name: 'All', members: ['ben', 'cleo', 'stranger'], schedule: null },
  { id: 'primary', name: 'Primary team', members: ['eve'], schedule: 'primary' },
];
