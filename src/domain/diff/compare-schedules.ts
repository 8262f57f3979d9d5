import type { NamedSchedule } from '../directory.ts';
import { onCallAt, timeline } from '../schedule/on-call.ts';
import { isSamePeople } from '../schedule/roster.ts';
import { adviseRoster } from './advice.ts';
import type { Difference, ScheduleChange } from './comparison.ts';
import { differencesOf, type Range } from './differences.ts';
import { runsOf } from './runs.ts';

/** When is now, and which time is looked at. */
export interface Period extends Range {
  readonly now: Date;
}

type Schedules = ReadonlyMap<string, NamedSchedule>;

/** What becomes of every schedule that is not the same throughout the period, in the order of the new configuration, the removed ones last. */
export function compareSchedules(
  before: Schedules,
  after: Schedules,
  period: Period,
): readonly ScheduleChange[] {
  const kept = [...after.values()].flatMap((named) => {
    const old = before.get(named.id);
    return old ? compareOne(old, named, period) : describeAdded(named, period);
  });
  const removed = [...before.values()].filter(({ id }) => !after.has(id));
  return [...kept, ...removed.flatMap((named) => describeRemoved(named, period))];
}

type Told = readonly ScheduleChange[];

function compareOne(old: NamedSchedule, named: NamedSchedule, period: Period): Told {
  const differences = differencesOf(old.schedule, named.schedule, period);
  const now = changeNow(old, named, period);
  if (differences.length === 0 && now === null) return [];
  const advice = adviseRoster(old.schedule, named.schedule, period.now);
  const gaps = differences.filter(({ after }) => after.length === 0);
  return [describe(named, period, { kind: 'changed', now, differences, gaps, advice })];
}

// Who is on call in a new schedule takes nobody's place; but when nobody is, whoever uses it must know.
function describeAdded(named: NamedSchedule, period: Period): Told {
  const gaps = timeline(named.schedule, period.from, period.to)
    .filter(({ onCall }) => onCall.length === 0)
    .map(({ start, end }) => ({ start, end, before: [], after: [] }));
  const now = changeNow(null, named, period);
  return [describe(named, period, { kind: 'added', now, differences: gaps, gaps, advice: [] })];
}

function describeRemoved(named: NamedSchedule, period: Period): Told {
  const now = changeNow(named, null, period);
  return [describe(named, period, { kind: 'removed', now, differences: [], gaps: [], advice: [] })];
}

interface Findings extends Pick<ScheduleChange, 'kind' | 'now' | 'advice'> {
  readonly differences: readonly Difference[];
  readonly gaps: readonly Difference[];
}

function describe({ id, name, schedule }: NamedSchedule, { to }: Period, found: Findings): ScheduleChange {
  const { kind, now, advice } = found;
  const runs = runsOf(found.differences, { zone: schedule.timeZone, to });
  return { id, name, zone: schedule.timeZone, kind, now, runs, newGaps: found.gaps.length, advice };
}

function changeNow(
  before: NamedSchedule | null,
  after: NamedSchedule | null,
  { now }: Period,
): ScheduleChange['now'] {
  const [old, young] = [before, after].map((named) => (named ? onCallAt(named.schedule, now) : []));
  return isSamePeople(old ?? [], young ?? []) ? null : { before: old ?? [], after: young ?? [] };
}
