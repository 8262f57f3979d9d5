import { tellHappened } from './tell-happened.ts';
import type { Actor } from '../domain/actor.ts';
import { alertId } from '../domain/alert/alert.ts';
import { groupKeys, receive } from '../domain/alert/receive.ts';
import type { Received } from '../domain/alert/receive.ts';
import type { Signal } from '../domain/alert/signal.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { lockNames, saveAlerts, saveGroups } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { drawIncidentNumbers } from '../store/incidents.ts';
import { inTransaction } from '../store/transaction.ts';
import { openBook } from './alert-book.ts';
import type { EngineParts } from './engine-parts.ts';
import { flush, hasWork } from './flush.ts';
import { gather } from './gather.ts';
import { makeRoomFor, sayIn } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Takes alerts in: one transaction for all of them, so that a storm costs per batch and not per alert. */
export async function receiveAlerts(parts: EngineParts, signals: readonly Signal[]): Promise<void> {
  const { work, received } = await inTransaction(parts.store.db, (tx) => receiveIn(tx, parts, signals));
  faultPoint('receive.after-commit');
  parts.hooks.received?.(received.tally);
  tellHappened(work);
  if (hasWork(work)) parts.wake();
}

async function receiveIn(tx: Db, parts: EngineParts, signals: readonly Signal[]) {
  const directory = parts.directory();
  const ids = signals.map(({ source, key }) => alertId(source, key));
  const keys = groupKeys(signals, directory);
  // By the alerts' own names too: what an alert is told under may change, and with it the group that it would join.
  await lockNames(tx, [...keys, ...ids]);
  const { work, book } = await openBook(tx, parts, { ids, keys });
  const received = receive(book, signals, gather(work.now, directory, null));
  const numbers = await numbersFor(tx, received);
  await tell(work, received, numbers);
  const groups = received.groups.map((group) => ({
    ...group,
    incidentId: numbers.get(group.id) ?? group.incidentId,
  }));
  await Promise.all([saveAlerts(tx, received.alerts), saveGroups(tx, groups), flush(work)]);
  faultPoint('receive.before-commit');
  return { work, received };
}

async function numbersFor(tx: Db, { declarations }: Received): Promise<ReadonlyMap<string, number>> {
  if (declarations.length === 0) return new Map();
  const drawn = await drawIncidentNumbers(tx, declarations.length);
  return new Map(declarations.map(({ groupId }, i) => [groupId, drawn[i] ?? 0]));
}

/** Says to the incidents what their alerts did, and declares the new ones. */
async function tell(
  work: Workspace,
  received: Received,
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const sources = sourcesOf(received);
  for (const { groupId, declaration, note } of received.declarations) {
    const about = { by: sources.ofGroup(groupId), incidentId: numbers.get(groupId) ?? 0 };
    makeRoomFor(work, about.incidentId);
    await sayIn(work, { type: 'incident.declare', ...about, ...declaration });
    await sayIn(work, { type: 'incident.note_alerts', ...about, ...note });
  }
  for (const { incidentId, note } of received.notes) {
    await sayIn(work, {
      type: 'incident.note_alerts',
      by: sources.ofIncident(incidentId),
      incidentId,
      ...note,
    });
  }
}

/** Which monitor speaks for a group: that of the first of its alerts in the batch. */
function sourcesOf({ alerts, groups }: Received) {
  const first = new Map<string, string>();
  for (const { groupId, source } of alerts)
    if (groupId !== null && !first.has(groupId)) first.set(groupId, source);
  const home = new Map(groups.map(({ id, incidentId }) => [incidentId, id]));
  const ofGroup = (groupId: string | undefined): Actor => {
    const source = groupId === undefined ? undefined : first.get(groupId);
    return source === undefined ? { kind: 'bot' } : { kind: 'monitor', source };
  };
  return { ofGroup, ofIncident: (incidentId: number) => ofGroup(home.get(incidentId)) };
}
