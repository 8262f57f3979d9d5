import { tellHappened } from './tell-happened.ts';
import type { Actor } from '../domain/actor.ts';
import { alertId } from '../domain/alert/alert.ts';
import { groupKeys, receive } from '../domain/alert/receive.ts';
import type { Received } from '../domain/alert/receive.ts';
import type { Signal } from '../domain/alert/signal.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { saveAlerts, saveGroups } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { drawIncidentNumbers } from '../store/incidents.ts';
import { takeFromInbox } from '../store/inbox.ts';
import type { InMind, Taken } from '../store/inbox.ts';
import { inTransaction } from '../store/transaction.ts';
import { openBook } from './alert-book.ts';
import type { EngineParts } from './engine-parts.ts';
import { flush } from './flush.ts';
import { gather } from './gather.ts';
import { makeRoomFor, sayIn } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/**
 * Decides the oldest alerts of the inbox, `most` of them, and these behind them: one transaction for all, so that a storm costs per
 * batch and not per alert. Answers with what it took out of the inbox.
 */
export async function receiveAlerts(parts: EngineParts, batch: Batch): Promise<Taken> {
  const { taken, done } = await inTransaction(parts.store.db, (tx) => receiveIn(tx, parts, batch));
  if (done === null) return taken;
  const { work, tally } = done;
  faultPoint('receive.after-commit');
  parts.hooks.received?.(tally);
  tellHappened(work);
  parts.wake(work);
  return taken;
}

interface Batch {
  readonly signals: readonly Signal[];
  readonly most: number;
  readonly inMind: InMind;
}

async function receiveIn(tx: Db, parts: EngineParts, batch: Batch) {
  const taken = await takeFromInbox(tx, batch.most, batch.inMind);
  const signals = [...taken.signals, ...batch.signals];
  return { taken, done: signals.length === 0 ? null : await decideIn(tx, parts, signals) };
}

async function decideIn(tx: Db, parts: EngineParts, signals: readonly Signal[]) {
  const directory = parts.directory();
  const ids = signals.map(({ source, key }) => alertId(source, key));
  const { work, book } = await openBook(tx, parts, { ids, keys: groupKeys(signals, directory) });
  const received = receive(book, signals, gather(work.now, directory, null));
  await storeReceived(work, received);
  faultPoint('receive.before-commit');
  return { work, tally: received.tally };
}

/** Declares the new incidents, tells the others what their alerts did, and writes all of it. Answers with the numbers of the new ones, by group. */
export async function storeReceived(
  work: Workspace,
  received: Received,
): Promise<ReadonlyMap<string, number>> {
  const { tx } = work;
  const numbers = await numbersFor(tx, received);
  await tell(work, received, numbers);
  const groups = received.groups.map((group) => ({
    ...group,
    incidentId: numbers.get(group.id) ?? group.incidentId,
  }));
  await Promise.all([saveAlerts(tx, received.alerts), saveGroups(tx, groups), flush(work)]);
  return numbers;
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
