import type { Run } from '../domain/escalation/run.ts';
import type { Page } from '../domain/page/page.ts';
import { notify } from '../store/db.ts';
import { addEvents } from '../store/events.ts';
import { saveIncidents, savePages, saveRuns } from '../store/incidents.ts';
import type { LockedIncident, OwnedPage, OwnedRun } from '../store/incidents.ts';
import { queueEffects } from '../store/outbox.ts';
import { savePolicyRuns } from '../store/policy-runs.ts';
import { keepSayings } from '../store/said-once.ts';
import { changeTimers } from '../store/timers.ts';
import { WORK_CHANNEL } from './engine-parts.ts';
import type { Desk, Workspace } from './workspace.ts';

/**
 * Writes all that a transaction has to write, each kind at once and without waiting between them. Their order does not matter: what
 * is written here is covered by locks that are held already, but for the outbox, whose locks are always the last.
 */
export async function flush(work: Workspace): Promise<void> {
  const { tx, now } = work;
  const desks = [...work.desks];
  // First, so that nothing else is under way when it says that all this was done before.
  await keepSayings(tx, work.sayings, now);
  await Promise.all([
    saveIncidents(tx, desks.flatMap(changedIncident), now),
    saveRuns(tx, desks.flatMap(changedRuns)),
    savePages(tx, desks.flatMap(changedPages)),
    addEvents(tx, work.events),
    work.turns && savePolicyRuns(tx, work.turns),
    changeTimers(tx, work.timers),
    queueEffects(tx, work.effects, now),
    hasWork(work) && work.parts.store.kind === 'postgres' && notify(tx, WORK_CHANNEL, work.parts.processId),
  ]);
}

/** True when the loops have something new to look at. */
function hasWork({ effects, timers }: Workspace): boolean {
  return effects.length > 0 || timers.length > 0;
}

function changedIncident([, desk]: [number, Desk]): readonly LockedIncident[] {
  const { incident } = desk.world;
  return incident && desk.lastSeq > 0 && hasChanged(desk) ? [{ incident, lastSeq: desk.lastSeq }] : [];
}

function hasChanged({ before, world }: Desk): boolean {
  return before !== world;
}

function changedRuns([incidentId, { before, world }]: [number, Desk]): readonly OwnedRun[] {
  return changed(before.runs, world.runs).map(({ value }) => ({ incidentId, run: value }));
}

function changedPages([incidentId, { before, world }]: [number, Desk]): readonly OwnedPage[] {
  return changed(before.pages, world.pages).map(({ value, place }) => ({ incidentId, page: value, place }));
}

function changed<T extends Run | Page>(before: readonly T[], after: readonly T[]) {
  const known: ReadonlySet<T> = new Set(before);
  return after.map((value, place) => ({ value, place })).filter(({ value }) => !known.has(value));
}
