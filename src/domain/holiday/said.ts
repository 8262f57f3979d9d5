import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { Refusal } from '../decision.ts';
import type { Directory } from '../directory.ts';
import { parseWall } from '../schedule/zone.ts';

/** Whose day something is said of: `everybody`, `team:<id>` or `person:<id>`. */
export type HolidayScope = 'everybody' | `team:${string}` | `person:${string}`;

/** What can be said of a day: that it is a holiday of that name, or, by null, that it is none. */
export interface HolidayCommand {
  readonly type: 'holiday.say';
  readonly by: Actor;
  readonly scope: HolidayScope;
  /** Like `2026-12-25`. */
  readonly date: string;
  readonly name: string | null;
}

/** What was said of a day, and by whom. */
export interface SaidDay {
  readonly scope: HolidayScope;
  readonly date: string;
  readonly name: string | null;
  readonly by: Actor;
  readonly at: Date;
}

const LONGEST_NAME = 100;

/** Whether something may be said of a day: of one's own by oneself, of a team's by its members, of any by admins; null is yes. */
export function maySayHoliday(
  { by, scope, date, name }: HolidayCommand,
  directory: Directory,
): Refusal | null {
  if (parseWall(date, '00:00') === null)
    return { why: `${date} is not a date of the calendar.`, hint: 'Write it like 2026-12-25.' };
  if (name !== null && name.length > LONGEST_NAME)
    return { why: `That name has more than ${LONGEST_NAME} characters.`, hint: 'Give it a shorter one.' };
  const me = personOf(by);
  const access = me === null ? undefined : directory.people.get(me)?.access;
  if (me === null || access === undefined)
    return {
      why: 'Only a configured person can say what a holiday is.',
      hint: 'An admin adds people, and links chat accounts, in firebell.yaml.',
    };
  const isTheirs = scope === `person:${me}` || (isMember(scope, me, directory) && access !== 'observer');
  if (access === 'admin' || isTheirs) return null;
  return {
    why: `Only ${whoMay(scope, directory)} can say that.`,
    hint: 'Your own day: `holidays add 2026-12-24 Christmas Eve`.',
  };
}

/** A directory in which what people said of days counts. */
export function withSaidDays(directory: Directory, said: readonly SaidDay[]): Directory {
  if (said.length === 0) return directory;
  const byHand = new Map<string, ReadonlyMap<string, string | null>>();
  for (const [scope, days] of Map.groupBy(said, (one) => one.scope))
    byHand.set(scope, new Map(days.map(({ date, name }) => [date, name])));
  return { ...directory, holidays: { calendars: directory.holidays?.calendars ?? new Map(), byHand } };
}

/** Whose day it is, in the middle of a sentence. */
export function scopeWords(scope: HolidayScope, { people, teams }: Directory): string {
  const id = scope.slice(scope.indexOf(':') + 1);
  if (scope === 'everybody') return 'everybody';
  return scope.startsWith('team:') ? `the team ${teams.get(id)?.name ?? id}` : (people.get(id)?.name ?? id);
}

function isMember(scope: HolidayScope, me: string, { teams }: Directory): boolean {
  return [...teams.values()].some(({ id, members }) => scope === `team:${id}` && members.includes(me));
}

function whoMay(scope: HolidayScope, directory: Directory): string {
  if (scope === 'everybody') return 'an admin';
  const words = scopeWords(scope, directory);
  return scope.startsWith('team:') ? `members of ${words} and admins` : `${words} and admins`;
}
