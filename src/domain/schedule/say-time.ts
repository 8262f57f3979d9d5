import { formatInZone, wallTime } from './zone.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** What clocks in the zone show: `03:05`. */
export function sayClock(at: Date, zone: string): string {
  return formatInZone(at, zone).slice(11);
}

/** The day that it is in the zone: `Mon 2 Mar`. */
export function sayDay(at: Date, zone: string): string {
  const date = new Date(wallTime(at, zone));
  return `${DAYS[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

/** `(Sun 22:30 UTC)`, with a space before it, where UTC has another day than the zone; otherwise nothing. */
export function utcAside(at: Date, zone: string): string {
  if (sayDay(at, zone) === sayDay(at, 'UTC')) return '';
  return ` (${sayDay(at, 'UTC').slice(0, 3)} ${sayClock(at, 'UTC')} UTC)`;
}

/** How far clocks in the zone are from UTC at an instant: `UTC+5:30`, `UTC-4`, `UTC`. */
export function sayOffset(at: Date, zone: string): string {
  const minutes = Math.round((wallTime(at, zone) - at.getTime()) / 60_000);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
