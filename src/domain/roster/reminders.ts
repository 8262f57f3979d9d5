import type { Directory } from '../directory.ts';
import type { Effect } from '../effect.ts';
import { holidaysIn, holidaysOf } from '../holiday/holidays.ts';
import { formatDuration } from '../../lib/duration.ts';
import { onCallAt, timeline } from '../schedule/on-call.ts';
import { sayDay } from '../schedule/say-time.ts';
import type { Line } from '../text.ts';
import { isAway } from './absence.ts';
import type { Absence } from './absence.ts';
import { writeInstant } from './roster.ts';

/** Somebody's turn: when they come on call after they were not, and when they no longer are. */
export interface Shift {
  readonly schedule: string;
  readonly scheduleName: string;
  readonly personId: string;
  readonly start: Date;
  readonly end: Date;
}

/** Something to be told once, under its key. */
export interface Reminder {
  readonly key: string;
  readonly effects: readonly Effect[];
}

const MINUTE = 60_000;
const MOST_HOLIDAYS = 3;
const DAY = 24 * 60 * MINUTE;
/** A shift that lasts longer is told of as if it lasted so long. */
const LONGEST_MS = 60 * DAY;
/** Whoever is asked at the last minute is given this long to answer before others are told. */
const GRACE_MS = 10 * MINUTE;

/** The shifts that begin within `(now, until]`, the earliest first. Whoever stays on call through a hand-off does not begin anew. */
export function shiftsBeginning(directory: Directory, now: Date, until: Date): readonly Shift[] {
  const shifts = [...directory.schedules.values()].flatMap(({ id, name, schedule }) => {
    const segments = timeline(schedule, now, new Date(until.getTime() + LONGEST_MS));
    return segments.flatMap(({ start, onCall }, i): readonly Shift[] => {
      if (start <= now || start > until) return [];
      const before = segments[i - 1]?.onCall ?? [];
      return onCall
        .filter((person) => !before.includes(person) && directory.people.has(person))
        .map((personId) => {
          const after = segments.slice(i).find((segment) => !segment.onCall.includes(personId));
          const end = after?.start ?? segments.at(-1)?.end ?? start;
          return { schedule: id, scheduleName: name, personId, start, end };
        });
    });
  });
  return shifts.toSorted((a, b) => a.start.getTime() - b.start.getTime());
}

/** Names a shift, the same at every reading. */
export function keyOfShift({ schedule, personId, start }: Shift): string {
  return `${schedule}:${personId}:${start.toISOString()}`;
}

/** Under these keys it is kept what is known about a shift that is to begin. */
export const SHIFT_KEYS = {
  /** The person was asked to show that they can be reached. */
  asked: (shift: Shift) => `shift:${keyOfShift(shift)}:check`,
  /** They did. */
  reached: (shift: Shift) => `reached:${keyOfShift(shift)}`,
  /** They said that they will be there. */
  confirmed: (shift: Shift) => `confirmed:${keyOfShift(shift)}`,
};

/** How long before a shift anything is said about it, in ms. */
export function longestLead({ settings }: Directory): number {
  return Math.max(0, settings.shiftCheckMs ?? 0, ...settings.shiftRemindersMs);
}

/**
 * What people are to be reminded of now: of each shift the reminder with the shortest lead that has come, so that a bot that was down
 * says the newest only. The one at the check's lead asks to be answered.
 */
export function remindersDue(
  directory: Directory,
  now: Date,
  absences: readonly Absence[],
): readonly Reminder[] {
  const { shiftCheckMs: check, shiftRemindersMs } = directory.settings;
  const leads = [...new Set([...shiftRemindersMs, ...(check === null ? [] : [check])])].sort((a, b) => a - b);
  const until = new Date(now.getTime() + longestLead(directory));
  return shiftsBeginning(directory, now, until).flatMap((shift) => {
    const ahead = shift.start.getTime() - now.getTime();
    const lead = leads.find((one) => one >= ahead);
    if (lead === undefined) return [];
    const key = lead === check ? SHIFT_KEYS.asked(shift) : `shift:${keyOfShift(shift)}:${lead}`;
    const isCheck = lead === check;
    return [
      {
        key,
        effects: [
          reminderOf(shift, {
            key,
            ahead,
            isCheck,
            away: isAway(absences, shift.personId, shift),
            directory,
          }),
        ],
      },
    ];
  });
}

interface About {
  readonly key: string;
  readonly ahead: number;
  readonly isCheck: boolean;
  readonly away: boolean;
  readonly directory: Directory;
}

function reminderOf(shift: Shift, { key, ahead, isCheck, away, directory }: About): Effect {
  const { schedule, scheduleName, personId, start, end } = shift;
  const text: Line = [
    `In ${formatDuration(ahead)} you are on call for ${scheduleName}: `,
    { time: start },
    ' to ',
    { time: end },
    '.',
    ...holidayWords(shift, directory),
    ...(away ? [' You said that you are away then: find somebody to take it.'] : []),
    ...(isCheck ? [' Tap to show that you can be reached.'] : []),
  ];
  const confirm = { label: isCheck ? 'I am here' : 'Confirm', command: `confirm schedule ${schedule}` };
  const cover = { label: 'Find cover', command: `cover schedule ${schedule} from ${writeInstant(start)}` };
  const buttons = (away ? [cover, confirm] : [confirm, cover]).filter(({ command }) => command.length <= 100);
  return { type: 'chat.tell_person', personId, key, text, buttons };
}

/** What a reminder says of the holidays that fall into a shift, by the calendar of whoever has it. */
function holidayWords({ personId, start, end }: Shift, directory: Directory): Line {
  const zone = directory.people.get(personId)?.zone ?? directory.settings.zone;
  const span = { start: start.getTime(), end: end.getTime() };
  const days = holidaysIn(holidaysOf(personId, directory), zone, span);
  if (days.length === 0) return [];
  const more = days.length > MOST_HOLIDAYS ? ` and ${days.length - MOST_HOLIDAYS} more` : '';
  const named = days
    .slice(0, MOST_HOLIDAYS)
    .map(({ start: midnight, name }) => `${name} (${sayDay(new Date(midnight), zone)})`)
    .join(', ');
  return [
    days.length === 1 ? ` A holiday falls into it: ${named}.` : ` Holidays fall into it: ${named}${more}.`,
  ];
}

/** When each of some keys was claimed; a key that never was is missing. */
export type Claimed = ReadonlyMap<string, Date>;

/** The shifts about which it has to be known whether their people were reached. */
export function shiftsToCheck(directory: Directory, now: Date): readonly Shift[] {
  const { shiftCheckMs } = directory.settings;
  if (shiftCheckMs === null) return [];
  return shiftsBeginning(directory, now, new Date(now.getTime() + shiftCheckMs / 2));
}

/** Whoever was asked, and has not shown by half of the time that they can be reached: told to the admins and to those on call until then. */
export function unreachedDue(directory: Directory, now: Date, claimed: Claimed): readonly Reminder[] {
  return shiftsToCheck(directory, now).flatMap((shift) => {
    const askedAt = claimed.get(SHIFT_KEYS.asked(shift));
    const waited = askedAt !== undefined && now.getTime() - askedAt.getTime() >= GRACE_MS;
    if (!waited || claimed.has(SHIFT_KEYS.reached(shift))) return [];
    const key = `unreached:${keyOfShift(shift)}`;
    return [{ key, effects: unreachedEffects(shift, key, { directory, now }) }];
  });
}

function unreachedEffects(
  shift: Shift,
  key: string,
  { directory, now }: { readonly directory: Directory; readonly now: Date },
): readonly Effect[] {
  const { schedule, scheduleName, personId, start } = shift;
  const name = directory.people.get(personId)?.name ?? personId;
  const named = directory.schedules.get(schedule);
  const onCall = named === undefined ? [] : onCallAt(named.schedule, now);
  const ahead = formatDuration(start.getTime() - now.getTime());
  const advice = `Reach them, or put somebody else on call: override ${schedule} @somebody from ${writeInstant(start)} for 8h.`;
  const admins: Effect = {
    type: 'chat.tell_admins',
    incidentId: null,
    text: `${name} is on call for ${scheduleName} in ${ahead} and has not answered whether they can be reached. ${advice}`,
  };
  const holders = onCall.filter((one) => one !== personId && directory.people.has(one));
  return [
    admins,
    ...holders.map((holder): Effect => ({
      type: 'chat.tell_person',
      personId: holder,
      key: `${key}:${holder}`,
      text: [
        { person: personId },
        ` follows you on ${scheduleName} in ${ahead} and has not answered whether they can be reached. Try to reach them before you go.`,
      ],

      buttons: [],
    })),
  ];
}
