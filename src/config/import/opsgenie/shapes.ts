import { z } from 'zod';
import type { SectionShape } from '../export-items.ts';
import { ForeignId, lenientList, MaybeText, Moment, Reference } from '../reading.ts';

type Value = Readonly<Record<string, unknown>>;
const has = (value: Value, ...keys: readonly string[]) => keys.every((key) => key in value);

/**
 * Kinds of thing in Opsgenie's REST API. Its lists are all called `data`, so things are known by their shape. The files of
 * Opsgenie's own backup tool hold a thing and what belongs to it.
 */
export const OPSGENIE_SECTIONS = {
  userFiles: { keys: ['userconfigs'], is: (one) => has(one, 'user', 'notificationRuleList') },
  teamFiles: { keys: ['teamconfigs'], is: (one) => has(one, 'team', 'teamRoutingRules') },
  scheduleFiles: { keys: ['scheduleconfigs'], is: (one) => has(one, 'schedule', 'scheduleOverrideList') },
  timelines: { keys: ['timelines', 'timeline'], is: (one) => has(one, 'finalTimeline') },
  forwardings: { keys: ['forwardingrules', 'forwarding'], is: (one) => has(one, 'fromUser', 'toUser') },
  overrides: {
    keys: ['overrides', 'scheduleoverrides'],
    is: (one) => has(one, 'user', 'startDate', 'endDate'),
  },
  notificationRules: { keys: ['notificationrules'], is: (one) => has(one, 'actionType') },
  contacts: { keys: ['contacts'], is: (one) => has(one, 'method', 'to') },
  escalations: { keys: ['escalations'], is: (one) => has(one, 'rules', 'name') },
  routingRules: {
    keys: ['routingrules', 'teamroutingrules'],
    is: (one) => has(one, 'notify', 'isDefault') || has(one, 'notify', 'criteria'),
  },
  schedules: {
    keys: ['schedules'],
    is: (one) =>
      has(one, 'timezone', 'name') && (has(one, 'enabled') || has(one, 'rotations')) && !has(one, 'notify'),
  },
  users: { keys: ['users'], is: (one) => has(one, 'username', 'fullName') },
  services: { keys: ['services'], is: (one) => has(one, 'teamId', 'name') },
  teams: {
    keys: ['teams'],
    is: (one) => has(one, 'id', 'name') && (has(one, 'members') || has(one, 'links')),
  },
} as const satisfies Record<string, SectionShape>;

/** Fields that decide nothing. */
export const HARMLESS = [
  'id',
  'enabled',
  'description',
  'createdAt',
  'updatedAt',
  'locale',
  'userAddress',
  'verified',
  'skypeUsername',
  'details',
  'tags',
  'links',
  'alias',
  'order',
  'applyOrder',
  'isExternal',
  'visibility',
];

const Time = z.object({
  startHour: z.number().int().min(0).max(24),
  startMin: z.number().int().min(0).max(59).nullish(),
  endHour: z.number().int().min(0).max(24),
  endMin: z.number().int().min(0).max(59).nullish(),
});
export type Time = z.output<typeof Time>;
const DayTime = Time.extend({ startDay: z.string(), endDay: z.string() });
export type DayTime = z.output<typeof DayTime>;

const TimeRestriction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('time-of-day'), restriction: Time }),
  z.object({ type: z.literal('weekday-and-time-of-day'), restrictions: z.array(DayTime) }),
]);
export type TimeRestriction = z.output<typeof TimeRestriction>;

/** A participant or recipient: `none` has no id. */
const Recipient = z.object({
  type: z.string(),
  id: ForeignId.nullish().catch(null),
  name: MaybeText,
  username: MaybeText,
});
export type Recipient = z.output<typeof Recipient>;

export const Rotation = z.object({
  id: ForeignId.nullish().catch(null),
  name: MaybeText,
  startDate: Moment,
  endDate: Moment.nullish(),
  type: z.string(),
  length: z.number().int().min(1).nullish(),
  participants: z.array(Recipient),
  timeRestriction: TimeRestriction.nullish(),
  enabled: z.boolean().nullish(),
});
export type Rotation = z.output<typeof Rotation>;

const Parent = z.object({ id: ForeignId.nullish().catch(null), name: MaybeText }).nullish();

/** GET /v2/schedules/{id}/overrides */
export const OpsgenieOverride = z.object({
  user: Recipient.omit({ type: true }).extend({ type: MaybeText }),
  startDate: Moment,
  endDate: Moment,
  rotations: lenientList(z.object({ id: ForeignId.nullish(), name: MaybeText })),
  _parent: Parent,
  parent: Parent,
});
export type OpsgenieOverride = z.output<typeof OpsgenieOverride>;

/** GET /v2/schedules?expand=rotation */
export const OpsgenieSchedule = z.object({
  id: ForeignId,
  name: z.string(),
  timezone: MaybeText,
  enabled: z.boolean().nullish(),
  ownerTeam: Reference.nullish().catch(null),
  rotations: z.array(z.unknown()).nullish(),
  overrides: lenientList(OpsgenieOverride),
});
export type OpsgenieSchedule = z.output<typeof OpsgenieSchedule>;

const Period = z.object({
  startDate: Moment,
  endDate: Moment,
  type: MaybeText,
  recipient: Recipient.nullish().catch(null),
  flattenedRecipients: lenientList(Recipient),
});

/** GET /v2/schedules/{id}/timeline */
export const Timeline = z.object({
  _parent: Parent,
  parent: Parent,
  startDate: Moment,
  endDate: Moment,
  finalTimeline: z.object({ rotations: lenientList(z.looseObject({ periods: lenientList(Period) })) }),
});
export type Timeline = z.output<typeof Timeline>;

/** GET /v2/users */
export const OpsgenieUser = z.object({
  id: ForeignId,
  username: z.string(),
  fullName: MaybeText,
  timeZone: MaybeText,
  blocked: z.boolean().nullish().catch(null),
  role: z
    .union([z.string(), z.object({ name: MaybeText })])
    .nullish()
    .catch(null),
  userContacts: lenientList(z.object({ contactMethod: z.string(), to: MaybeText })),
});
export type OpsgenieUser = z.output<typeof OpsgenieUser>;

/** GET /v2/users/{id}/contacts */
export const Contact = z.object({
  method: z.string(),
  to: MaybeText,
  enabled: z.boolean().nullish(),
  status: z.object({ enabled: z.boolean().nullish() }).nullish().catch(null),
  _parent: Parent,
  parent: Parent,
});
export type Contact = z.output<typeof Contact>;

const NotificationStep = z.object({
  contact: z.object({ method: z.string(), to: MaybeText }),
  sendAfter: z.object({ timeAmount: z.number().min(0), timeUnit: MaybeText }).nullish(),
  enabled: z.boolean().nullish(),
});

/** GET /v2/users/{id}/notification-rules/{rule} */
export const NotificationRule = z.object({
  name: MaybeText,
  actionType: z.string(),
  enabled: z.boolean().nullish(),
  criteria: z.object({ type: MaybeText }).nullish(),
  timeRestriction: z.unknown().optional(),
  steps: lenientList(NotificationStep),
  _parent: Parent,
  parent: Parent,
});
export type NotificationRule = z.output<typeof NotificationRule>;

/** GET /v2/teams/{id} */
export const OpsgenieTeam = z.object({
  id: ForeignId,
  name: z.string(),
  members: lenientList(z.object({ user: Recipient.omit({ type: true }), role: MaybeText })),
});
export type OpsgenieTeam = z.output<typeof OpsgenieTeam>;

/** GET /v2/teams/{id}/routing-rules */
export const RoutingRule = z.object({
  id: ForeignId.nullish().catch(null),
  name: MaybeText,
  isDefault: z.boolean().nullish(),
  criteria: z.object({ type: MaybeText }).nullish().catch(null),
  timeRestriction: z.unknown().optional(),
  timezone: MaybeText,
  notify: Recipient.nullish().catch(null),
  _parent: Parent,
  parent: Parent,
});
export type RoutingRule = z.output<typeof RoutingRule>;

const EscalationRule = z.object({
  condition: MaybeText,
  notifyType: MaybeText,
  delay: z.union([z.number(), z.object({ timeAmount: z.number(), timeUnit: MaybeText })]).nullish(),
  recipient: Recipient,
});
export type EscalationRule = z.output<typeof EscalationRule>;

/** GET /v2/escalations */
export const Escalation = z.object({
  id: ForeignId,
  name: z.string(),
  rules: z.array(EscalationRule),
  ownerTeam: Reference.nullish().catch(null),
  repeat: z
    .looseObject({
      waitInterval: z.number().nullish(),
      count: z.number().int().nullish(),
      resetRecipientStates: z.boolean().nullish(),
      closeAlertAfterAll: z.boolean().nullish(),
    })
    .nullish()
    .catch(null),
});
export type Escalation = z.output<typeof Escalation>;

/** GET /v2/forwarding-rules */
export const Forwarding = z.object({
  fromUser: Recipient.omit({ type: true }),
  toUser: Recipient.omit({ type: true }),
  startDate: Moment,
  endDate: Moment,
});
export type Forwarding = z.output<typeof Forwarding>;

/** GET /v1/services */
export const OpsgenieService = z.object({
  id: ForeignId,
  name: z.string(),
  teamId: ForeignId.nullish().catch(null),
});

/** A file of Opsgenie's backup tool: a user with their rules. */
export const UserFile = z.object({
  user: z.record(z.string(), z.unknown()),
  notificationRuleList: lenientList(z.record(z.string(), z.unknown())),
});
/** A file of Opsgenie's backup tool: a team with its routing rules. */
export const TeamFile = z.object({
  team: z.record(z.string(), z.unknown()),
  teamRoutingRules: lenientList(z.record(z.string(), z.unknown())),
});
/** A file of Opsgenie's backup tool: a schedule with its overrides. */
export const ScheduleFile = z.object({
  schedule: z.record(z.string(), z.unknown()),
  scheduleOverrideList: lenientList(z.record(z.string(), z.unknown())),
});
