import type { Directory } from '../directory.ts';
import { timeline } from '../schedule/on-call.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Period } from './difference.ts';

const DAY = 24 * 60 * 60_000;
/** How far ahead somebody's next turn, and its end, is looked for. */
export const AHEAD_MS = 120 * DAY;

/** When a person is on call within a period, in as few stretches as there are. */
export function periodsOf(schedule: Schedule, person: string, { start, end }: Period): readonly Period[] {
  const periods: Period[] = [];
  for (const segment of timeline(schedule, start, end)) {
    if (!segment.onCall.includes(person)) continue;
    const last = periods.at(-1);
    if (last && last.end.getTime() === segment.start.getTime())
      periods[periods.length - 1] = { start: last.start, end: segment.end };
    else periods.push({ start: segment.start, end: segment.end });
  }
  return periods;
}

/** A person's turn at an instant (what is left of it), or else the next one; null when there is none within 120 days. Its end is at most 120 days away. */
export function shiftAt(schedule: Schedule, person: string, at: Date): Period | null {
  return periodsOf(schedule, person, { start: at, end: new Date(at.getTime() + AHEAD_MS) })[0] ?? null;
}

/** A stretch of time in which a person is on call on a schedule. */
export interface OwnShift extends Period {
  readonly schedule: string;
  readonly scheduleName: string;
}

/** When a person is on call within a period, on any schedule, the earliest first. */
export function shiftsOf({ schedules }: Directory, person: string, period: Period): readonly OwnShift[] {
  return [...schedules.values()]
    .flatMap(({ id, name, schedule }) =>
      periodsOf(schedule, person, period).map((shift) => ({ ...shift, schedule: id, scheduleName: name })),
    )
    .toSorted((a, b) => a.start.getTime() - b.start.getTime());
}
