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

/** Somebody's turn at an instant or next after it: on the schedule that was named, else on the one where it comes first. */
export function findShift(
  who: { readonly person: string; readonly schedule: string | null; readonly at: Date },
  asking: Asking,
): FoundShift | { readonly refusal: Refusal } {
  const { person, schedule, at } = who;
  const named = schedule === null ? null : scheduleFor(schedule, asking);
  if (named !== null && 'refusal' in named) return named;
  const among = named === null ? [...asking.directory.schedules.values()] : [named.schedule];
  const [first] = among
    .flatMap((one) => {
      const shift = shiftAt(one.schedule, person, at);
      return shift === null ? [] : [{ schedule: one, shift }];
    })
    .toSorted((a, b) => a.shift.start.getTime() - b.shift.start.getTime());
  if (first !== undefined) return first;
  const name = asking.directory.people.get(person)?.name ?? person;
  const where = named === null ? '' : ` for ${named.schedule.name}`;
  return {
    refusal: {
      why: `${name} is not on call${where} within the next 120 days.`,
      hint: '`shifts @name` shows when somebody is.',
    },
  };
}
