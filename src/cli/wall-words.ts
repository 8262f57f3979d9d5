import { instantsOf, wallTime } from '../domain/schedule/zone.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY = 86_400_000;

/** What a wall time is shown in: the zone, and the moment whose year needs no saying. */
export interface WallContext {
  readonly zone: string;
  readonly now: Date;
}

/** An instant as people in the zone say it: `Mon 26 Oct 09:00`, with the year when it is another one, and which of the two when the clock shows it twice. */
export function showWall(at: Date, { zone, now }: WallContext): string {
  const wall = wallTime(at, zone);
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  const isThisYear = year === new Date(wallTime(now, zone)).getUTCFullYear();
  const day = `${DAYS[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  return `${day}${isThisYear ? '' : ` ${year}`} ${clockOf(wall)}${whichOf(at, wall, zone)}`;
}

/** The end of a stretch that begins at `start`: the clock time alone when it is on the same day. */
export function showWallEnd(start: Date, end: Date, context: WallContext): string {
  const [from, to] = [wallTime(start, context.zone), wallTime(end, context.zone)];
  if (Math.floor(from / DAY) !== Math.floor(to / DAY)) return showWall(end, context);
  return `${clockOf(to)}${whichOf(end, to, context.zone)}`;
}

/** The zone as people say it: `Berlin`, `New York`. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** A distance on the wall clock, after "every": `week`, `2 weeks`, `day`, `12 hours`; null when it is not a round one. */
export function showStep(ms: number): string | null {
  for (const [size, name] of [
    [7 * DAY, 'week'],
    [DAY, 'day'],
    [3_600_000, 'hour'],
  ] as const) {
    if (ms >= size && ms % size === 0) return ms === size ? name : `${ms / size} ${name}s`;
  }
  return null;
}

function clockOf(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

function whichOf(at: Date, wall: number, zone: string): string {
  // Seconds would make a time that nothing is written for.
  const instants = instantsOf(wall, zone);
  if (instants.length < 2) return '';
  return instants[0]?.getTime() === at.getTime() ? ' (the first)' : ' (the second)';
}
