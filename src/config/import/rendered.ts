import { timeline } from '../../domain/schedule/on-call.ts';
import { isSamePeople, uniquePeople } from '../../domain/schedule/roster.ts';
import type { Schedule } from '../../domain/schedule/schedule.ts';
import type { Rendered, Shift } from './foreign.ts';

/** A stretch in which the old tool and the imported schedule name other people. */
export interface Difference {
  readonly start: Date;
  readonly end: Date;
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

/** How an imported schedule compares with the old tool's own timeline of it. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Share of the time compared in which both name the same people, 0 to 1. */
  readonly agreement: number;
}

/** The pieces of `[from, to)` with one set of people each, from shifts that may overlap; where there is none, nobody. */
export function piecesOf(shifts: readonly Shift[], from: Date, to: Date): readonly Shift[] {
  const edges = shifts.flatMap(({ start, end }) => [start.getTime(), end.getTime()]);
  const cuts = [...new Set([from.getTime(), ...edges, to.getTime()])]
    .filter((cut) => cut >= from.getTime() && cut <= to.getTime())
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const on = shifts.filter((shift) => shift.start.getTime() <= start && shift.end.getTime() > start);
    return {
      start: new Date(start),
      end: new Date(cuts[i + 1] ?? start),
      people: uniquePeople(on.flatMap(({ people }) => people)),
    };
  });
}

/** Compares a schedule with a timeline, to the millisecond; neighbouring stretches that differ alike are one. */
export function compareTimelines(schedule: Schedule, { from, to, shifts }: Rendered): Comparison {
  const ours = timeline(schedule, from, to).map(({ start, end, onCall }) => ({ start, end, people: onCall }));
  const cuts = piecesOf([...shifts, ...ours], from, to);
  const theirs = piecesOf(shifts, from, to);
  const differences: Difference[] = [];
  let differing = 0;
  for (const { start, end } of cuts) {
    const [a, b] = [peopleAt(theirs, start), peopleAt(ours, start)];
    if (isSamePeople(a, b)) continue;
    differing += end.getTime() - start.getTime();
    const last = differences.at(-1);
    const goesOn =
      last?.end.getTime() === start.getTime() && isSamePeople(last.theirs, a) && isSamePeople(last.ours, b);
    if (goesOn) differences[differences.length - 1] = { ...last, end };
    else differences.push({ start, end, theirs: a, ours: b });
  }
  const total = to.getTime() - from.getTime();
  return { differences, agreement: total > 0 ? 1 - differing / total : 1 };
}

function peopleAt(pieces: readonly Shift[], at: Date): readonly string[] {
  return pieces.find(({ start, end }) => start <= at && at < end)?.people ?? [];
}
