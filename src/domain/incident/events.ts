import { z } from 'zod';
import { Target } from '../escalation/run.ts';
import { Line } from '../text.ts';
import { IncidentKind, IncidentStatus, RoomRef, Visibility } from './incident.ts';

const type = <T extends string>(name: T) => z.literal(name);

/** Everything that can happen to an incident. Who and when stand beside the event in the log. */
export const IncidentEvent = z.discriminatedUnion('type', [
  z.object({
    type: type('incident.declared'),
    title: z.string(),
    summary: z.string().nullable(),
    severity: z.string(),
    kind: IncidentKind,
    visibility: Visibility,
    service: z.string().nullable(),
    policy: z.string().nullable(),
    /** Paged instead of the policy's steps when there are any: a page by hand, a test. */
    targets: z.array(Target),
    rulesNow: z.boolean(),
    members: z.array(z.string()),
    wantsRoom: z.boolean(),
    autoResolve: z.boolean(),
    ackTakesCommand: z.boolean(),
    /** The channel of people's own that becomes its room. */
    room: RoomRef.optional(),
  }),
  z.object({ type: type('incident.acknowledged') }),
  z.object({ type: type('incident.unacknowledged') }),
  z.object({
    type: type('incident.status_changed'),
    from: IncidentStatus,
    to: IncidentStatus,
    message: z.string().nullable(),
  }),
  z.object({
    type: type('incident.update_posted'),
    text: z.string(),
    status: IncidentStatus,
    nextDue: z.coerce.date().nullable(),
  }),
  z.object({
    type: type('incident.update_due'),
    since: z.coerce.date(),
    /** Until when there is time, in the warning beforehand; null when that time has come. */
    by: z.coerce.date().nullable().default(null),
  }),
  z.object({
    type: type('incident.severity_changed'),
    from: z.string(),
    to: z.string(),
    reason: z.string().nullable(),
  }),
  z.object({ type: type('incident.renamed'), from: z.string(), to: z.string() }),
  z.object({ type: type('incident.summarized'), text: z.string() }),
  z.object({
    type: type('incident.role_assigned'),
    role: z.string(),
    personId: z.string(),
    previous: z.string().nullable(),
    note: z.string().nullable(),
  }),
  z.object({ type: type('incident.members_added'), personIds: z.array(z.string()) }),
  /** `at` is the time the note speaks of, which may lie before it was written. */
  z.object({ type: type('incident.noted'), text: z.string(), at: z.coerce.date() }),
  z.object({
    type: type('incident.task_added'),
    number: z.int(),
    text: z.string(),
    owner: z.string().nullable(),
    due: z.coerce.date().nullable(),
  }),
  z.object({ type: type('incident.task_done'), number: z.int(), text: z.string() }),
  z.object({ type: type('incident.task_reopened'), number: z.int(), text: z.string() }),
  z.object({ type: type('incident.resolved'), summary: z.string().nullable(), byItself: z.boolean() }),
  z.object({ type: type('incident.reopened'), reason: z.string() }),
  z.object({ type: type('incident.cancelled'), reason: z.string() }),
  z.object({
    type: type('incident.alerts_changed'),
    firing: z.int(),
    total: z.int(),
    /** Titles of the alerts that joined just now, at most a handful; `joined` counts them all. */
    titles: z.array(z.string()),
    joined: z.int(),
    cleared: z.int(),
    /** When the earliest of those that joined began to fire. */
    startsAt: z.coerce.date().optional(),
  }),
  z.object({ type: type('incident.alerts_cleared'), total: z.int() }),
  z.object({
    type: type('incident.room_opened'),
    room: RoomRef,
    /** The room that people worked in before. */
    previous: RoomRef.optional(),
  }),
  /** Somebody deleted or shut the room while it was still worked on: another one takes its place. */
  z.object({ type: type('incident.room_lost'), room: RoomRef }),
  z.object({
    type: type('incident.target_missed'),
    target: z.enum(['acknowledge', 'first_update', 'resolve']),
    phase: z.enum(['soon', 'missed']),
    due: z.coerce.date(),
  }),
  z.object({ type: type('incident.postmortem_requested') }),
  z.object({ type: type('incident.postmortem_drafted'), entries: z.int(), actions: z.int() }),
  /** A silence was made from it, or one that was has another end now, or is over: said in its room in the same words. */
  z.object({ type: type('incident.silence_told'), text: Line }),
  /** Something that Firebell wanted to do and has given up: said in the room and to the admins. */
  z.object({ type: type('incident.effect_given_up'), what: z.string(), reason: z.string() }),
]);
export type IncidentEvent = z.infer<typeof IncidentEvent>;
