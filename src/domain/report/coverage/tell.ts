import { formatDuration } from '../../../lib/duration.ts';
import type { Directory } from '../../directory.ts';
import { sayClock, sayDay } from '../../schedule/say-time.ts';
import type { Line, Span } from '../../text.ts';
import type { Gap, GapCause } from './gaps.ts';
import type { Deduction } from './score.ts';

/** Who reads it: whose names they know, in which zone they read times. */
export interface Reader {
  readonly directory: Directory;
  readonly zone: string;
}

/** Why points were taken away, in one sentence that names the place. */
export function deductionLine(deduction: Deduction, reader: Reader): Line {
  switch (deduction.kind) {
    case 'nobody':
      return [
        `No step of the policy ${deduction.policy} finds anybody for ${formatDuration(deduction.ms)} in all, first on ${sayWhen(deduction.first, reader)}: only the last resort is left.`,
      ];
    case 'alone': {
      const who: Line =
        deduction.person === null ? ['one person at most'] : [{ person: deduction.person }, ' alone'];
      return [
        `All steps of the policy ${deduction.policy} together find `,
        ...who,
        ` for ${formatDuration(deduction.ms)} in all, first on ${sayWhen(deduction.first, reader)}.`,
      ];
    }
    case 'gaps': {
      const { count, ms, first, schedule } = deduction;
      const times =
        count === 1
          ? `for ${formatDuration(ms)} on`
          : `${count} times, ${formatDuration(ms)} in all, first on`;
      return [scheduleName(schedule, reader), ` has nobody on call ${times} ${sayWhen(first, reader)}.`];
    }
    case 'one_person':
      if (deduction.person === null)
        return [scheduleName(deduction.schedule, reader), ' never has anybody on call.'];
      return [
        { person: deduction.person },
        ' is the only one who is ever on call in ',
        scheduleName(deduction.schedule, reader),
        '.',
      ];
    case 'ends':
      return [
        scheduleName(deduction.schedule, reader),
        ` ends on ${sayWhen(deduction.at, reader)}, and nothing follows.`,
      ];
    case 'unreachable':
      return [
        { person: deduction.person },
        ` has no working way to be paged: ${deduction.reasons.join('; ') || 'no rule says how'}.`,
      ];
    case 'gone':
      return [
        `${deduction.person} is not there any more and is still named: ${deduction.places.join(', ')}.`,
      ];
  }
}

const CAUSES: Readonly<Record<GapCause, string>> = {
  override: 'an override takes everybody off',
  hours: 'outside of its hours',
  empty_turn: 'the turn has nobody',
  between_layers: 'one layer has ended and the next has not begun',
  ended: 'the schedule has ended',
  not_started: 'the schedule has not begun',
  no_layers: 'it has no layer',
};

/** A time with nobody on call, and why: `Sun 8 Mar 02:00 to 03:00 (1 h): an override takes everybody off`. */
export function gapLine({ start, end, cause }: Gap, { zone }: Pick<Reader, 'zone'>): string {
  return `${spanWords({ start, end }, zone)}: ${CAUSES[cause]}`;
}

/** From when to when, and how long: `Sun 8 Mar 02:00 to 03:00 (1 h)`. */
export function spanWords(
  { start, end }: { readonly start: Date; readonly end: Date },
  zone: string,
): string {
  const day = sayDay(start, zone) === sayDay(end, zone) ? '' : `${sayDay(end, zone)} `;
  const length = formatDuration(end.getTime() - start.getTime());
  return `${sayDay(start, zone)} ${sayClock(start, zone)} to ${day}${sayClock(end, zone)} (${length})`;
}

/** Day and clock in the zone of whoever reads. */
function sayWhen(at: Date, { zone }: Reader): string {
  return `${sayDay(at, zone)} ${sayClock(at, zone)}`;
}

/** Name of a schedule; its id when it is not configured. */
export function scheduleName(id: string, { directory }: Pick<Reader, 'directory'>): Span {
  return directory.schedules.get(id)?.name ?? id;
}
