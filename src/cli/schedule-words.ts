import { list } from '../config/explain.ts';
import type { Directory, NamedSchedule } from '../domain/directory.ts';
import { parseInstant } from '../domain/schedule/parse-time.ts';
import { nearestWord } from '../lib/edit-distance.ts';
import { UsageError } from './verb.ts';

/** The schedule of a name. Throws UsageError with the nearest one when there is none. */
export function findSchedule(name: string, { schedules }: Pick<Directory, 'schedules'>): NamedSchedule {
  const found = schedules.get(name);
  if (found) return found;
  const meant = nearestWord(name, [...schedules.keys()]);
  const suggestion = meant === null ? '' : ` Did you mean "${meant}"?`;
  throw new UsageError(
    `there is no schedule "${name}".${suggestion}${list('Schedules are', [...schedules.keys()])}`,
  );
}

/** What a time in a call is read against. */
export interface TimeWords {
  /** The option, for the message. */
  readonly option: string;
  readonly now: Date;
  readonly zone: string;
}

/** An instant as a call gives it: ISO 8601, a wall time or natural words in the zone; a date alone is its midnight. Throws UsageError. */
export function readInstant(text: string, { option, now, zone }: TimeWords): Date {
  const isDate = /^\s*\d{4}-\d\d-\d\d\s*$/.test(text);
  const parsed = parseInstant(isDate ? `${text.trim()} 00:00` : text, { now, zone });
  if ('at' in parsed) return parsed.at;
  throw new UsageError(`${option}: ${parsed.problem}`);
}
