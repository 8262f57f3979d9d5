import { formatInZone } from '../../domain/schedule/zone.ts';
import type { UnknownName } from '../../domain/calendar/imported-layer.ts';
import type { CalendarCopy } from '../../store/calendar-copies.ts';

const MOST_NAMES = 10;

/** What a calendar is for, as messages name it, and what is missing as long as it was never read. */
export interface CalendarUse {
  readonly name: string;
  readonly unread: string;
  /** A command that shows what comes; empty when there is none. */
  readonly check: string;
}

/** The calendar that a schedule comes from. */
export function useOfSchedule(schedule: string): CalendarUse {
  return {
    name: `the schedule ${schedule}`,
    unread: 'it puts nobody on call: layers of the schedule count, if it has any',
    check: `; \`firebell calendar check --schedule ${schedule}\` shows what comes`,
  };
}

/** The calendar that holidays come from. */
export function useOfHolidays(calendar: string): CalendarUse {
  return {
    name: `the holidays ${calendar}`,
    unread: `only the days under holidays.${calendar}.dates count`,
    check: '',
  };
}

/** Told when a calendar cannot be read. */
export function failureWords(
  { name, unread, check }: CalendarUse,
  { failure, readAt }: Pick<CalendarCopy, 'failure' | 'readAt'>,
  zone: string,
): string {
  const meanwhile =
    readAt === null
      ? `It was never read, so ${unread}.`
      : `The copy of ${formatInZone(readAt, zone)} (${zone}) stays in force.`;
  return `The calendar of ${name} cannot be read: ${failure ?? 'it failed'}. ${meanwhile} I go on trying${check}.`;
}

/** Told once it can be read again, to those who heard that it could not. */
export function recoveryWords({ name }: CalendarUse): string {
  return `The calendar of ${name} can be read again.`;
}

/** Names in a calendar that stand for nobody, and what to do about them. */
export function unknownWords(schedule: string, unknown: readonly UnknownName[], zone: string): string {
  const named = unknown
    .slice(0, MOST_NAMES)
    .map(
      ({ name, start, count }) =>
        `"${name}" (${count === 1 ? '' : `${count} times, `}next ${formatInZone(start, zone)})`,
    )
    .join(', ');
  const more = unknown.length > MOST_NAMES ? ` and ${unknown.length - MOST_NAMES} more` : '';
  return `The calendar of the schedule ${schedule} names people I do not know, who are therefore not on call: ${named}${more}. Say who they are under schedules.${schedule}.ical.map in firebell.yaml; [] leaves an event out.`;
}

/** Events of a calendar that cannot be read. */
export function remarkWords({ name }: CalendarUse, remarks: readonly string[]): string {
  const more = remarks.length > MOST_NAMES ? ` And ${remarks.length - MOST_NAMES} more.` : '';
  return `In the calendar of ${name}, ${remarks.slice(0, MOST_NAMES).join(' ')}${more}`;
}
