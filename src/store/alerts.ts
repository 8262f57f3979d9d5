import { asc, desc } from 'drizzle-orm';
import type { Alert, AlertGroup } from '../domain/alert/alert.ts';
import { alertId } from '../domain/alert/alert.ts';
import { isAnyOf, insertRows } from './bulk.ts';
import type { Db } from './db.ts';
import { ALERT } from './reads.ts';
import { alertGroups, alerts } from './schema/core.ts';

const GROUP = {
  id: alertGroups.id,
  key: alertGroups.key,
  route: alertGroups.route,
  service: alertGroups.service,
  openedAt: alertGroups.openedAt,
  lastAlertAt: alertGroups.lastAlertAt,
  incidentId: alertGroups.incidentId,
  firing: alertGroups.firing,
  total: alertGroups.total,
};

/** Alerts by `alertId`. */
export async function findAlerts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Alert>> {
  const rows = await db.select(ALERT).from(alerts).where(isAnyOf(alerts.id, ids));
  return new Map(rows.map((alert) => [alertId(alert.source, alert.key), alert]));
}

/** The id of the newest group under each key. */
export async function newestGroupIds(db: Db, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectDistinctOn([alertGroups.key], { id: alertGroups.id })
    .from(alertGroups)
    .where(isAnyOf(alertGroups.key, keys))
    .orderBy(alertGroups.key, desc(alertGroups.openedAt), desc(alertGroups.id));
  return rows.map(({ id }) => id);
}

/** Locks groups until the transaction ends, in the order of their ids, and reads them. */
export async function lockGroups(db: Db, ids: readonly string[]): Promise<readonly AlertGroup[]> {
  if (ids.length === 0) return [];
  return db
    .select(GROUP)
    .from(alertGroups)
    .where(isAnyOf(alertGroups.id, ids))
    .orderBy(asc(alertGroups.id))
    .for('update');
}

/** Writes alerts as they now stand. */
export async function saveAlerts(db: Db, changed: readonly Alert[]): Promise<void> {
  const rows = changed
    .map((alert) => ({ id: alertId(alert.source, alert.key), ...alert }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await insertRows(db, alerts, rows, {
    target: 'id',
    set: ['status', 'groupId', 'silencedBy', 'firstAt', 'lastAt', 'count', 'signal'],
  });
}

/** Writes groups as they now stand. */
export async function saveGroups(db: Db, changed: readonly AlertGroup[]): Promise<void> {
  const rows = changed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await insertRows(db, alertGroups, rows, {
    target: 'id',
    set: ['lastAlertAt', 'incidentId', 'firing', 'total'],
  });
}
