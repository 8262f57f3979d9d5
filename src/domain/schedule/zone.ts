import { offsetAt, offsetChanges } from './offsets.ts';

export { isZone } from './offsets.ts';

/** A wall time, without a zone: the ms of `Date.UTC` for what the clock on the wall shows. Only `resolveWall` makes an instant of it. */
export type Wall = number;

// No zone has ever been more than 16 hours away from UTC; a change moves the clock by a day at most.
const MARGIN = 26 * 3_600_000;

/** The ms between a wall time and the instants it may stand for are never more than this. */
export const MAX_OFFSET_MS = 16 * 3_600_000;

/**
 * The instant of a wall time (RFC 5545, section 3.3.5; Temporal's `compatible`): the first of two; a skipped one is read
 * with the offset from before the jump. Throws RangeError for an unknown zone.
 */
export function resolveWall(wall: Wall, zone: string): Date {
  return new Date(resolveMs(wall, zone));
}

/** `resolveWall` in ms since the epoch, for the loops. */
export function resolveMs(wall: Wall, zone: string): number {
  const changes = offsetChanges(zone, wall - MARGIN, wall + MARGIN);
  let offset = offsetAt(zone, wall - MARGIN);
  for (const change of changes) {
    // Before the change, or in a gap that ends at it and that only the old offset can name.
    if (wall - offset < change.at || wall - change.offset < change.at) return wall - offset;
    offset = change.offset;
  }
  return wall - offset;
}

/** Every instant at which clocks in `zone` show `wall`, ascending: two when it is repeated, and for a skipped one what `resolveWall` says. */
export function instantsOf(wall: Wall, zone: string): readonly Date[] {
  const first = resolveMs(wall, zone);
  const later = offsetChanges(zone, first, wall + MARGIN)
    .filter(({ at, offset }) => wall - offset >= at && wallAt(wall - offset, zone) === wall)
    .map(({ offset }) => new Date(wall - offset));
  return [new Date(first), ...later];
}

/** What clocks in `zone` show at an instant. Throws RangeError for an unknown zone. */
export function wallTime(instant: Date, zone: string): Wall {
  return wallAt(instant.getTime(), zone);
}

function wallAt(at: number, zone: string): Wall {
  return at + offsetAt(zone, at);
}

/** The wall time of a date like `2026-03-29` and a time like `02:30`, or null if there is no such date or time. */
export function parseWall(date: string, time: string): Wall | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const wall = Date.parse(`${date}T${time}:00.000Z`);
  // Date.parse lets 2026-02-30 through as March 2.
  return !Number.isNaN(wall) && new Date(wall).toISOString().startsWith(date) ? wall : null;
}

/** An instant as people in `zone` read it, to the minute: `2026-03-29 03:30`. */
export function formatInZone(instant: Date, zone: string): string {
  return new Date(wallTime(instant, zone)).toISOString().slice(0, 16).replace('T', ' ');
}
