import { afterAll, beforeAll, expect, it } from 'vitest';
import { signal } from '../../test/support/alerts.ts';
import { anIncident } from '../../test/support/incident.ts';
import type { IncidentStatus } from '../domain/incident/incident.ts';
import type { AttemptState, Page } from '../domain/page/page.ts';
import type { Store } from './db.ts';
import { keepInInbox } from './inbox.ts';
import { saveIncidents, savePages } from './incidents.ts';
import { storeStats } from './metrics-reads.ts';
import { openStore } from './open-store.ts';
import { leaseEffects, queueEffects, retryEffect } from './outbox.ts';
import { changeTimers } from './timers.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const later = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000);

let store: Store;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(async () => store.close());

function pageWith(place: number, outcomes: readonly AttemptState[], end: Page['end'] = null): Page {
  const attempts = outcomes.map((outcome, rule) => ({
    id: `1/1/${place}/${rule}`,
    rule,
    channel: 'email',
    intendedAt: NOON,
    actedAt: null,
    bundle: null,
    outcome,
  }));
  const id = `1/1/${place}`;
  return {
    id,
    runId: '1/1',
    personId: 'zoe',
    startedAt: NOON,
    ackBy: later(300),
    heldUntil: null,
    rules: [],
    nextRule: 0,
    attempts,
    message: null,
    end,
  };
}

it('counts nothing in an empty database', async () => {
  expect(await storeStats(store.db, NOON)).toEqual({
    openIncidents: [],
    openPages: { sent: 0, unsent: 0 },
    outbox: { waiting: 0, leased: 0, dead: 0, retrying: 0, oldest: null },
    untriedSince: null,
    timers: { waiting: 0, overdue: 0, failing: 0, oldestDue: null },
    undecided: 0,
  });
});

it('counts what is open, what has gone out, what waits and what is late', async () => {
  const { db } = store;
  await keepInInbox(db, [signal({ key: 'a' }), signal({ key: 'b' })]);
  const statuses: IncidentStatus[] = ['triage', 'investigating', 'investigating', 'resolved', 'cancelled'];
  const incidents = statuses.map((status, i) => ({
    incident: anIncident({ id: i + 1, status }),
    lastSeq: 1,
  }));
  await saveIncidents(db, incidents, NOON);
  const sent: AttemptState = { state: 'sent', messageId: '<1>', at: NOON };
  const failed: AttemptState = { state: 'failed', reason: 'refused', at: NOON };
  const pages = [
    pageWith(1, [failed, sent]),
    pageWith(2, [{ state: 'delivered', messageId: '<2>', at: NOON }]),
    pageWith(3, []),
    pageWith(4, [{ state: 'intended' }, failed]),
    pageWith(5, [sent], { why: 'acknowledged', by: 'zoe', at: NOON }),
  ];
  await savePages(
    db,
    pages.map((page, i) => ({ incidentId: 1, place: i, page })),
  );
  await queueEffects(db, [{ type: 'chat.open_room', incidentId: 1 }], NOON);
  const tried = await leaseEffects(db, { kind: 'rest', now: NOON, limit: 1, leaseToken: 'me:1', inHand: [] });
  for (const lease of tried)
    await retryEffect(db, lease, { notBefore: later(60), reason: 'the chat is away' });
  // The first waits behind the room that is being retried, the second behind nothing.
  const draft = { type: 'postmortem.publish', incidentId: 1 } as const;
  await queueEffects(db, [draft], later(1));
  await queueEffects(db, [{ type: 'chat.sync_card', incidentId: 1 }], later(5));
  const command = { type: 'escalation.step_timed_out', incidentId: 1, runId: '1/1', entry: 1 } as const;
  await changeTimers(db, [
    { kind: 'set', key: 'late', dueAt: later(10), command },
    { kind: 'set', key: 'ahead', dueAt: later(600), command },
  ]);

  const { openIncidents, ...rest } = await storeStats(db, later(60));
  expect(openIncidents.toSorted((a, b) => a.count - b.count)).toEqual([
    { status: 'triage', severity: 'sev1', count: 1 },
    { status: 'investigating', severity: 'sev1', count: 2 },
  ]);
  expect(rest).toEqual({
    openPages: { sent: 2, unsent: 2 },
    outbox: { waiting: 3, leased: 0, dead: 0, retrying: 1, oldest: NOON },
    untriedSince: later(5),
    timers: { waiting: 2, overdue: 1, failing: 0, oldestDue: later(10) },
    undecided: 2,
  });
});
