import type { Actor } from '../actor.ts';
import { personOf } from '../actor.ts';
import type { Refusal } from '../decision.ts';
import type { Directory } from '../directory.ts';
import type { Period } from './difference.ts';
import { toMinute } from './roster.ts';

/** A time in which somebody is away: nothing is taken from them by it, but everybody sees it. */
export interface Absence extends Period {
  readonly id: number;
  readonly personId: string;
  readonly why: string | null;
}

/** What can be said about somebody's absence. */
export type AbsenceCommand =
  | {
      readonly type: 'absence.announce';
      readonly by: Actor;
      readonly personId: string;
      readonly from: Date;
      readonly until: Date;
      readonly why: string | null;
    }
  | { readonly type: 'absence.end'; readonly by: Actor; readonly absenceId: number };

const LONGEST_MS = 400 * 24 * 60 * 60_000;

/** Whether somebody may speak for this person's absence: they themselves and admins; null is yes. */
export function maySpeakFor(actor: Actor, personId: string, { people }: Directory): Refusal | null {
  const me = personOf(actor);
  if (me === personId || (me !== null && people.get(me)?.access === 'admin')) return null;
  return {
    why: `Only ${people.get(personId)?.name ?? personId} or an admin can say that.`,
    hint: 'Your own: `away from 2026-12-24 until 2026-12-27`.',
  };
}

/** The period of an absence, at full minutes, or what is wrong with it. */
export function periodOfAbsence(
  { from, until }: { readonly from: Date; readonly until: Date },
  now: Date,
): { readonly period: Period } | { readonly refusal: Refusal } {
  const period = { start: toMinute(from), end: toMinute(until) };
  if (period.end <= period.start) return no('It would end before it begins.');
  if (period.end <= now) return no('That is over already.');
  if (period.end.getTime() - period.start.getTime() > LONGEST_MS) return no('That is longer than 400 days.');
  return { period };
}

function no(why: string): { readonly refusal: Refusal } {
  return {
    refusal: { why, hint: 'For example `away from 2026-12-24 until 2026-12-27`; the last day is included.' },
  };
}

/** True when somebody is away at some time within a period. */
export function isAway(absences: readonly Absence[], personId: string, { start, end }: Period): boolean {
  return absences.some((one) => one.personId === personId && one.start < end && one.end > start);
}
