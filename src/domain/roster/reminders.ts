import type { Directory } from '../directory.ts';
import type { Effect } from '../effect.ts';
import { timeline } from '../schedule/on-call.ts';
import { formatDuration } from '../../lib/duration.ts';

/** Somebody's turn: when they come on call after they were not, and when they no longer are. */
export interface Shift {
  readonly schedule: string;
  readonly scheduleName: string;
  readonly personId: string;
  readonly start: Date;
  readonly end: Date;
}

const DAY = 24 * 60 * 60_000;
/** A shift that lasts longer is told of as if it lasted so long. */
const LONGEST_MS = 60 * DAY;

/** The shifts that begin within `(now, until]`, the earliest first. Whoever stays on call through a hand-off does not begin anew. */
export function shiftsBeginning(directory: Directory, now: Date, until: Date): readonly Shift[] {
  const shifts = [...directory.schedules.values()].flatMap(({ id, name, schedule }) => {
    const segments = timeline(schedule, now, new Date(until.getTime() + LONGEST_MS));
    return segments.flatMap(({ start, onCall }, i): readonly Shift[] => {
      if (start <= now || start > until) return [];
      const before = segments[i - 1]?.onCall ?? [];
      return onCall
        .filter((person) => !before.includes(person))
        .map((personId) => {
          const after = segments.slice(i).find((segment) => !segment.onCall.includes(personId));
          const end = after?.start ?? segments.at(-1)?.end ?? start;
          return { schedule: id, scheduleName: name, personId, start, end };
        });
    });
  });
  return shifts.toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

/** A reminder of a shift, to be sent once. */
export interface Reminder {
  readonly key: string;
  readonly effect: Effect;
}

/**
 * What people are to be reminded of now: of each shift the reminder with the shortest lead (ms) that has come. Leads are told from long to short,
 * so a bot that was down says the newest only.
 */
export function remindersDue(
  directory: Directory,
  now: Date,
  leadsMs: readonly number[],
): readonly Reminder[] {
  const longest = Math.max(0, ...leadsMs);
  return shiftsBeginning(directory, now, new Date(now.getTime() + longest)).flatMap((shift) => {
    const ahead = shift.start.getTime() - now.getTime();
    const lead = leadsMs.filter((one) => one >= ahead).toSorted((a, b) => a - b)[0];
    return lead === undefined || !directory.people.has(shift.personId)
      ? []
      : [reminderOf(shift, lead, ahead)];
  });
}

function reminderOf(shift: Shift, lead: number, ahead: number): Reminder {
  const { schedule, scheduleName, personId, start, end } = shift;
  const key = `shift:${schedule}:${personId}:${start.toISOString()}:${lead}`;
  return {
    key,
    effect: {
      type: 'chat.tell_person',
      personId,
      key,
      text: [
        `In ${formatDuration(ahead)} you are on call for ${scheduleName}: `,
        { time: start },
        ' to ',
        { time: end },
        '.',
      ],
      buttons: [{ label: 'Show my shifts', command: 'oncall me' }],
    },
  };
}
