import { WEEKDAYS, type Restriction, type Weekday } from './schedule.ts';
import type { Span } from './turns.ts';
import { MAX_OFFSET_MS, parseWall, resolveMs, type Wall } from './zone.ts';

const DAY = 86_400_000;
const LONGEST_WINDOW = 7 * DAY;

/** The spans of `range` in which any of the windows is open, ascending, none touching the next; all of `range` if there are no windows. */
export function openWithin(windows: readonly Restriction[], zone: string, range: Span): readonly Span[] {
  if (windows.length === 0) return [range];
  // How early a window must start to reach into the range, and how late; the wall may be skewed by the offset, and by a day that was skipped.
  const firstDay = Math.floor((range.start - LONGEST_WINDOW - MAX_OFFSET_MS) / DAY) - 1;
  const lastDay = Math.floor((range.end + MAX_OFFSET_MS) / DAY);
  const spans: Span[] = [];
  for (const window of windows.map(measure)) {
    for (let day = firstDay; day <= lastDay; day += 1) {
      if (!window.weekdays.has(weekdayOf(day))) continue;
      const start = Math.max(range.start, resolveMs(day * DAY + window.startOffset, zone));
      const end = Math.min(range.end, resolveMs(day * DAY + window.endOffset, zone));
      if (start < end) spans.push({ start, end });
    }
  }
  return mergeSpans(spans);
}

// A window as distances on the wall clock from the midnight of the date on which it starts.
interface MeasuredWindow {
  readonly weekdays: ReadonlySet<Weekday>;
  readonly startOffset: Wall;
  readonly endOffset: Wall;
}

function measure(window: Restriction): MeasuredWindow {
  switch (window.type) {
    case 'daily': {
      const [start, end] = [clockMs(window.start), clockMs(window.end)];
      const weekdays = new Set(window.days ?? WEEKDAYS);
      return { weekdays, startOffset: start, endOffset: end > start ? end : end + DAY };
    }
    case 'weekly': {
      const [start, end] = [clockMs(window.startTime), clockMs(window.endTime)];
      const days = (WEEKDAYS.indexOf(window.endDay) - WEEKDAYS.indexOf(window.startDay) + 7) % 7;
      const weekdays = new Set([window.startDay]);
      return { weekdays, startOffset: start, endOffset: (days === 0 && end <= start ? 7 : days) * DAY + end };
    }
  }
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (!last || last.end < span.start) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

function weekdayOf(day: number): Weekday {
  return WEEKDAYS[new Date(day * DAY).getUTCDay()] ?? 'sun';
}

function clockMs(time: string): number {
  const wall = parseWall('1970-01-01', time);
  if (wall === null) throw new Error(`expected a checked clock time, got ${time}`);
  return wall;
}
