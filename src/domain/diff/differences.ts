import { isSamePeople } from '../schedule/roster.ts';
import { timeline, type Segment } from '../schedule/on-call.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Difference } from './comparison.ts';

/** A stretch of time `[from, to)`. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** Every stretch of the range in which the two have different people on call, ascending; a schedule that is not there has nobody. */
export function differencesOf(
  before: Schedule | null,
  after: Schedule | null,
  range: Range,
): readonly Difference[] {
  const [old, young] = [segmentsOf(before, range), segmentsOf(after, range)];
  const found: Difference[] = [];
  let [i, k] = [0, 0];
  let start = range.from;
  while (i < old.length && k < young.length) {
    const [a, b] = [old[i], young[k]];
    if (!a || !b) break;
    const end = a.end < b.end ? a.end : b.end;
    if (!isSamePeople(a.onCall, b.onCall)) found.push({ start, end, before: a.onCall, after: b.onCall });
    if (a.end <= end) i += 1;
    if (b.end <= end) k += 1;
    start = end;
  }
  return found;
}

function segmentsOf(schedule: Schedule | null, { from, to }: Range): readonly Segment[] {
  return schedule === null ? [{ start: from, end: to, onCall: [] }] : timeline(schedule, from, to);
}
