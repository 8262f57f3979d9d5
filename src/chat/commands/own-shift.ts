import type { Refusal } from '../../domain/decision.ts';
import type { NamedSchedule } from '../../domain/directory.ts';
import type { Period } from '../../domain/roster/difference.ts';
import { shiftAt } from '../../domain/roster/shifts.ts';
import type { Asking } from '../step.ts';
import { scheduleFor } from './which-schedule.ts';

/** A schedule on which somebody has a turn, and that turn. */
export interface FoundShift {
  readonly schedule: NamedSchedule;
  readonly shift: Period;
}

interface Wanted {
  readonly person: string;
  readonly schedule: string | null;
  readonly at: Date;
  /** Somebody who has to have turns on it too. */
  readonly beside?: string;
}

/** Somebody's turn at an instant or next after it: on the schedule that was named, else on the one where it comes first. */
export function findShift(
  { person, schedule, at, beside }: Wanted,
  asking: Asking,
): FoundShift | { readonly refusal: Refusal } {
  const named = schedule === null ? null : scheduleFor(schedule, asking);
  if (named !== null && 'refusal' in named) return named;
  const all = [...asking.directory.schedules.values()];
  const shared = all.filter((one) => beside === undefined || shiftAt(one.schedule, beside, at) !== null);
  const among = named === null ? shared : [named.schedule];
  const [first] = among
    .flatMap((one) => {
      const shift = shiftAt(one.schedule, person, at);
      return shift === null ? [] : [{ schedule: one, shift }];
    })
    .toSorted((a, b) => a.shift.start.getTime() - b.shift.start.getTime());
  if (first !== undefined) return first;
  if (beside !== undefined && named === null && all.some((one) => shiftAt(one.schedule, person, at) !== null))
    return neverOn(beside, ' for any schedule of yours', asking);
  return neverOn(person, named === null ? '' : ` for ${named.schedule.name}`, asking);
}

function neverOn(person: string, where: string, { directory }: Asking): { readonly refusal: Refusal } {
  const name = directory.people.get(person)?.name ?? person;
  return {
    refusal: {
      why: `${name} is not on call${where} within the next 120 days.`,
      hint: '`shifts @name` shows when somebody is.',
    },
  };
}
