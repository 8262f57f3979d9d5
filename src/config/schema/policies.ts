import { z } from 'zod';
import { ZoneName } from '../../domain/schedule/schedule.ts';
import type { TargetKind } from '../../domain/directory.ts';
import { WorkingHours } from './times.ts';
import { duration, Id, Text } from './words.ts';

const MINUTE = 60_000;

/** The kinds of target, as the file names them. */
export const TARGET_KINDS = [
  'person',
  'schedule',
  'team',
  'user_group',
  'channel',
  'webhook',
] as const satisfies readonly TargetKind[];

/** Whom or what to page: exactly one of its keys. */
export const Target = z
  .strictObject({
    person: Id.optional(),
    schedule: Id.optional().describe('Whoever is on call there when the step starts'),
    team: Id.optional().describe("The team's schedule, or every member when it has none"),
    user_group: Text.optional().describe(
      'A user group (Discord: a role) of the chat platform, which is mentioned in the room and not expected to answer',
    ),
    channel: Text.optional().describe('A chat channel, which is told and not expected to answer'),
    webhook: Id.optional().describe('One of notify.webhooks, which is told and not expected to answer'),
  })
  .refine((target) => TARGET_KINDS.filter((kind) => target[kind] !== undefined).length === 1, {
    error: `must name exactly one of ${TARGET_KINDS.join(', ')}: begin a new list item for each target`,
  });
export type Target = z.output<typeof Target>;

const CONDITION_KEYS = [
  'severity_at_least',
  'urgency',
  'within_hours',
  'working_hours_of',
  'own_working_hours',
] as const;

const Condition = z
  .strictObject({
    severity_at_least: Id.optional(),
    urgency: z.enum(['high', 'low']).optional(),
    within_hours: WorkingHours.extend({ zone: ZoneName.optional() }).optional(),
    working_hours_of: Id.optional().describe('A person or a schedule that has working_hours'),
    own_working_hours: z
      .literal(true, 'is `true`, or the line is not there')
      .optional()
      .describe('Only those of the step are paged who are within their own working hours'),
  })
  .refine((condition) => CONDITION_KEYS.filter((key) => condition[key] !== undefined).length === 1, {
    error: `must have exactly one of ${CONDITION_KEYS.join(', ')}: begin a new list item for each condition`,
  });
export type Condition = z.output<typeof Condition>;

const Targets = z
  .array(Target)
  .min(1, 'pages nobody: name at least one target, like `- schedule: primary`')
  .max(20, 'has more than 20 targets: make a team of them');

const Step = z.strictObject({
  targets: Targets,
  ack_within: duration({ least: MINUTE })
    .prefault('5m')
    .describe('How long to wait for an answer before the next step; 5m unless said'),
  strategy: z.enum(['everyone', 'round_robin']).default('everyone'),
  ack_mode: z.enum(['first', 'all']).default('first'),
  conditions: z
    .array(Condition)
    .default([])
    .describe('All of them must hold, or the step is skipped at once'),
});
export type Step = z.output<typeof Step>;

// `then`, without looking like a promise.
const FOLLOW_UP = `then`;

/** Whom to page, in what order, until somebody answers. */
export const Policy = z.strictObject({
  steps: z
    .array(Step)
    .min(1, 'has no step, so it would page nobody: add one with `targets`')
    .max(20, 'has more than 20 steps: hand over to another policy with `then`'),
  rounds: z
    .int()
    .min(1, 'must be 1 to 10')
    .max(10, 'must be 1 to 10')
    .default(1)
    .describe('How often to go through the steps'),
  [FOLLOW_UP]: Id.optional().describe(
    'Policy that takes over after the last round; the last resort unless said',
  ),
});
export type Policy = z.output<typeof Policy>;

/** Whom to page when nobody else answered, again and again. */
export const LastResort = z.strictObject({
  targets: Targets,
  every: duration({ least: MINUTE })
    .prefault('5m')
    .describe('Paged again this often until somebody acknowledges; 5m unless said'),
});
export type LastResort = z.output<typeof LastResort>;
