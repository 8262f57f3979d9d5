import type { Directory } from '../directory.ts';
import { timeline } from '../schedule/on-call.ts';
import type { Rung } from './expected.ts';

/** Why the old tool and this configuration may have paged different people, as far as it can be told. */
export type Reason =
  | 'unknown_person'
  | 'gap'
  | 'other_step'
  | 'hand_off'
  | 'zone'
  | 'override'
  | 'rotation'
  | 'unknown';

/** A moment at which they differ. */
export interface Disagreement {
  readonly at: Date;
  /** Ids of this configuration. */
  readonly theirs: readonly string[];
  readonly unknown: readonly string[];
  readonly ours: readonly string[];
  readonly rung: Rung | null;
  readonly ladder: readonly Rung[];
}

/** A reason, and a sentence about it. */
export interface Explanation {
  readonly reason: Reason;
  readonly why: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A change of the clocks is an hour or two; anything up to the width of a zone is a zone. */
const NEAR_MS = 2 * HOUR + MINUTE;
const FAR_MS = 14 * HOUR;

/** Explains a disagreement. `isUsual` is true when most moments of the same thing differ. */
export function explain(found: Disagreement, directory: Directory, isUsual: boolean): Explanation {
  const { unknown, ours, theirs, ladder, rung } = found;
  const name = (id: string) => directory.people.get(id)?.name ?? id;
  if (unknown.length > 0) {
    return {
      reason: 'unknown_person',
      why: `${unknown.join(' and ')} is nobody in this configuration: no person has that id, name or address.`,
    };
  }
  const elsewhere = ladder.find((one) => one !== rung && theirs.some((id) => one.people.includes(id)));
  if (elsewhere && theirs.every((id) => !ours.includes(id))) {
    return {
      reason: 'other_step',
      why: `${names(theirs, name)} would be paged too, in another step, at ${minute(elsewhere.at)}.`,
    };
  }
  if (ours.length === 0) {
    return { reason: 'gap', why: 'nobody is on call here at that time.' };
  }
  return explainSchedule(found, directory, { isUsual, name });
}

interface Telling {
  readonly isUsual: boolean;
  readonly name: (id: string) => string;
}

function explainSchedule(
  { at, theirs, ours, rung }: Disagreement,
  directory: Directory,
  { isUsual, name }: Telling,
): Explanation {
  const missing = theirs.filter((id) => !ours.includes(id));
  const who = names(missing.length > 0 ? missing : ours.filter((id) => !theirs.includes(id)), name);
  for (const id of rung?.schedules ?? []) {
    const schedule = directory.schedules.get(id);
    if (!schedule || missing.length === 0) continue;
    const distance = distanceTo(missing, at, (from, to) => timeline(schedule.schedule, from, to));
    if (distance !== null && Math.abs(distance) <= NEAR_MS) {
      return {
        reason: 'hand_off',
        why: `${who} ${apart(distance)} in ${id}: the hand-off is at another time, perhaps by a change of clocks.`,
      };
    }
    const isIn = missing.some((person) =>
      everOn(
        person,
        schedule.schedule.layers.flatMap(({ participants }) => participants.flat()),
      ),
    );
    if (!isIn)
      return {
        reason: 'override',
        why: `${who} is in no rotation of ${id}: an override, or somebody new, is missing here.`,
      };
    if (isUsual && distance !== null && Math.abs(distance) <= FAR_MS) {
      return {
        reason: 'zone',
        why: `${who} ${apart(distance)} in ${id}, and most moments differ: compare its time_zone and its hand-offs.`,
      };
    }
    if (isUsual)
      return {
        reason: 'rotation',
        why: `${who} is in a rotation of ${id} at other times, and most moments differ: compare its order and start.`,
      };
    return {
      reason: 'override',
      why: `${who} is in a rotation of ${id} at other times: an override or a swap is missing here.`,
    };
  }
  if (missing.length === 0) return { reason: 'unknown', why: `${who} would be paged as well.` };
  return { reason: 'unknown', why: `${who} is in no schedule of this step: compare the policy.` };
}

function everOn(person: string, people: readonly string[]): boolean {
  return people.includes(person);
}

/** The ms until one of them is on call, negative when they were before; null when that is further than a day and a half. */
function distanceTo(
  people: readonly string[],
  at: Date,
  within: (from: Date, to: Date) => ReturnType<typeof timeline>,
): number | null {
  const pieces = within(new Date(at.getTime() - 1.5 * DAY), new Date(at.getTime() + 1.5 * DAY));
  const distances = pieces
    .filter(({ onCall }) => onCall.some((id) => people.includes(id)))
    .map(({ start, end }) =>
      start > at ? start.getTime() - at.getTime() : Math.min(0, end.getTime() - at.getTime()),
    );
  return distances.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null;
}

function apart(distance: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(distance) / MINUTE));
  const length = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
  return distance > 0 ? `comes on call ${length} later` : `was on call until ${length} before`;
}

function names(ids: readonly string[], name: (id: string) => string): string {
  return ids.map(name).join(' and ') || 'nobody';
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
