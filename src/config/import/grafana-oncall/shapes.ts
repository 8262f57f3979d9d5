import { z } from 'zod';
import type { SectionShape } from '../export-items.ts';
import { ForeignId, lenientList, MaybeText, Moment } from '../reading.ts';

type Value = Readonly<Record<string, unknown>>;
const has = (value: Value, ...keys: readonly string[]) => keys.every((key) => key in value);
const isOneOf = (value: unknown, ...words: readonly string[]) =>
  typeof value === 'string' && words.includes(value);

/** Kinds of thing in Grafana OnCall's public API, whose lists are all called `results`. */
export const GRAFANA_SECTIONS = {
  finalShifts: { keys: ['final_shifts'], is: (one) => has(one, 'user_pk', 'shift_start') },
  shifts: {
    keys: ['on_call_shifts', 'shifts'],
    is: (one) =>
      has(one, 'start', 'duration') &&
      isOneOf(one['type'], 'single_event', 'recurrent_event', 'rolling_users', 'override'),
  },
  schedules: {
    keys: ['schedules'],
    is: (one) => has(one, 'name') && isOneOf(one['type'], 'ical', 'calendar', 'web'),
  },
  rules: { keys: ['personal_notification_rules'], is: (one) => has(one, 'user_id', 'position', 'type') },
  policies: {
    keys: ['escalation_policies'],
    is: (one) => has(one, 'escalation_chain_id', 'position', 'type') && !has(one, 'integration_id'),
  },
  routes: { keys: ['routes'], is: (one) => has(one, 'integration_id', 'escalation_chain_id') },
  integrations: { keys: ['integrations'], is: (one) => has(one, 'name', 'default_route') },
  webhooks: {
    keys: ['webhooks', 'outgoing_webhooks', 'actions'],
    is: (one) => has(one, 'name', 'url') && has(one, 'id') && !has(one, 'username'),
  },
  users: { keys: ['users'], is: (one) => has(one, 'username', 'email') },
  teams: { keys: ['teams'], is: (one) => has(one, 'id', 'name', 'avatar_url') },
  chains: {
    keys: ['escalation_chains'],
    is: (one) =>
      has(one, 'id', 'name') && Object.keys(one).every((key) => isOneOf(key, 'id', 'name', 'team_id')),
  },
} as const satisfies Record<string, SectionShape>;

/** Fields that decide nothing, or repeat what stands elsewhere. */
export const HARMLESS = [
  'on_call_now',
  'avatar_url',
  'link',
  'inbound_email',
  'templates',
  'heartbeat',
  'is_the_last_route',
  'source',
  'description_short',
  'mattermost',
  'telegram',
  'msteams',
  'maintenance_mode',
  'maintenance_started_at',
  'maintenance_end_at',
  'is_phone_number_verified',
];

/** GET /api/v1/users */
export const GrafanaUser = z.object({
  id: ForeignId,
  username: z.string(),
  name: MaybeText,
  email: MaybeText,
  role: MaybeText,
  timezone: MaybeText,
  slack: z.unknown().optional(),
  teams: lenientList(ForeignId),
});
export type GrafanaUser = z.output<typeof GrafanaUser>;

/** GET /api/v1/teams */
export const GrafanaTeam = z.object({ id: ForeignId, name: z.string(), email: MaybeText });

/** GET /api/v1/schedules */
export const GrafanaSchedule = z.object({
  id: ForeignId,
  name: z.string(),
  type: z.string(),
  time_zone: MaybeText,
  shifts: lenientList(ForeignId),
  ical_url_primary: MaybeText,
  ical_url_overrides: MaybeText,
  team_id: ForeignId.nullish().catch(null),
  slack: z.unknown().optional(),
  enable_web_overrides: z.boolean().nullish(),
});
export type GrafanaSchedule = z.output<typeof GrafanaSchedule>;

const LocalTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'is no time like 2020-09-10T08:00:00');
const Numbers = z.array(z.number()).nullish();

/** GET /api/v1/on_call_shifts */
export const GrafanaShift = z.object({
  id: ForeignId,
  name: MaybeText,
  type: z.enum(['single_event', 'recurrent_event', 'rolling_users', 'override']),
  time_zone: MaybeText,
  level: z.number().int().nullish(),
  start: LocalTime,
  rotation_start: LocalTime.nullish(),
  duration: z.number().positive(),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly']).nullish(),
  interval: z.number().int().min(1).nullish(),
  until: LocalTime.nullish(),
  week_start: MaybeText,
  by_day: z.array(z.string()).nullish(),
  by_month: Numbers,
  by_monthday: Numbers,
  users: lenientList(ForeignId),
  rolling_users: z.array(z.array(ForeignId)).nullish(),
  start_rotation_from_user_index: z.number().int().nullish(),
  team_id: ForeignId.nullish().catch(null),
});
export type GrafanaShift = z.output<typeof GrafanaShift>;

/** GET /api/v1/schedules/{id}/final_shifts */
export const FinalShift = z.object({
  user_pk: ForeignId,
  shift_start: Moment,
  shift_end: Moment,
  user_email: MaybeText,
  user_username: MaybeText,
});
export type FinalShift = z.output<typeof FinalShift>;

/** GET /api/v1/escalation_chains */
export const Chain = z.object({
  id: ForeignId,
  name: z.string(),
  team_id: ForeignId.nullish().catch(null),
});

/** GET /api/v1/escalation_policies: one step of a chain. */
export const ChainStep = z.object({
  id: ForeignId,
  escalation_chain_id: ForeignId,
  position: z.number(),
  type: z.string().nullable(),
  important: z.boolean().nullish(),
  duration: z.number().nullish(),
  persons_to_notify: lenientList(ForeignId),
  persons_to_notify_next_each_time: lenientList(ForeignId),
  notify_on_call_from_schedule: ForeignId.nullish(),
  team_to_notify: ForeignId.nullish(),
  action_to_trigger: ForeignId.nullish(),
  group_to_notify: ForeignId.nullish(),
  notify_if_time_from: MaybeText,
  notify_if_time_to: MaybeText,
});
export type ChainStep = z.output<typeof ChainStep>;

/** GET /api/v1/personal_notification_rules */
export const PersonalRule = z.object({
  id: ForeignId,
  user_id: ForeignId,
  position: z.number(),
  type: z.string().nullable(),
  duration: z.number().nullish(),
  important: z.boolean().nullish(),
});
export type PersonalRule = z.output<typeof PersonalRule>;

const RouteTo = z.object({ escalation_chain_id: ForeignId.nullish() });

/** GET /api/v1/integrations */
export const Integration = z.object({
  id: ForeignId,
  name: z.string(),
  type: MaybeText,
  team_id: ForeignId.nullish().catch(null),
  default_route: RouteTo.nullish().catch(null),
});

/** GET /api/v1/routes */
export const GrafanaRoute = z.object({
  id: ForeignId,
  integration_id: ForeignId,
  escalation_chain_id: ForeignId.nullish(),
  routing_type: MaybeText,
  routing_regex: MaybeText,
  position: z.number().nullish(),
  is_the_last_route: z.boolean().nullish(),
  slack: z.unknown().optional(),
});

/** GET /api/v1/webhooks */
export const GrafanaWebhook = z.object({ id: ForeignId, name: z.string(), url: MaybeText });
