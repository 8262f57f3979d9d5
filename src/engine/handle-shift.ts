import { personOf } from '../domain/actor.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import { longestLead, SHIFT_KEYS, shiftsBeginning } from '../domain/roster/reminders.ts';
import type { Shift } from '../domain/roster/reminders.ts';
import type { ShiftCommand } from '../domain/roster/shift-commands.ts';
import type { Db } from '../store/db.ts';
import { addHandoverNote } from '../store/handover-notes.ts';
import { claimNotices } from '../store/notices.ts';

/** What came of something said about a shift: the shifts that are confirmed by it. */
export type ShiftSaid =
  | { readonly kind: 'done'; readonly confirmed: readonly Shift[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface About {
  readonly now: Date;
  readonly directory: Directory;
}

const DAY = 24 * 60 * 60_000;
/** A shift can be confirmed a week ahead, or as early as people are reminded of it. */
const AHEAD_MS = 7 * DAY;

/** Keeps what somebody says about a shift. Changes nobody's turn. */
export async function handleShift(tx: Db, command: ShiftCommand, about: About): Promise<ShiftSaid> {
  const me = personOf(command.by);
  if (me === null || !about.directory.people.has(me))
    return no('Only a configured person has shifts.', 'An admin links chat accounts in firebell.yaml.');
  if (command.type === 'shift.confirm') return confirm(tx, { me, schedule: command.schedule }, about);
  const { schedule, by, text } = command;
  await addHandoverNote(tx, { schedule, by, text, at: about.now });
  return { kind: 'done', confirmed: [] };
}

async function confirm(
  tx: Db,
  { me, schedule }: { readonly me: string; readonly schedule: string | null },
  { now, directory }: About,
): Promise<ShiftSaid> {
  const until = new Date(now.getTime() + Math.max(AHEAD_MS, longestLead(directory)));
  const mine = shiftsBeginning(directory, now, until).filter(
    (shift) => shift.personId === me && (schedule === null || shift.schedule === schedule),
  );
  const next = [...Map.groupBy(mine, (shift) => shift.schedule).values()].flatMap(([first]) => first ?? []);
  if (next.length === 0)
    return no('No shift of yours begins within the next week.', '`shifts` shows when you are on call.');
  const { shiftCheckMs } = directory.settings;
  const isNear = ({ start }: Shift) =>
    shiftCheckMs !== null && start.getTime() - now.getTime() <= shiftCheckMs;
  const keys = next.flatMap((shift) => [
    SHIFT_KEYS.confirmed(shift),
    ...(isNear(shift) ? [SHIFT_KEYS.reached(shift)] : []),
  ]);
  await claimNotices(tx, keys, now);
  return { kind: 'done', confirmed: next };
}

function no(why: string, hint: string): ShiftSaid {
  return { kind: 'refused', refusal: { why, hint } };
}
