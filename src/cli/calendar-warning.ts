import type { CalendarConfig } from '../config/config.ts';
import type { NamedSchedule } from '../domain/directory.ts';
import type { Io } from './verb.ts';

/** Says which answers are not whole because the shifts of a schedule come from a calendar, which only a running bot has read. */
export function warnOfCalendars(
  io: Io,
  calendars: readonly CalendarConfig[],
  asked: readonly NamedSchedule[],
): void {
  for (const { id } of asked) {
    if (!calendars.some(({ schedule }) => schedule === id)) continue;
    io.err(
      `${id} comes from a calendar, which is not read here: ask the bot, or "firebell calendar check --schedule ${id}".\n`,
    );
  }
}
