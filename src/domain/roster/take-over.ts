import { onCallAt, timeline } from '../schedule/on-call.ts';
import { uniquePeople } from '../schedule/roster.ts';
import type { Override, Schedule } from '../schedule/schedule.ts';
import { differenceOf } from './difference.ts';
import type { Period } from './difference.ts';
import { writeInstant } from './roster.ts';

/** One person in the place of another; `person` null leaves it empty. */
export interface StandIn {
  readonly whom: string;
  readonly person: string | null;
}

/**
 * The overrides after which `person` is on call within the period exactly where `whom` was, and everybody else as before; whatever
 * earlier overrides made of it. None when `whom` is not on call there.
 */
export function takeOver(schedule: Schedule, standIn: StandIn, period: Period): readonly Override[] {
  const { whom, person } = standIn;
  const isThere = timeline(schedule, period.start, period.end).some(({ onCall }) => onCall.includes(whom));
  if (!isThere) return [];
  const simple: Override = { type: 'substitute', ...spanOf(period), user: whom, with: person };
  // Said in one piece where that says it: it then also holds for turns that a later configuration gives to `whom`.
  return isExact(schedule, [simple], { standIn, period }) ? [simple] : piecewise(schedule, standIn, period);
}

function isExact(
  schedule: Schedule,
  overrides: readonly Override[],
  { standIn, period }: { readonly standIn: StandIn; readonly period: Period },
): boolean {
  const wanted = exactly(schedule, standIn, period);
  const { comes, goes } = differenceOf(added(schedule, wanted), added(schedule, overrides), period);
  return comes.size === 0 && goes.size === 0;
}

/** What is wanted, said for each stretch by naming everybody. */
function exactly(schedule: Schedule, standIn: StandIn, { start, end }: Period): readonly Override[] {
  return timeline(schedule, start, end).map((segment) => ({
    type: 'replaceAll' as const,
    ...spanOf(segment),
    users: swapIn(segment.onCall, standIn),
  }));
}

function piecewise(schedule: Schedule, standIn: StandIn, period: Period): readonly Override[] {
  const found: Override[] = [];
  for (const piece of piecesOf(schedule, period)) {
    for (const override of overridesFor(schedule, standIn, piece)) {
      const last = found.findLastIndex((one) => isContinued(one, override));
      const before = found[last];
      if (before) found[last] = { ...before, end: override.end };
      else found.push(override);
    }
  }
  return found;
}

/** Stretches in which neither the layers nor the overrides change. */
function piecesOf(schedule: Schedule, { start, end }: Period): readonly Period[] {
  const { overrides = [] } = schedule;
  const cuts = [
    ...timeline(schedule, start, end).map((segment) => segment.start.getTime()),
    ...timeline(bare(schedule), start, end).map((segment) => segment.start.getTime()),
    ...overrides.flatMap((override) => [Date.parse(override.start), Date.parse(override.end)]),
  ].filter((at) => at >= start.getTime() && at < end.getTime());
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  return sorted.map((at, i) => ({ start: new Date(at), end: new Date(sorted[i + 1] ?? end.getTime()) }));
}

function overridesFor(schedule: Schedule, standIn: StandIn, piece: Period): readonly Override[] {
  const { whom, person } = standIn;
  const now = onCallAt(schedule, piece.start);
  if (!now.includes(whom)) return [];
  const here = (schedule.overrides ?? []).filter((one) => covers(one, piece.start));
  const isFixed = here.some((one) => one.type === 'replaceAll' || (one.type === 'add' && one.user === whom));
  if (isFixed) return [{ type: 'replaceAll', ...spanOf(piece), users: swapIn(now, standIn) }];
  const stands = new Map(here.flatMap((one) => (one.type === 'substitute' ? [[one.user, one.with]] : [])));
  return onCallAt(bare(schedule), piece.start)
    .filter((user) => (stands.has(user) ? stands.get(user) : user) === whom)
    .map((user) => ({ type: 'substitute', ...spanOf(piece), user, with: person }));
}

function swapIn(people: readonly string[], { whom, person }: StandIn): readonly string[] {
  if (!people.includes(whom)) return people;
  return uniquePeople([...people.filter((one) => one !== whom), ...(person === null ? [] : [person])]);
}

function isContinued(one: Override, next: Override): boolean {
  const { end: _end, start: _start, ...rest } = one;
  const { end: _nextEnd, start: _nextStart, ...nextRest } = next;
  return one.end === next.start && JSON.stringify(rest) === JSON.stringify(nextRest);
}

function covers({ start, end }: Override, at: Date): boolean {
  return Date.parse(start) <= at.getTime() && at.getTime() < Date.parse(end);
}

function bare(schedule: Schedule): Schedule {
  return { ...schedule, overrides: [] };
}

/** A schedule with further overrides after its own. */
export function added(schedule: Schedule, overrides: readonly Override[]): Schedule {
  return { ...schedule, overrides: [...(schedule.overrides ?? []), ...overrides] };
}

/** A period as an override writes it. */
export function spanOf({ start, end }: Period): { readonly start: string; readonly end: string } {
  return { start: writeInstant(start), end: writeInstant(end) };
}
