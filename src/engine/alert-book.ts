import type { AlertBook } from '../domain/alert/alert.ts';
import { isOpen } from '../domain/incident/incident.ts';
import { findAlerts, lockGroups, newestGroupIds } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { liveSilences } from '../store/silences.ts';
import type { EngineParts } from './engine-parts.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** What a batch of signals speaks of. */
export interface Names {
  /** Of the alerts. */
  readonly ids: readonly string[];
  /** Of the groups that they may join. */
  readonly keys: readonly string[];
}

/** Reads what is known of these alerts, and locks the groups and the incidents that they may touch. */
export async function openBook(
  tx: Db,
  parts: EngineParts,
  { ids, keys }: Names,
): Promise<{ readonly work: Workspace; readonly book: AlertBook }> {
  const [silences, alerts, newestIds] = await Promise.all([
    liveSilences(tx),
    findAlerts(tx, ids),
    newestGroupIds(tx, keys),
  ]);
  const newest = new Set(newestIds);
  const homes = [...alerts.values()].flatMap(({ groupId }) => (groupId === null ? [] : [groupId]));
  const groups = await lockGroups(tx, [...new Set([...newest, ...homes])]);
  const incidentIds = new Set(groups.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId])));
  const work = await openWorkspace(tx, parts, [...incidentIds]);
  const named = groups.map((group) => [newest.has(group.id) ? group.key : group.id, group] as const);
  return { work, book: { alerts, groups: new Map(named), openIncidents: openOnes(work), silences } };
}

function openOnes({ desks }: Workspace): ReadonlySet<number> {
  const open = [...desks].filter(([, { world }]) => world.incident !== null && isOpen(world.incident));
  return new Set(open.map(([id]) => id));
}
