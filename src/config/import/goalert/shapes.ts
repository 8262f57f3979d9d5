import { z } from 'zod';
import type { SectionShape } from '../export-items.ts';
import { ForeignId, lenientList, MaybeText, Moment } from '../reading.ts';

type Value = Readonly<Record<string, unknown>>;
const has = (value: Value, ...keys: readonly string[]) => keys.every((key) => key in value);

/** Kinds of thing in GoAlert's GraphQL API, by the names of its queries. */
export const GOALERT_SECTIONS = {
  users: { keys: ['users', 'user'], is: (one) => has(one, 'contactMethods') },
  rotations: { keys: ['rotations', 'rotation'], is: (one) => has(one, 'shiftLength', 'timeZone') },
  schedules: { keys: ['schedules', 'schedule'], is: (one) => has(one, 'timeZone', 'targets') },
  overrides: { keys: ['userOverrides', 'userOverride'], is: (one) => has(one, 'addUserID', 'removeUserID') },
  policies: { keys: ['escalationPolicies', 'escalationPolicy'], is: (one) => has(one, 'steps', 'repeat') },
  services: { keys: ['services', 'service'], is: (one) => has(one, 'escalationPolicyID') },
} as const satisfies Record<string, SectionShape>;

/** Fields that decide nothing. */
export const HARMLESS = [
  'description',
  'isFavorite',
  'users',
  'onCallUsers',
  'assignedTo',
  'notices',
  'onCallSteps',
  'formattedValue',
];

/** Something by type and id: in newer versions a destination with arguments. */
const Target = z.object({
  id: MaybeText,
  type: z.string(),
  name: MaybeText,
  args: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type Target = z.output<typeof Target>;

const ContactMethod = z.object({
  id: ForeignId,
  type: MaybeText,
  value: MaybeText,
  dest: Target.omit({ id: true, name: true }).nullish().catch(null),
  disabled: z.boolean().nullish(),
});
export type ContactMethod = z.output<typeof ContactMethod>;

export const GoAlertUser = z.object({
  id: ForeignId,
  name: z.string(),
  email: MaybeText,
  role: MaybeText,
  contactMethods: lenientList(ContactMethod),
  notificationRules: lenientList(z.object({ delayMinutes: z.number().min(0), contactMethodID: ForeignId })),
});
export type GoAlertUser = z.output<typeof GoAlertUser>;

export const GoAlertRotation = z.object({
  id: ForeignId,
  name: z.string(),
  start: Moment,
  timeZone: MaybeText,
  type: z.enum(['hourly', 'daily', 'weekly', 'monthly']),
  shiftLength: z.number().int().min(1).nullish(),
  activeUserIndex: z.number().int().nullish(),
  userIDs: lenientList(ForeignId),
  users: lenientList(z.object({ id: ForeignId, name: MaybeText })),
  nextHandoffTimes: lenientList(Moment),
});
export type GoAlertRotation = z.output<typeof GoAlertRotation>;

const Rule = z.object({
  start: z.string().regex(/^\d\d:\d\d/),
  end: z.string().regex(/^\d\d:\d\d/),
  weekdayFilter: z.array(z.boolean()),
});
export type Rule = z.output<typeof Rule>;

const OnCallShift = z.object({ userID: ForeignId, start: Moment, end: Moment });

export const GoAlertSchedule = z.object({
  id: ForeignId,
  name: z.string(),
  timeZone: MaybeText,
  targets: lenientList(z.object({ target: Target, rules: z.array(Rule) })),
  shifts: lenientList(OnCallShift),
  temporarySchedules: lenientList(z.object({ start: Moment, end: Moment, shifts: lenientList(OnCallShift) })),
});
export type GoAlertSchedule = z.output<typeof GoAlertSchedule>;

export const UserOverride = z.object({
  id: ForeignId.nullish(),
  start: Moment,
  end: Moment,
  addUserID: MaybeText,
  removeUserID: MaybeText,
  target: Target,
});
export type UserOverride = z.output<typeof UserOverride>;

export const GoAlertPolicy = z.object({
  id: ForeignId,
  name: z.string(),
  repeat: z.number().int().nullish(),
  steps: z.array(
    z.object({
      stepNumber: z.number().nullish(),
      delayMinutes: z.number(),
      targets: lenientList(Target),
      actions: lenientList(Target.extend({ id: MaybeText })),
    }),
  ),
});
export type GoAlertPolicy = z.output<typeof GoAlertPolicy>;

export const GoAlertService = z.object({
  id: ForeignId,
  name: z.string(),
  escalationPolicyID: ForeignId.nullish().catch(null),
  escalationPolicy: z.object({ id: ForeignId }).nullish().catch(null),
});

/** What a target or a destination stands for, and the id of it. */
export function pointOf({ type, id, args }: Target): { readonly kind: string; readonly id: string | null } {
  const kind = type.replace(/^builtin-/, '');
  const argument = args?.[`${kind.replaceAll('-', '_')}_id`] ?? args?.[`${kind}_id`];
  return { kind, id: typeof argument === 'string' ? argument : id };
}
