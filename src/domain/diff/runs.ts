import { isSamePeople } from '../schedule/roster.ts';
import { wallTime } from '../schedule/zone.ts';
import type { Difference, Run } from './comparison.ts';

/** The most differences that a repeating pattern may have: four a day for a week. */
const LONGEST_ROUND = 28;
/** Fewer at one distance may be chance. */
const LEAST_BEATS = 4;
/** More beats in a row are not left out: an hour fits into every day, and says nothing of it. */
const MOST_LEFT_OUT = 3;
/** How many of the differences that only keep a distance are shown. */
const SHOWN_BEATS = 4;

/** What patterns are looked for in: the zone whose wall clock counts, and the end of what was compared. */
export interface RunContext {
  readonly zone: string;
  readonly to: Date;
}

/** Puts differences that follow a pattern together, in their order, so that a rotation that moves for ever is told once. */
export function runsOf(differences: readonly Difference[], context: RunContext): readonly Run[] {
  const beats = differences.map((difference) => toBeat(difference, context));
  const runs: Run[] = [];
  for (let at = 0; at < beats.length;) {
    const found = longestFrom(beats, at);
    const { pattern, count, everyMs } = found;
    const first = differences.slice(at, at + found.shown);
    const end = differences[at + count - 1]?.end ?? context.to;
    runs.push({ pattern, first, count, everyMs, end, isOpen: isOpen(found, end, context) });
    at += count;
  }
  return runs;
}

interface Beat {
  readonly difference: Difference;
  readonly wallStart: number;
  readonly wallLength: number;
  readonly isCutOff: boolean;
}

function toBeat(difference: Difference, { zone, to }: RunContext): Beat {
  const [wallStart, wallEnd] = [wallTime(difference.start, zone), wallTime(difference.end, zone)];
  return { difference, wallStart, wallLength: wallEnd - wallStart, isCutOff: difference.end >= to };
}

interface Found {
  readonly pattern: Run['pattern'];
  readonly count: number;
  readonly shown: number;
  readonly everyMs: number | null;
}

function longestFrom(beats: readonly Beat[], at: number): Found {
  let best = beatFrom(beats, at);
  for (let size = 1; size <= LONGEST_ROUND && at + 2 * size <= beats.length; size += 1) {
    const count = roundsFrom(beats, at, size);
    // The same again says more than the same distance does.
    const isBetter = best.pattern === 'same' ? count > best.count : count >= best.count;
    if (count >= 2 * size && isBetter)
      best = { pattern: 'same', count, shown: size, everyMs: distance(beats, at, at + size) };
  }
  return best;
}

function roundsFrom(beats: readonly Beat[], at: number, size: number): number {
  const period = distance(beats, at, at + size);
  let next = at + size;
  while (next < beats.length && distance(beats, next - size, next) === period && isAgain(beats, next, size))
    next += 1;
  return next - at;
}

function isAgain(beats: readonly Beat[], at: number, size: number): boolean {
  const [then, now] = [beats[at - size], beats[at]];
  if (!then || !now) return false;
  const [a, b] = [then.difference, now.difference];
  const isAsLong = now.wallLength === then.wallLength || (now.isCutOff && now.wallLength <= then.wallLength);
  // Who would have been there does not make one time with nobody another one than the next.
  const isFromSame = a.after.length === 0 || isSamePeople(a.before, b.before);
  return isAsLong && isFromSame && isSamePeople(a.after, b.after);
}

// Now and then the two agree for a turn: a beat may be left out.
function beatFrom(beats: readonly Beat[], at: number): Found {
  const step = distance(beats, at, at + 1);
  let next = at + 1;
  while (next < beats.length && isOnBeat(distance(beats, next - 1, next), step)) next += 1;
  const count = next - at;
  return count >= LEAST_BEATS
    ? { pattern: 'beat', count, shown: Math.min(count, SHOWN_BEATS), everyMs: step }
    : { pattern: 'once', count: 1, shown: 1, everyMs: null };
}

function isOnBeat(length: number, step: number): boolean {
  return length % step === 0 && length <= (MOST_LEFT_OUT + 1) * step;
}

function distance(beats: readonly Beat[], from: number, to: number): number {
  return (beats[to]?.wallStart ?? NaN) - (beats[from]?.wallStart ?? NaN);
}

// The next of them would have begun after the end, so its not being there says nothing.
function isOpen({ everyMs }: Found, end: Date, { to }: RunContext): boolean {
  return end.getTime() + (everyMs ?? 0) >= to.getTime();
}
