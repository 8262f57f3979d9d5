import { z } from 'zod';
import { Actor } from '../actor.ts';

export const IncidentStatus = z.enum([
  'triage',
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'closed',
  'declined',
  'merged',
  'cancelled',
]);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

export const IncidentKind = z.enum(['real', 'drill', 'retrospective']);
export type IncidentKind = z.infer<typeof IncidentKind>;

export const Visibility = z.enum(['public', 'private']);
export type Visibility = z.infer<typeof Visibility>;

/** Work during the incident. */
export const Task = z.object({
  /** 1, 2, … within the incident. */
  number: z.int(),
  text: z.string(),
  owner: z.string().nullable(),
  due: z.coerce.date().nullable(),
  doneAt: z.coerce.date().nullable(),
  addedBy: Actor,
});
export type Task = z.infer<typeof Task>;

/** Where the people work: a room on one chat platform. */
export const RoomRef = z.object({
  platform: z.string(),
  roomId: z.string(),
  name: z.string(),
  /** It is a channel of people's own, in which they work on this incident: nothing but the card is made of it, and it is never archived. */
  isBorrowed: z.boolean().optional(),
});
export type RoomRef = z.infer<typeof RoomRef>;

export const StatusUpdate = z.object({ text: z.string(), by: Actor, at: z.coerce.date() });
export type StatusUpdate = z.infer<typeof StatusUpdate>;

/** What people work on. The truth for deciding; its history is the event log. */
export const Incident = z.object({
  /** The number that people see, `#42`. */
  id: z.int(),
  title: z.string(),
  summary: z.string().nullable(),
  status: IncidentStatus,
  severity: z.string(),
  kind: IncidentKind,
  visibility: Visibility,
  service: z.string().nullable(),
  /** The escalation policy that a reopening starts again; null when nobody is to be paged. */
  policy: z.string().nullable(),
  declaredBy: Actor,
  declaredAt: z.coerce.date(),
  acknowledgedBy: Actor.nullable(),
  acknowledgedAt: z.coerce.date().nullable(),
  resolvedAt: z.coerce.date().nullable(),
  /** Role name -> person id. */
  roles: z.record(z.string(), z.string()),
  /** Everyone who belongs in the room: invited, paged, in a role, or acting. For a private incident, all who may see it. */
  members: z.array(z.string()),
  /** False for incidents that need no room (a test page). */
  wantsRoom: z.boolean(),
  room: RoomRef.nullable(),
  /** `startsAt`: when the earliest of them began to fire. */
  alerts: z.object({ firing: z.int(), total: z.int(), startsAt: z.coerce.date().optional() }),
  autoResolve: z.boolean(),
  ackTakesCommand: z.boolean(),
  lastUpdate: StatusUpdate.nullable(),
  nextUpdateDue: z.coerce.date().nullable(),
  tasks: z.array(Task),
  /** How many times it was opened again; timers of an earlier life name an older one and fall silent. */
  reopened: z.int(),
  postmortemAt: z.coerce.date().nullable(),
});
export type Incident = z.infer<typeof Incident>;

const OVER: ReadonlySet<IncidentStatus> = new Set(['resolved', 'closed', 'declined', 'merged', 'cancelled']);

/** True while people may still have to act. */
export function isOpen(incident: Incident): boolean {
  return !OVER.has(incident.status);
}

/** True for the drill without a room with which somebody tries out how pages reach them. */
export function isTestPage({ kind, wantsRoom }: Pick<Incident, 'kind' | 'wantsRoom'>): boolean {
  return kind === 'drill' && !wantsRoom;
}

/** Since when it is there: from its earliest alert on, or from its declaration, whichever came first. */
export function beganAt({ declaredAt, alerts: { startsAt } }: Pick<Incident, 'declaredAt' | 'alerts'>): Date {
  return startsAt !== undefined && startsAt < declaredAt ? startsAt : declaredAt;
}
