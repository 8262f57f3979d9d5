import { isNotNull } from 'drizzle-orm';
import { index, integer, pgSequence, pgTable, primaryKey, smallint, text, bigint } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { Actor } from '../../domain/actor.ts';
import { Signal } from '../../domain/alert/signal.ts';
import { Run } from '../../domain/escalation/run.ts';
import { DomainEvent } from '../../domain/event.ts';
import { Incident } from '../../domain/incident/incident.ts';
import { Page } from '../../domain/page/page.ts';
import { instant, json, words } from '../columns.ts';

/** Numbers that people see. A number may be skipped, never given twice. */
export const incidentNumbers = pgSequence('incident_numbers', { startWith: 1 });

/** `state` is the whole incident; the other columns repeat what is searched for. `last_seq` counts its events. */
export const incidents = pgTable(
  'incidents',
  {
    id: integer('id').primaryKey(),
    status: text('status').notNull(),
    severity: words('severity').notNull(),
    kind: text('kind').notNull(),
    visibility: text('visibility').notNull(),
    service: words('service'),
    title: words('title').notNull(),
    declaredAt: instant('declared_at').notNull(),
    resolvedAt: instant('resolved_at'),
    roomPlatform: text('room_platform'),
    roomId: words('room_id'),
    lastSeq: integer('last_seq').notNull(),
    state: json('state', Incident).notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('incidents_by_status').on(t.status, t.id),
    index('incidents_by_room').on(t.roomPlatform, t.roomId),
  ],
);

export const escalationRuns = pgTable(
  'escalation_runs',
  {
    id: text('id').primaryKey(),
    incidentId: integer('incident_id').notNull(),
    number: integer('number').notNull(),
    status: text('status').notNull(),
    state: json('state', Run).notNull(),
  },
  (t) => [index('escalation_runs_by_incident').on(t.incidentId, t.number)],
);

/** `place` is the page's place among those of its incident. `folded_at` is set when the summary that holds it has gone out. */
export const pages = pgTable(
  'pages',
  {
    id: text('id').primaryKey(),
    incidentId: integer('incident_id').notNull(),
    place: integer('place').notNull(),
    personId: words('person_id').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    endWhy: text('end_why'),
    foldedAt: instant('folded_at'),
    state: json('state', Page).notNull(),
  },
  (t) => [
    index('pages_by_incident').on(t.incidentId, t.place),
    index('pages_by_person').on(t.personId, t.endedAt),
  ],
);

/** The timeline and the audit trail: only ever added to. */
export const events = pgTable(
  'events',
  {
    incidentId: integer('incident_id').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    type: text('type').notNull(),
    by: json('by', Actor).notNull(),
    event: json('event', DomainEvent).notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.seq] })],
);

/**
 * What is to be done to the world. Waiting: no lease. Leased: somebody is at it until `leased_until`. Dead: can never be done
 * (an effect that cannot be read), kept to be looked at. Done is deleted. `effect` is parsed by whoever takes it, so that one
 * bad row never stops the others.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    lane: words('lane').notNull(),
    priority: smallint('priority').notNull(),
    mergeKey: words('merge_key'),
    effect: json('effect', z.unknown()).notNull(),
    incidentId: integer('incident_id'),
    createdAt: instant('created_at').notNull(),
    notBefore: instant('not_before').notNull(),
    attempts: integer('attempts').notNull().default(0),
    leaseToken: text('lease_token'),
    leasedUntil: instant('leased_until'),
    lastError: words('last_error'),
    deadAt: instant('dead_at'),
  },
  (t) => [
    index('outbox_by_priority').on(t.priority, t.id),
    // Without the id: Postgres may take an index that has it for one by id, however many lanes there are to skip.
    index('outbox_by_lane').on(t.lane),
    index('outbox_by_merge_key').on(t.mergeKey),
  ],
);

/** Waits. Taken by whoever deletes the row under its incident's lock. `failures` counts tries that threw. */
export const timers = pgTable(
  'timers',
  {
    key: words('key').primaryKey(),
    incidentId: integer('incident_id').notNull(),
    dueAt: instant('due_at').notNull(),
    failures: integer('failures').notNull().default(0),
    command: json('command', z.unknown()).notNull(),
  },
  (t) => [index('timers_by_due').on(t.dueAt), index('timers_by_incident').on(t.incidentId)],
);

/** `id` is `alertId(source, key)`. */
export const alerts = pgTable(
  'alerts',
  {
    id: words('id').primaryKey(),
    source: words('source').notNull(),
    key: words('key').notNull(),
    status: text('status').notNull().$type<'firing' | 'resolved'>(),
    groupId: words('group_id'),
    silencedBy: integer('silenced_by'),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    count: integer('count').notNull(),
    signal: json('signal', Signal).notNull(),
  },
  (t) => [
    index('alerts_of_group').on(t.groupId, t.status, t.lastAt.desc().nullsFirst(), t.id),
    index('alerts_of_silence').on(t.silencedBy, t.status).where(isNotNull(t.silencedBy)),
  ],
);

export const alertGroups = pgTable(
  'alert_groups',
  {
    id: words('id').primaryKey(),
    key: words('key').notNull(),
    route: words('route').notNull(),
    service: words('service'),
    openedAt: instant('opened_at').notNull(),
    lastAlertAt: instant('last_alert_at').notNull(),
    incidentId: integer('incident_id'),
    firing: integer('firing').notNull(),
    total: integer('total').notNull(),
  },
  (t) => [
    index('alert_groups_by_key').on(t.key, t.openedAt.desc()),
    index('alert_groups_by_incident').on(t.incidentId),
  ],
);

/** How often each policy with a round-robin step has been started. */
export const policyRuns = pgTable('policy_runs', {
  policy: words('policy').primaryKey(),
  count: integer('count').notNull(),
});

/** Facts about this installation, such as its secret. */
export const instance = pgTable('instance', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** The processes that share this database, each seen every few seconds while it lives. */
export const processes = pgTable('processes', {
  id: text('id').primaryKey(),
  host: words('host').notNull(),
  pid: integer('pid').notNull(),
  url: words('url'),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
  configHash: text('config_hash'),
  configProblem: words('config_problem'),
});
