import type { Refusal } from '../domain/decision.ts';
import type { Directory } from '../domain/directory.ts';
import type { SilenceCommand } from '../domain/alert/silence-rules.ts';
import type { HolidayCommand } from '../domain/holiday/said.ts';
import type { AbsenceCommand } from '../domain/roster/absence.ts';
import type { RosterCommand } from '../domain/roster/commands.ts';
import { decideRoster } from '../domain/roster/decide.ts';
import type { RosterGiven } from '../domain/roster/given.ts';
import type { ShiftCommand } from '../domain/roster/shift-commands.ts';
import type { RosterEvent } from '../domain/roster/events.ts';
import { evolveRoster } from '../domain/roster/evolve.ts';
import { plannedOf } from '../domain/roster/overlay.ts';
import { reactToRoster } from '../domain/roster/react.ts';
import type { Roster } from '../domain/roster/roster.ts';
import type { Clock } from '../lib/clock.ts';
import type { Db, Store } from '../store/db.ts';
import { notify } from '../store/db.ts';
import { queueEffects } from '../store/outbox.ts';
import { liveAbsences } from '../store/absences.ts';
import { keepSayings } from '../store/said-once.ts';
import type { Saying } from '../store/said-once.ts';
import { addRosterEvents, drawRosterNumbers, lockRoster, saveRoster } from '../store/rosters.ts';
import { inTransaction } from '../store/transaction.ts';
import { WORK_CHANNEL } from './engine-parts.ts';
import { handleAbsence } from './handle-absence.ts';
import type { AbsenceSaid } from './handle-absence.ts';
import { handleHoliday } from './handle-holiday.ts';
import type { HolidaySaid } from './handle-holiday.ts';
import { handleShift } from './handle-shift.ts';
import type { ShiftSaid } from './handle-shift.ts';
import { handleSilence } from './handle-silence.ts';
import type { SilenceSaid } from './handle-silence.ts';
import { overlayChanged } from './overlay.ts';
import type { Overlay } from './overlay.ts';

/** What came of something said about a roster; `roster` is as it stands after it. */
export type RosterSaid =
  | { readonly kind: 'done'; readonly roster: Roster; readonly events: readonly RosterEvent[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * How every room changes who is on call, and which alerts are silenced. Answers after the commit, when this process already answers by it. What was done under the key
 * `once` before throws `SaidBefore`, and is not done again.
 */
export interface RosterDoor {
  readonly say: (command: RosterCommand, once?: string) => Promise<RosterSaid>;
  readonly sayAbsence: (command: AbsenceCommand, once?: string) => Promise<AbsenceSaid>;
  readonly sayHoliday: (command: HolidayCommand, once?: string) => Promise<HolidaySaid>;
  readonly sayShift: (command: ShiftCommand, once?: string) => Promise<ShiftSaid>;
  /** No alert that comes after the answer is decided without it. */
  readonly saySilence: (command: SilenceCommand, once?: string) => Promise<SilenceSaid>;
}

/** What the door works with. */
export interface RosterParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly overlay: Pick<Overlay, 'directory' | 'refresh'>;
  /** Wakes the loops of this process: there is something to tell. */
  readonly wake: () => void;
}

/** The door over `handleRoster`. */
export function openRosterDoor(parts: RosterParts): RosterDoor {
  return {
    say: async (command, once) => {
      const directory = parts.overlay.directory();
      const said = await onceIn(parts, once, (tx) => handleRoster(tx, { parts, directory, command }));
      if (said.kind === 'done' && said.events.length > 0) {
        await parts.overlay.refresh();
        parts.wake();
      }
      return said;
    },
    sayAbsence: (command, once) => onceIn(parts, once, (tx) => handleAbsence(tx, command, aboutNow(parts))),
    sayHoliday: async (command, once) => {
      const said = await onceIn(parts, once, async (tx) => {
        const done = await handleHoliday(tx, command, aboutNow(parts));
        if (done.kind === 'done') await overlayChanged(tx, parts.store.kind);
        return done;
      });
      if (said.kind === 'done') {
        await parts.overlay.refresh();
        parts.wake();
      }
      return said;
    },
    sayShift: (command, once) => onceIn(parts, once, (tx) => handleShift(tx, command, aboutNow(parts))),
    saySilence: async (command, once) => {
      const said = await onceIn(parts, once, (tx) => handleSilence(tx, command, aboutNow(parts)));
      if (said.kind === 'done') parts.wake();
      return said;
    },
  };
}

/** What is refused changes nothing and may be said again. */
function onceIn<T extends { readonly kind: 'done' | 'refused' }>(
  { store, clock }: RosterParts,
  once: string | undefined,
  change: (tx: Db) => Promise<T>,
): Promise<T> {
  return inTransaction(store.db, async (tx) => {
    const said = await change(tx);
    if (once !== undefined && said.kind === 'done') await keepSayings(tx, [ofNoIncident(once)], clock.now());
    return said;
  });
}

function ofNoIncident(key: string): Saying {
  return { key, incidentId: null, firstSeq: null, lastSeq: null, refusal: null };
}

function aboutNow({ clock, overlay }: RosterParts) {
  return { now: clock.now(), directory: overlay.directory() };
}

interface Handling {
  readonly parts: RosterParts;
  readonly directory: Directory;
  readonly command: RosterCommand;
}

/** One transaction: lock, decide, write the state, the log and what is to be told. */
async function handleRoster(tx: Db, { parts, directory, command }: Handling): Promise<RosterSaid> {
  const named = directory.schedules.get(command.schedule);
  if (named === undefined) return noSuchSchedule(command.schedule);
  const before = await lockRoster(tx, command.schedule);
  const now = parts.clock.now();
  const given: RosterGiven = {
    now,
    directory,
    schedule: { ...named, schedule: plannedOf(named) },
    absences: await liveAbsences(tx, now),
  };
  const decision = decideRoster(before.roster, command, given);
  if (decision.kind === 'refused') return decision;
  if (decision.events.length === 0) return { kind: 'done', roster: before.roster, events: [] };
  const events = await number(tx, decision.events);
  const about = { by: command.by, at: now };
  const roster = events.reduce((state, event) => evolveRoster(state, event, about), before.roster);
  const lastSeq = before.lastSeq + events.length;
  await saveRoster(tx, command.schedule, { roster, lastSeq });
  await addRosterEvents(
    tx,
    events.map((event, i) => ({ schedule: command.schedule, seq: before.lastSeq + 1 + i, ...about, event })),
  );
  const key = `roster:${command.schedule}:${lastSeq}`;
  await queueEffects(
    tx,
    reactToRoster({ by: command.by, events, before: before.roster, after: roster, key }, given),
    now,
  );
  await overlayChanged(tx, parts.store.kind);
  if (parts.store.kind === 'postgres') await notify(tx, WORK_CHANNEL);
  return { kind: 'done', roster, events };
}

async function number(tx: Db, events: readonly RosterEvent[]): Promise<readonly RosterEvent[]> {
  const isNew = ({ id }: RosterEvent) => id === 0;
  const numbers = (await drawRosterNumbers(tx, events.filter(isNew).length))[Symbol.iterator]();
  return events.map((event) => (isNew(event) ? { ...event, id: numbers.next().value ?? 0 } : event));
}

function noSuchSchedule(id: string): RosterSaid {
  return { kind: 'refused', refusal: { why: `There is no schedule ${id}.`, hint: '`oncall` lists them.' } };
}
