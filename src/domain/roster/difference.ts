import { timeline } from '../schedule/on-call.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** A stretch `[start, end)`. */
export interface Period {
  readonly start: Date;
  readonly end: Date;
}

/** What a change makes of who is on call within a stretch of time. */
export interface Difference {
  /** Who is on call where they were not before, and when. */
  readonly comes: ReadonlyMap<string, readonly Period[]>;
  /** Who no longer is, and when. */
  readonly goes: ReadonlyMap<string, readonly Period[]>;
  /** When nobody is on call where somebody was before. */
  readonly gaps: readonly Period[];
}

/** Compares two versions of a schedule within `[start, end)`. */
export function differenceOf(before: Schedule, after: Schedule, { start, end }: Period): Difference {
  const [old, fresh] = [timeline(before, start, end), timeline(after, start, end)];
  const comes = new Map<string, Period[]>();
  const goes = new Map<string, Period[]>();
  const gaps: Period[] = [];
  const cuts = [...new Set([...old, ...fresh].map((segment) => segment.start.getTime()))].sort(
    (a, b) => a - b,
  );
  let [i, j] = [0, 0];
  cuts.forEach((cut, n) => {
    while ((old[i]?.end.getTime() ?? Infinity) <= cut) i += 1;
    while ((fresh[j]?.end.getTime() ?? Infinity) <= cut) j += 1;
    const [was, is] = [old[i]?.onCall ?? [], fresh[j]?.onCall ?? []];
    const period = { start: new Date(cut), end: new Date(cuts[n + 1] ?? end.getTime()) };
    for (const person of is) if (!was.includes(person)) extend(comes, person, period);
    for (const person of was) if (!is.includes(person)) extend(goes, person, period);
    if (was.length > 0 && is.length === 0) join(gaps, period);
  });
  return { comes, goes, gaps };
}

function extend(all: Map<string, Period[]>, person: string, period: Period): void {
  const periods = all.get(person) ?? [];
  all.set(person, periods);
  join(periods, period);
}

function join(periods: Period[], { start, end }: Period): void {
  const last = periods.at(-1);
  if (last && last.end.getTime() === start.getTime())
    periods[periods.length - 1] = { start: last.start, end };
  else periods.push({ start, end });
}
