import { BOT } from '../domain/actor.ts';
import { isActive } from '../domain/alert/silence.ts';
import type { Directory } from '../domain/directory.ts';
import { handOffEffects, latestHandOff } from '../domain/roster/hand-off.ts';
import type { HandOff } from '../domain/roster/hand-off.ts';
import { remindersDue, SHIFT_KEYS, shiftsToCheck, unreachedDue } from '../domain/roster/reminders.ts';
import type { Reminder } from '../domain/roster/reminders.ts';
import { liveAbsences } from '../store/absences.ts';
import type { Db, Store } from '../store/db.ts';
import { deliverNotes, waitingNotes } from '../store/handover-notes.ts';
import { claimNotices, forgetNotices, readNotices } from '../store/notices.ts';
import { queueEffects } from '../store/outbox.ts';
import { incidentRuns, listIncidents } from '../store/reads.ts';
import { readRosters } from '../store/rosters.ts';
import { liveSilences } from '../store/silences.ts';
import { inTransaction } from '../store/transaction.ts';
import type { RosterDoor } from './handle-roster.ts';
import type { Routine } from './routine.ts';

/** What the routines about shifts work with. */
export interface ShiftParts {
  readonly store: Store;
  readonly directory: () => Directory;
  readonly door: RosterDoor;
  readonly wake: () => void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A hand-off that was missed for longer is old news. */
const MISSED_MS = 12 * HOUR;
const MOST_OPEN = 50;

/** All that is due by the clock about shifts: reminders, checks, hand-offs, requests that run out. */
export function shiftRoutines(parts: ShiftParts): readonly Routine[] {
  return [
    { name: 'shift reminders', everyMs: MINUTE, run: (now) => remind(parts, now) },
    { name: 'hand-offs', everyMs: MINUTE, run: (now) => handOver(parts, now) },
    { name: 'cover requests', everyMs: MINUTE, run: (now) => expireRequests(parts, now) },
    {
      name: 'forget',
      everyMs: DAY,
      run: (now) => forgetNotices(parts.store.db, new Date(now.getTime() - 400 * DAY)),
    },
  ];
}

/** Reminds people of their shifts, and tells others of those who have not shown that they can be reached. */
async function remind({ store, directory, wake }: ShiftParts, now: Date): Promise<void> {
  const current = directory();
  const keys = shiftsToCheck(current, now).flatMap((shift) => [
    SHIFT_KEYS.asked(shift),
    SHIFT_KEYS.reached(shift),
  ]);
  const due = [
    ...remindersDue(current, now, await liveAbsences(store.db, now)),
    ...unreachedDue(current, now, await readNotices(store.db, keys)),
  ];
  if (due.length === 0) return;
  await inTransaction(store.db, (tx) => tellOnce(tx, due, now));
  wake();
}

async function tellOnce(tx: Db, due: readonly Reminder[], now: Date): Promise<void> {
  const fresh = await claimNotices(
    tx,
    due.map(({ key }) => key),
    now,
  );
  await queueEffects(
    tx,
    due.filter(({ key }) => fresh.has(key)).flatMap(({ effects }) => effects),
    now,
  );
}

/** Hands over from those who were on call to those who are. */
async function handOver(parts: ShiftParts, now: Date): Promise<void> {
  const { store, directory } = parts;
  const current = directory();
  const ids = [...current.schedules.keys()];
  // What was before a schedule was first seen is nobody's news.
  await claimNotices(store.db, ids.map(seenKey), now);
  const seen = await readNotices(store.db, ids.map(seenKey));
  for (const named of current.schedules.values()) {
    const since = Math.max(
      now.getTime() - MISSED_MS,
      seen.get(seenKey(named.id))?.getTime() ?? now.getTime(),
    );
    const handOff = latestHandOff(named, new Date(since), now);
    if (handOff !== null) await handOverOnce(parts, handOff, now);
  }
}

function seenKey(schedule: string): string {
  return `schedule-seen:${schedule}`;
}

async function handOverOnce(
  { store, directory, wake }: ShiftParts,
  handOff: HandOff,
  now: Date,
): Promise<void> {
  const { schedule, at } = handOff;
  const isNew = await inTransaction(store.db, async (tx) => {
    const fresh = await claimNotices(tx, [`handoff:${schedule}:${at.toISOString()}`], now);
    if (fresh.size === 0) return false;
    const facts = {
      directory: directory(),
      work: await openWork(tx),
      silences: (await liveSilences(tx)).filter((one) => isActive(one, now)),
      notes: await waitingNotes(tx, schedule),
    };
    if (handOff.comes.length > 0) await deliverNotes(tx, schedule, now);
    await queueEffects(tx, handOffEffects(handOff, facts), now);
    return true;
  });
  if (isNew) wake();
}

async function openWork(db: Db) {
  const incidents = await listIncidents(db, { state: 'open', limit: MOST_OPEN });
  const work = [];
  for (const incident of incidents) work.push({ incident, runs: await incidentRuns(db, incident.id) });
  return work;
}

/** Ends requests for cover that nobody answered in time. */
async function expireRequests({ store, door }: ShiftParts, now: Date): Promise<void> {
  for (const [schedule, { requests }] of await readRosters(store.db)) {
    const due = requests.filter(({ end, expiresAt }) => end === null && expiresAt <= now);
    for (const { id } of due) await door.say({ type: 'roster.expire', by: BOT, schedule, requestId: id });
  }
}
