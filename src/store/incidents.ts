import { asc, sql } from 'drizzle-orm';
import type { Run } from '../domain/escalation/run.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Page } from '../domain/page/page.ts';
import { insertRows, isOneOf } from './bulk.ts';
import { toJson } from './columns.ts';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';
import { preparedOn } from './prepared.ts';
import { escalationRuns, incidents, pages } from './schema/core.ts';

/** An incident and how many events it has. */
export interface LockedIncident {
  readonly incident: Incident;
  readonly lastSeq: number;
}

/** Draws numbers for new incidents. They are gone even when the transaction rolls back. */
export async function drawIncidentNumbers(db: Db, count: number): Promise<readonly number[]> {
  const rows = await rowsOf<{ n: number }>(
    db,
    sql`select nextval('incident_numbers')::int as n from generate_series(1, ${count}::int)`,
  );
  return rows.map(({ n }) => n);
}

const locking = preparedOn((db) =>
  db
    .select({ id: incidents.id, state: incidents.state, lastSeq: incidents.lastSeq })
    .from(incidents)
    .where(isOneOf(incidents.id, sql.placeholder('ids')))
    .orderBy(asc(incidents.id))
    .for('update')
    .prepare('lock_incidents'),
);

const loadingRuns = preparedOn((db) =>
  db
    .select({ id: escalationRuns.incidentId, state: escalationRuns.state })
    .from(escalationRuns)
    .where(isOneOf(escalationRuns.incidentId, sql.placeholder('ids')))
    .orderBy(asc(escalationRuns.incidentId), asc(escalationRuns.number))
    .prepare('load_runs'),
);

const loadingPages = preparedOn((db) =>
  db
    .select({ id: pages.incidentId, state: pages.state })
    .from(pages)
    .where(isOneOf(pages.incidentId, sql.placeholder('ids')))
    .orderBy(asc(pages.incidentId), asc(pages.place))
    .prepare('load_pages'),
);

/** Locks these incidents until the transaction ends, in the order of their numbers, and reads them. */
export async function lockIncidents(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, LockedIncident>> {
  if (ids.length === 0) return new Map();
  const rows = await locking(db).execute({ ids: toJson(ids) });
  return new Map(rows.map(({ id, state, lastSeq }) => [id, { incident: state, lastSeq }]));
}

/** The runs of each of these incidents, in the order in which they began. */
export async function loadRuns(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, readonly Run[]>> {
  if (ids.length === 0) return new Map();
  const rows = await loadingRuns(db).execute({ ids: toJson(ids) });
  return byIncident(rows);
}

/** The pages of each of these incidents, in the order in which they began. */
export async function loadPages(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly Page[]>> {
  if (ids.length === 0) return new Map();
  const rows = await loadingPages(db).execute({ ids: toJson(ids) });
  return byIncident(rows);
}

function byIncident<T>(
  rows: readonly { readonly id: number; readonly state: T }[],
): ReadonlyMap<number, readonly T[]> {
  const grouped = new Map<number, T[]>();
  for (const { id, state } of rows) {
    const list = grouped.get(id);
    if (list) list.push(state);
    else grouped.set(id, [state]);
  }
  return grouped;
}

/** Writes incidents as they now stand, new ones included. Their locks are held by the caller. */
export async function saveIncidents(db: Db, changed: readonly LockedIncident[], now: Date): Promise<void> {
  const rows = changed.map(({ incident, lastSeq }) => ({
    id: incident.id,
    status: incident.status,
    severity: incident.severity,
    kind: incident.kind,
    visibility: incident.visibility,
    service: incident.service,
    title: incident.title,
    declaredAt: incident.declaredAt,
    resolvedAt: incident.resolvedAt,
    roomPlatform: incident.room?.platform ?? null,
    roomId: incident.room?.roomId ?? null,
    lastSeq,
    state: incident,
    updatedAt: now,
  }));
  await insertRows(db, incidents, rows, {
    target: 'id',
    set: [
      'status',
      'severity',
      'kind',
      'visibility',
      'service',
      'title',
      'resolvedAt',
      'roomPlatform',
      'roomId',
      'lastSeq',
      'state',
      'updatedAt',
    ],
  });
}

/** A run with the incident that it belongs to. */
export interface OwnedRun {
  readonly incidentId: number;
  readonly run: Run;
}

/** Writes runs as they now stand, new ones included. */
export async function saveRuns(db: Db, changed: readonly OwnedRun[]): Promise<void> {
  const rows = changed.map(({ incidentId, run }) => ({
    id: run.id,
    incidentId,
    number: run.number,
    status: run.status,
    state: run,
  }));
  await insertRows(db, escalationRuns, rows, { target: 'id', set: ['status', 'state'] });
}

/** A page with the incident that it belongs to and its place among the pages there. */
export interface OwnedPage {
  readonly incidentId: number;
  readonly place: number;
  readonly page: Page;
}

/** Writes pages as they now stand, new ones included. */
export async function savePages(db: Db, changed: readonly OwnedPage[]): Promise<void> {
  const rows = changed.map(({ incidentId, place, page }) => ({
    id: page.id,
    incidentId,
    place,
    personId: page.personId,
    startedAt: page.startedAt,
    endedAt: page.end?.at ?? null,
    endWhy: page.end?.why ?? null,
    state: page,
  }));
  await insertRows(db, pages, rows, { target: 'id', set: ['endedAt', 'endWhy', 'state'] });
}
