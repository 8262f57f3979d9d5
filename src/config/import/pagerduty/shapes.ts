import { z } from 'zod';
import type { SectionShape } from '../export-items.ts';
import { ForeignId, lenientList, MaybeText, Moment, Reference } from '../reading.ts';

/** Kinds of thing in PagerDuty's REST API v2, by the keys that its answers have. */
export const PAGERDUTY_SECTIONS = {
  users: { keys: ['users', 'user'], is: (one) => isType(one, 'user') && 'email' in one },
  teams: { keys: ['teams', 'team'], is: (one) => isType(one, 'team') },
  schedules: {
    keys: ['schedules', 'schedule'],
    is: (one) => isType(one, 'schedule') || 'schedule_layers' in one,
  },
  policies: {
    keys: ['escalation_policies', 'escalation_policy'],
    is: (one) => isType(one, 'escalation_policy') || 'escalation_rules' in one,
  },
  services: {
    keys: ['services', 'service'],
    is: (one) => isType(one, 'service') && 'escalation_policy' in one,
  },
  overrides: { keys: ['overrides'], is: () => false },
  members: { keys: ['members'], is: () => false },
} as const satisfies Record<string, SectionShape>;

function isType(one: Readonly<Record<string, unknown>>, type: string): boolean {
  return one['type'] === type;
}

/** Fields that decide nothing: addresses of the thing itself, and texts for people. */
export const HARMLESS = [
  'self',
  'html_url',
  'type',
  'summary',
  'description',
  'created_at',
  'updated_at',
  'created_via_sso',
  'color',
  'avatar_url',
  'job_title',
  'invitation_sent',
  'billed',
  'locked',
  'license',
  'privilege',
  'default_role',
  'parent',
  'web_cal_url',
  'http_cal_url',
  'personal_web_cal_url',
  'personal_http_cal_url',
  'last_incident_timestamp',
  'auto_notify',
  'escalation_policies',
  'users',
  'coordinated_incidents',
];

const ContactMethod = z.object({
  id: ForeignId,
  type: z.string(),
  address: MaybeText,
  country_code: z.union([z.number(), z.string()]).nullish().catch(null),
});
export type ContactMethod = z.output<typeof ContactMethod>;

const NotificationRule = z.object({
  start_delay_in_minutes: z.number().min(0),
  urgency: z.string(),
  contact_method: z.object({ type: z.string() }),
});
export type NotificationRule = z.output<typeof NotificationRule>;

/** GET /users?include[]=contact_methods&include[]=notification_rules */
export const User = z.object({
  id: ForeignId,
  name: z.string(),
  email: MaybeText,
  time_zone: MaybeText,
  role: MaybeText,
  contact_methods: lenientList(ContactMethod),
  notification_rules: lenientList(NotificationRule),
  teams: lenientList(Reference),
});
export type User = z.output<typeof User>;

/** GET /teams */
export const Team = z.object({ id: ForeignId, name: z.string() });

/** GET /teams/{id}/members */
export const Member = z.object({ user: Reference, role: MaybeText, team_id: ForeignId.optional() });

const PagerDutyRestriction = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('daily_restriction'),
    start_time_of_day: z.string().regex(/^\d\d:\d\d(:\d\d)?/),
    duration_seconds: z.number().positive(),
  }),
  z.object({
    type: z.literal('weekly_restriction'),
    start_time_of_day: z.string().regex(/^\d\d:\d\d(:\d\d)?/),
    duration_seconds: z.number().positive(),
    start_day_of_week: z.number().int().min(1).max(7),
  }),
]);
export type PagerDutyRestriction = z.output<typeof PagerDutyRestriction>;

/** A layer of a schedule, as GET /schedules/{id} shows it: the one that wins comes first. */
export const ScheduleLayer = z.object({
  name: MaybeText,
  start: Moment,
  end: Moment.nullish(),
  rotation_virtual_start: Moment.nullish(),
  rotation_turn_length_seconds: z.number().positive(),
  users: z.array(z.object({ user: Reference })),
  restrictions: z.array(PagerDutyRestriction).nullish(),
});
export type ScheduleLayer = z.output<typeof ScheduleLayer>;

const Entry = z.object({ start: Moment, end: Moment, user: Reference.nullish() });
const SubSchedule = z
  .looseObject({ rendered_schedule_entries: lenientList(Entry) })
  .nullish()
  .catch(null);

export const PagerDutyOverride = z.object({ start: Moment, end: Moment, user: Reference });
export type PagerDutyOverride = z.output<typeof PagerDutyOverride>;

/** GET /schedules/{id}?since=…&until=… */
export const PagerDutySchedule = z.object({
  id: ForeignId,
  name: z.string(),
  time_zone: MaybeText,
  schedule_layers: z.array(z.unknown()).nullish(),
  overrides: lenientList(PagerDutyOverride),
  overrides_subschedule: SubSchedule,
  final_schedule: SubSchedule,
  teams: lenientList(Reference),
});
export type PagerDutySchedule = z.output<typeof PagerDutySchedule>;

const EscalationRule = z.object({
  escalation_delay_in_minutes: z.number().min(0),
  targets: lenientList(Reference),
  escalation_rule_assignment_strategy: z.union([z.string(), z.object({ type: z.string() })]).nullish(),
});
export type EscalationRule = z.output<typeof EscalationRule>;

/** GET /escalation_policies */
export const EscalationPolicy = z.object({
  id: ForeignId,
  name: z.string(),
  escalation_rules: z.array(EscalationRule),
  num_loops: z.number().int().min(0).nullish(),
  services: lenientList(Reference),
  teams: lenientList(Reference),
  on_call_handoff_notifications: MaybeText,
});
export type EscalationPolicy = z.output<typeof EscalationPolicy>;

/** GET /services */
export const PagerDutyService = z.object({
  id: ForeignId,
  name: z.string(),
  status: MaybeText,
  escalation_policy: Reference.nullish(),
  teams: lenientList(Reference),
  acknowledgement_timeout: z.number().nullish().catch(null),
  auto_resolve_timeout: z.number().nullish().catch(null),
  incident_urgency_rule: z.object({ type: MaybeText, urgency: MaybeText }).nullish().catch(null),
  support_hours: z.unknown().optional(),
});
export type PagerDutyService = z.output<typeof PagerDutyService>;
