import type { Directory } from '../directory.ts';
import { holidaysOf, holidaysOfSchedule } from '../holiday/holidays.ts';
import { isWithinHours, openingOf } from '../schedule/hours.ts';
import type { ZonedHours } from '../schedule/hours.ts';
import type { Delay, HoursOwner } from './run.ts';
import type { Found } from './targets.ts';

/** Whether somebody is at work; always, when no hours are known for them. */
export function isAtWork(found: Found, directory: Directory, at: Date): boolean {
  const own = hoursOf(found, directory);
  return own === null || isWithinHours(own, at);
}

/** Until when something that can wait waits for somebody, and for whose hours; null when they may be told now. */
export function delayOf(found: Found, directory: Directory, at: Date): Delay | null {
  const own = hoursOf(found, directory);
  const until = own === null ? null : openingOf(own, at);
  return own === null || until === null || until <= at ? null : { until, of: own.of };
}

/** A person's own hours, or those of the schedule on which they were found, or those of the house; without their holidays. */
function hoursOf(
  { personId, scheduleId }: Found,
  directory: Directory,
): (ZonedHours & { readonly of: HoursOwner }) | null {
  const { people, schedules, settings } = directory;
  const zone = people.get(personId)?.zone ?? settings.zone;
  const closed = [...holidaysOf(personId, directory).keys()];
  const ofPerson = (hours: ZonedHours['hours']) =>
    ({ hours, zone, closed, of: { kind: 'person', id: personId, zone } }) as const;
  const own = people.get(personId)?.workingHours;
  if (own) return ofPerson(own);
  const schedule = scheduleId === null ? undefined : schedules.get(scheduleId);
  if (schedule?.workingHours) {
    const { timeZone } = schedule.schedule;
    return {
      hours: schedule.workingHours,
      zone: timeZone,
      closed: schedule.holidays ? [...holidaysOfSchedule(schedule.id, directory).keys()] : closed,
      of: { kind: 'schedule', id: schedule.id, zone: timeZone },
    };
  }
  return settings.workingHours ? ofPerson(settings.workingHours) : null;
}
