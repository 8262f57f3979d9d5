import type { Rotation } from './schedule.ts';
import { MAX_OFFSET_MS, parseWall, resolveMs, type Wall } from './zone.ts';

/** An interval `[start, end)` of instants in ms; endless ends are infinite. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Turn number `turn` is the one in force throughout the span. */
export interface TurnSpan extends Span {
  readonly turn: number;
}

/** A rotation in its zone, ready to be counted. `firstTurn` is the instant of its first handoff in ms. */
export interface Clockwork {
  readonly rotation: Rotation;
  readonly zone: string;
  readonly startWall: Wall;
  readonly firstTurn: number;
}

const DAY = 86_400_000;
const FAR = 300 * 365 * DAY;
const UNIT_MS = { hours: 3_600_000, days: DAY, weeks: 7 * DAY } as const;

/** Prepares a rotation for counting. Throws if it never passed its schema. */
export function windUp(rotation: Rotation, zone: string): Clockwork {
  const startWall = parseWall(rotation.startDate, rotation.handoffTime);
  if (startWall === null) {
    throw new Error(`expected a checked rotation, got ${rotation.startDate} ${rotation.handoffTime}`);
  }
  return { rotation, zone, startWall, firstTurn: resolveMs(startWall, zone) };
}

/** The turns in force within `range`, ascending and without holes from the first handoff on; turns without length do not appear. */
export function turnsWithin(clockwork: Clockwork, range: Span): readonly TurnSpan[] {
  const start = Math.max(range.start, clockwork.firstTurn);
  const found: TurnSpan[] = [];
  let end = range.end;
  // Boundaries are not monotonic where clocks jump, and the largest number wins: so count down, and let no turn reach past a later one.
  for (let turn = lastTurnBefore(clockwork, end); turn >= 0 && end > start; turn -= 1) {
    const boundary = resolveMs(wallOfTurn(clockwork, turn), clockwork.zone);
    if (boundary >= end) continue;
    found.push({ turn, start: Math.max(boundary, start), end });
    end = boundary;
  }
  return found.reverse();
}

/** The number of the turn in force at `at` (ms), which must not be before the first handoff. */
export function turnAt(clockwork: Clockwork, at: number): number {
  const [span] = turnsWithin(clockwork, { start: at, end: at + 1 });
  if (!span) throw new Error(`expected an instant from ${clockwork.firstTurn} on, got ${at}`);
  return span.turn;
}

/** The instant (ms) at which the turn in force at `at` ends, null if that is centuries away; `at` must not be before the first handoff. */
export function nextTurn(clockwork: Clockwork, at: number): number | null {
  const current = turnAt(clockwork, at);
  for (let look = DAY; look < FAR; look *= 2) {
    const after = turnsWithin(clockwork, { start: at, end: at + look }).find(({ turn }) => turn > current);
    if (after) return after.start;
  }
  return null;
}

// The largest turn whose wall time can lie before `end`, whatever the offset; those that do not are skipped by the caller.
function lastTurnBefore({ rotation, startWall }: Clockwork, end: number): number {
  const latest = end + MAX_OFFSET_MS;
  if (rotation.unit !== 'months') {
    return Math.floor((latest - startWall) / (rotation.count * UNIT_MS[rotation.unit]));
  }
  return Math.floor((monthNumber(latest) - monthNumber(startWall)) / rotation.count);
}

function wallOfTurn({ rotation, startWall }: Clockwork, turn: number): Wall {
  const steps = turn * rotation.count;
  return rotation.unit === 'months'
    ? addMonths(startWall, steps)
    : startWall + steps * UNIT_MS[rotation.unit];
}

function monthNumber(wall: Wall): number {
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function addMonths(wall: Wall, months: number): Wall {
  const date = new Date(wall);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(Math.min(day, daysInMonth(date)));
  return date.getTime();
}

function daysInMonth(date: Date): number {
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}
