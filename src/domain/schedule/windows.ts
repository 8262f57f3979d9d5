import { WEEKDAYS, type Restriction, type Weekday } from './schedule.ts';
import type { Span } from './turns.ts';
import { MAX_OFFSET_MS, parseWall, resolveMs, type Wall } from './zone.ts';

const DAY = 86_400_000;

/** A window as distances on the wall clock from the midnight of the date on which it starts. */
export interface MeasuredWindow {
  /** By `Date.getUTCDay`. */
  readonly isOnWeekday: readonly boolean[];
  readonly startOffset: Wall;
  readonly endOffset: Wall;
}

/** Measures a window once, for all the ranges it is asked about. */
export function measureWindow(window: Restriction): MeasuredWindow {
  switch (window.type) {
    case 'daily': {
      const [start, end] = [clockMs(window.start), clockMs(window.end)];
      return {
        isOnWeekday: weekdaysOf(window.days ?? WEEKDAYS),
        startOffset: start,
        endOffset: end > start ? end : end + DAY,
      };
    }
    case 'weekly': {
      const [start, end] = [clockMs(window.startTime), clockMs(window.endTime)];
      const days = (WEEKDAYS.indexOf(window.endDay) - WEEKDAYS.indexOf(window.startDay) + 7) % 7;
      return {
        isOnWeekday: weekdaysOf([window.startDay]),
        startOffset: start,
        endOffset: (days === 0 && end <= start ? 7 : days) * DAY + end,
      };
    }
  }
}

/** The spans of `range` in which any of the windows is open, ascending, none touching the next; all of `range` if there are no windows. */
export function openWithin(windows: readonly MeasuredWindow[], zone: string, range: Span): readonly Span[] {
  if (windows.length === 0) return [range];
  const spans: Span[] = [];
  for (const { isOnWeekday, startOffset, endOffset } of windows) {
    // How early a window must start to reach into the range, and how late; the wall may be skewed by the offset, and by a day that was skipped.
    const firstDay = Math.floor((range.start - endOffset - MAX_OFFSET_MS) / DAY) - 1;
    const lastDay = Math.floor((range.end - startOffset + MAX_OFFSET_MS) / DAY);
    for (let day = firstDay; day <= lastDay; day += 1) {
      if (isOnWeekday[weekdayOf(day)] !== true) continue;
      const start = Math.max(range.start, resolveMs(day * DAY + startOffset, zone));
      const end = Math.min(range.end, resolveMs(day * DAY + endOffset, zone));
      if (start < end) spans.push({ start, end });
    }
  }
  return mergeSpans(spans);
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

function weekdaysOf(days: readonly Weekday[]): readonly boolean[] {
  return WEEKDAYS.map((weekday) => days.includes(weekday));
}

// The first of January 1970 was a Thursday.
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function clockMs(time: string): number {
  const wall = parseWall('1970-01-01', time);
  if (wall === null) throw new Error(`expected a checked clock time, got ${time}`);
  return wall;
}
