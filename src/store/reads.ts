import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Alert } from '../domain/alert/alert.ts';
import type { Runs } from '../domain/escalation/run.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Page, Pages } from '../domain/page/page.ts';
import type { World } from '../domain/world.ts';
import { EMPTY_WORLD } from '../domain/world.ts';
import type { Db } from './db.ts';
import { loadPages, loadRuns } from './incidents.ts';
import { preparedOn } from './prepared.ts';
import { alertGroups, alerts, events, incidents, pages } from './schema/core.ts';

/** More than any screen names; the incident itself counts them all. */
const SHOWN_ALERTS = 12;
/** States of an incident in which people may still have to act. */
export const OPEN = ['triage', 'investigating', 'identified', 'monitoring'];

/** Which incidents a list shows, newest first. `open`: people may still have to act; `recent`: those that changed last, open or not. */
export interface IncidentFilter {
  readonly state: 'open' | 'recent' | 'all';
  readonly limit: number;
}

const finding = preparedOn((db) =>
  db
    .select({ state: incidents.state })
    .from(incidents)
    .where(eq(incidents.id, sql.placeholder('id')))
    .prepare('find_incident'),
);

/** The incident with this number, or null. Numbers that no database could hold are nobody's. */
export async function findIncident(db: Db, id: number): Promise<Incident | null> {
  if (!Number.isInteger(id) || id < 1 || id > 2 ** 31 - 1) return null;
  const rows = await finding(db).execute({ id });
  return rows[0]?.state ?? null;
}

/** Incidents, private ones included: who may see what is the caller's business. */
export async function listIncidents(db: Db, { state, limit }: IncidentFilter): Promise<readonly Incident[]> {
  const rows = await db
    .select({ state: incidents.state })
    .from(incidents)
    .where(state === 'open' ? inArray(incidents.status, OPEN) : undefined)
    .orderBy(desc(state === 'recent' ? incidents.updatedAt : incidents.id))
    .limit(limit);
  return rows.map((row) => row.state);
}

/** Incidents that were resolved at `before` or earlier and have not been closed, the oldest first. */
export async function resolvedBefore(db: Db, before: Date, limit: number): Promise<readonly Incident[]> {
  const rows = await db
    .select({ state: incidents.state })
    .from(incidents)
    .where(and(eq(incidents.status, 'resolved'), lte(incidents.resolvedAt, before)))
    .orderBy(asc(incidents.resolvedAt))
    .limit(limit);
  return rows.map((row) => row.state);
}

/** The newest incident that works in this room, or null. */
export async function incidentOfRoom(db: Db, platform: string, roomId: string): Promise<Incident | null> {
  const rows = await db
    .select({ state: incidents.state })
    .from(incidents)
    .where(and(eq(incidents.roomPlatform, platform), eq(incidents.roomId, roomId)))
    .orderBy(desc(incidents.id))
    .limit(1);
  return rows[0]?.state ?? null;
}

/** The whole log of an incident, oldest first. */
export async function incidentEvents(db: Db, id: number): Promise<readonly RecordedEvent[]> {
  return db
    .select({
      incidentId: events.incidentId,
      seq: events.seq,
      at: events.at,
      by: events.by,
      event: events.event,
    })
    .from(events)
    .where(eq(events.incidentId, id))
    .orderBy(asc(events.seq));
}

/** All runs of an incident, in the order in which they began. */
export async function incidentRuns(db: Db, id: number): Promise<Runs> {
  return (await loadRuns(db, [id])).get(id) ?? [];
}

/** All pages of an incident, in the order in which they began. */
export async function incidentPages(db: Db, id: number): Promise<Pages> {
  return (await loadPages(db, [id])).get(id) ?? [];
}

/** Alerts of an incident's groups: those that fire first, then by when they were last told, newest first. */
export async function incidentAlerts(db: Db, id: number, limit = SHOWN_ALERTS): Promise<readonly Alert[]> {
  const first = [asc(alerts.status), desc(alerts.lastAt), asc(alerts.id)] as const;
  // By group, so that the index gives the first ones and a storm of thousands is not sorted for each look.
  const ofGroup = db
    .select({ ...ALERT, id: alerts.id })
    .from(alerts)
    .where(eq(alerts.groupId, alertGroups.id))
    .orderBy(...first)
    .limit(limit)
    .as('of_group');
  return db
    .select({
      source: ofGroup.source,
      key: ofGroup.key,
      status: ofGroup.status,
      signal: ofGroup.signal,
      firstAt: ofGroup.firstAt,
      lastAt: ofGroup.lastAt,
      count: ofGroup.count,
      groupId: ofGroup.groupId,
      silencedBy: ofGroup.silencedBy,
    })
    .from(alertGroups)
    .crossJoinLateral(ofGroup)
    .where(eq(alertGroups.incidentId, id))
    .orderBy(asc(ofGroup.status), desc(ofGroup.lastAt), asc(ofGroup.id))
    .limit(limit);
}

/** The columns that make an Alert. */
export const ALERT = {
  source: alerts.source,
  key: alerts.key,
  status: alerts.status,
  signal: alerts.signal,
  firstAt: alerts.firstAt,
  lastAt: alerts.lastAt,
  count: alerts.count,
  groupId: alerts.groupId,
  silencedBy: alerts.silencedBy,
};

/** A page with the incident that it is for. */
export interface OpenPage {
  readonly incidentId: number;
  readonly page: Page;
}

/** Pages that wait for this person, newest first. */
export async function openPagesOf(db: Db, personId: string): Promise<readonly OpenPage[]> {
  return db
    .select({ incidentId: pages.incidentId, page: pages.state })
    .from(pages)
    .where(and(eq(pages.personId, personId), isNull(pages.endedAt)))
    .orderBy(desc(pages.startedAt));
}

/** Everything about an incident as it is committed; the empty world when there is none. */
export async function worldOf(db: Db, id: number): Promise<World> {
  const incident = await findIncident(db, id);
  if (!incident) return EMPTY_WORLD;
  return { incident, runs: await incidentRuns(db, id), pages: await incidentPages(db, id) };
}
