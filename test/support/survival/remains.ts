import type { Directory } from '../../../src/domain/directory.ts';
import { evolve, react } from '../../../src/domain/decide.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import type { TimerChange } from '../../../src/domain/timer.ts';
import type { World } from '../../../src/domain/world.ts';
import { EMPTY_WORLD } from '../../../src/domain/world.ts';
import type { Store } from '../../../src/store/db.ts';
import {
  alertGroups,
  alerts,
  escalationRuns,
  events,
  incidents,
  outbox,
  pages,
  timers,
} from '../../../src/store/schema/core.ts';
import { lookAtConsole } from './sight.ts';
import type { Look } from './sight.ts';

/** Everything that the bots left in the database and on the platform where people are, read after they were stopped. */
export type Remains = Awaited<ReturnType<typeof readRemains>>;

/** Reads it all; people are at the console unless a look elsewhere is given. */
export async function readRemains(store: Store, look: Look = lookAtConsole) {
  const { db } = store;
  return {
    ...(await look(store)),
    incidents: await db.select().from(incidents).orderBy(incidents.id),
    runs: await db.select().from(escalationRuns).orderBy(escalationRuns.incidentId, escalationRuns.number),
    pages: await db.select().from(pages).orderBy(pages.incidentId, pages.place),
    events: await db.select().from(events).orderBy(events.incidentId, events.seq),
    alerts: await db.select().from(alerts),
    groups: await db.select().from(alertGroups),
    timers: await db.select().from(timers),
    outbox: await db.select().from(outbox).orderBy(outbox.id),
  };
}

/** One incident's story told again: what its log makes of it, and all that the log demanded. */
export interface Story {
  readonly incidentId: number;
  readonly log: readonly RecordedEvent[];
  /** As the log alone makes it. */
  readonly told: World;
  /** As the database holds it. */
  readonly stored: World;
  /** In their order. */
  readonly effects: readonly Effect[];
  /** What was set last under each key and not cleared since; some of them have fired. */
  readonly waits: ReadonlyMap<string, Date>;
}

/** Tells the story of every incident again, with the domain's own evolve and react. */
export function storiesOf(remains: Remains, directory: Directory): readonly Story[] {
  const logs = Map.groupBy(remains.events, (event) => event.incidentId);
  const ids = new Set([...logs.keys(), ...remains.incidents.map(({ id }) => id)]);
  return [...ids].map((id) => storyOf(id, logs.get(id) ?? [], remains, directory));
}

function storyOf(
  incidentId: number,
  log: readonly RecordedEvent[],
  remains: Remains,
  directory: Directory,
): Story {
  let told = EMPTY_WORLD;
  const effects: Effect[] = [];
  const waits = new Map<string, Date>();
  for (const happening of log) {
    told = evolve(told, happening);
    const given = { now: happening.at, directory, policyRuns: new Map<string, number>() };
    const reaction = react(happening, told, given);
    effects.push(...(reaction.effects ?? []));
    for (const change of reaction.timers ?? []) keep(waits, change);
  }
  return { incidentId, log, told, stored: storedWorld(incidentId, remains), effects, waits };
}

function keep(waits: Map<string, Date>, change: TimerChange): void {
  if (change.kind === 'set') waits.set(change.key, change.dueAt);
  else waits.delete(change.key);
}

function storedWorld(id: number, remains: Remains): World {
  const own = (row: { readonly incidentId: number }) => row.incidentId === id;
  return {
    incident: remains.incidents.find((row) => row.id === id)?.state ?? null,
    runs: remains.runs.filter(own).map(({ state }) => state),
    pages: remains.pages.filter(own).map(({ state }) => state),
  };
}
