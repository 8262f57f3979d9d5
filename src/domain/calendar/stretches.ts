import { timeline, type Segment } from '../schedule/on-call.ts';
import { isSamePeople } from '../schedule/roster.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** The part of time that a calendar shows, `[from, to)`. */
export interface CalendarWindow {
  readonly from: Date;
  readonly to: Date;
}

/**
 * A time `[start, end)` in which the same people are on call: their real start and end, also where those lie outside of the window.
 * One that is longer than can be looked at is cut at the window, and says so.
 */
export interface Stretch extends Segment {
  /** It began before `start`. */
  readonly beganBefore: boolean;
  /** It goes on after `end`. */
  readonly goesOn: boolean;
}

const DAY = 86_400_000;
const BACK_DAYS = 30;
const AHEAD_DAYS = 180;
/** How far outside of the window a start or an end is looked for: first near, because that is nearly always enough. */
const MARGINS_MS = [40 * DAY, 400 * DAY] as const;

/** The window around an instant: at least 30 days back and 180 ahead, in whole months of UTC, so that it moves once a month and not at every look. */
export function windowAround(now: Date): CalendarWindow {
  const first = new Date(now.getTime() - BACK_DAYS * DAY);
  const last = new Date(now.getTime() + AHEAD_DAYS * DAY);
  return {
    from: new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth())),
    to: new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1)),
  };
}

/** Who is on call when in a window, gaps included (`onCall` is empty there). */
export function stretchesOf(schedule: Schedule, window: CalendarWindow): readonly Stretch[] {
  return stretchesBy(schedule, window, (people) => people);
}

/** When one person is on call in a window: one stretch from their coming to their going, whoever else comes and goes meanwhile. */
export function stretchesWith(
  personId: string,
  schedule: Schedule,
  window: CalendarWindow,
): readonly Stretch[] {
  const only = (people: readonly string[]) => people.filter((id) => id === personId);
  return stretchesBy(schedule, window, only).filter(({ onCall }) => onCall.length > 0);
}

type Pick = (people: readonly string[]) => readonly string[];

function stretchesBy(schedule: Schedule, window: CalendarWindow, pick: Pick): readonly Stretch[] {
  let stretches: readonly Stretch[] = [];
  for (const margin of MARGINS_MS) {
    const from = new Date(window.from.getTime() - margin);
    const to = new Date(window.to.getTime() + margin);
    const pieces = merge(timeline(schedule, from, to), pick).filter(
      ({ start, end }) => start < window.to && end > window.from,
    );
    stretches = pieces.map((piece) => cutAt(window, piece, { from, to }));
    if (!stretches.some(({ beganBefore, goesOn }) => beganBefore || goesOn)) break;
  }
  return stretches;
}

function merge(segments: readonly Segment[], pick: Pick): readonly Segment[] {
  const merged: Segment[] = [];
  for (const { start, end, onCall } of segments) {
    const people = pick(onCall);
    const last = merged.at(-1);
    if (last && isSamePeople(last.onCall, people)) merged[merged.length - 1] = { ...last, end };
    else merged.push({ start, end, onCall: people });
  }
  return merged;
}

function cutAt(window: CalendarWindow, { start, end, onCall }: Segment, seen: CalendarWindow): Stretch {
  const beganBefore = start.getTime() === seen.from.getTime();
  const goesOn = end.getTime() === seen.to.getTime();
  return {
    start: beganBefore ? window.from : start,
    end: goesOn ? window.to : end,
    onCall,
    beganBefore,
    goesOn,
  };
}
