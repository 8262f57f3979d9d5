import type { Actor } from '../actor.ts';
import type { Effect } from '../effect.ts';
import { differenceOf } from './difference.ts';
import type { Period } from './difference.ts';
import type { RosterGiven } from './given.ts';
import type { RosterEvent } from './events.ts';
import { toMinute, withRoster } from './roster.ts';
import type { KeptOverride, Roster } from './roster.ts';
import { tellOfChange } from './tell.ts';
import { tellOfRequest } from './tell-request.ts';

/** A change of a roster: what happened, and how it stood before and after. */
export interface RosterHappening {
  readonly by: Actor;
  readonly events: readonly RosterEvent[];
  readonly before: Roster;
  readonly after: Roster;
  /** Unique for this change. */
  readonly key: string;
}

/** What follows from a change: everybody else who comes on call by it, or no longer is, is told, and both sides of a request. */
export function reactToRoster(happening: RosterHappening, given: RosterGiven): readonly Effect[] {
  const { events, after } = happening;
  const news = events.flatMap((event) => {
    const request = after.requests.find(({ id }) => id === event.id);
    return request === undefined ? [] : tellOfRequest({ event, request, scheduleName: given.schedule.name });
  });
  // Those whom a request concerns have read of it in its own words.
  const told = new Set(news.map((effect) => ('personId' in effect ? effect.personId : '')));
  const changes = tellOfOverrides(happening, given);
  return [...news, ...changes.filter((effect) => !('personId' in effect) || !told.has(effect.personId))];
}

function tellOfOverrides(
  { by, events, before, after, key }: RosterHappening,
  { now, schedule }: RosterGiven,
): readonly Effect[] {
  const concerned = events.flatMap((event) => after.overrides.find(({ id }) => id === event.id) ?? []);
  const period = hullOf(concerned, now);
  if (period === null) return [];
  const difference = differenceOf(
    withRoster(schedule.schedule, before),
    withRoster(schedule.schedule, after),
    period,
  );
  const [why = null] = events.map((event) => (event.type === 'roster.override_made' ? event.why : null));
  return tellOfChange({ by, scheduleName: schedule.name, difference, why, key });
}

/** The time from the first beginning to the last end of some overrides, as far as it has not passed. */
function hullOf(overrides: readonly KeptOverride[], now: Date): Period | null {
  const start = Math.max(
    toMinute(now).getTime(),
    Math.min(...overrides.map(({ override }) => Date.parse(override.start))),
  );
  const end = Math.max(...overrides.map(({ override }) => Date.parse(override.end)));
  return start < end ? { start: new Date(start), end: new Date(end) } : null;
}
