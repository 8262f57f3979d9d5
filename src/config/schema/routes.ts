import { z } from 'zod';
import { matcherProblem } from '../../domain/alert/route.ts';
import type { Matcher } from '../../domain/directory.ts';
import { quote } from '../problem.ts';
import { duration, Id, Text } from './words.ts';

const OPERATORS = { '=': 'equals', '!=': 'not_equals', '=~': 'matches', '!~': 'not_matches' } as const;

/** A test of one label in Alertmanager's way: `severity="critical"`, `team=~"pay.*"`, `env!=dev`. */
const MatcherText = z.string().transform((text, context): Matcher => {
  const matcher = readMatcher(text);
  const wrong =
    matcher === null
      ? `must be a matcher like severity="critical", team=~"pay.*", env!="dev" or zone!~"eu-.*", not ${quote(text)}`
      : badPattern(matcher);
  if (matcher !== null && wrong === null) return matcher;
  context.addIssue({ code: 'custom', message: `${wrong}`, input: text });
  return z.NEVER;
});

const LabelName = z.string().min(1).max(200);
const MatcherMap = z
  .record(
    LabelName,
    z.union([z.string(), z.number(), z.boolean()], { error: 'must be the text that the label has' }),
  )
  .transform((labels) =>
    Object.entries(labels).map(([label, value]): Matcher => ({ label, op: 'equals', value: String(value) })),
  );

/** Where alerts that match go, and what becomes of them. */
export const Route = z.strictObject({
  name: Text.optional(),
  match: z
    .union([z.array(MatcherText).max(50), MatcherMap], {
      error: 'must be a list of matchers like `severity="critical"`, or a map like `severity: critical`',
    })
    .default([])
    .describe(
      'All must match. A label, or source, service, severity, title. Without it the route matches every alert',
    ),
  incident: z.enum(['open', 'none']).default('open').describe('none: keep the alert on record, tell nobody'),
  group_by: z
    .array(LabelName)
    .default(['service'])
    .describe(
      'Alerts equal in all of these labels are one incident; service, source, title and severity count as labels',
    ),
  group_window: duration({ least: 0 })
    .prefault('10m')
    .describe('How long after the last alert of a group a further one still joins it; 10m unless said'),
  policy: Id.optional().describe("Instead of the service's policy"),
  service: Id.optional().describe('For alerts that name no service that is known'),
  severity: Id.optional().describe("Instead of the severity that the alert's own gives"),
  impact: Id.optional().describe("Instead of the service's impact, where severity_matrix gives the severity"),
  urgency: Id.optional().describe("Instead of the urgency that the alert's own severity gives"),
  auto_resolve: z
    .boolean()
    .default(false)
    .describe('Resolve by itself when all alerts cleared and nobody has acknowledged'),
  ack_takes_command: z.boolean().default(false).describe('Whoever acknowledges becomes the commander'),
  visibility: z.enum(['public', 'private']).default('public'),
});
export type Route = z.output<typeof Route>;

function readMatcher(text: string): Matcher | null {
  const [, label, sign, quoted, bare] =
    /^\s*([^\s"=!~{}]+)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"][^"]*?|))\s*$/s.exec(text) ?? [];
  if (label === undefined || sign === undefined) return null;
  const op = OPERATORS[sign as keyof typeof OPERATORS];
  const value = quoted === undefined ? (bare ?? '') : unescape(quoted);
  return { label, op, value };
}

function unescape(quoted: string): string {
  return quoted.replaceAll(/\\(["\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

function badPattern(matcher: Matcher): string | null {
  const why = matcherProblem(matcher);
  return why === null ? null : `has a pattern that cannot be used, ${quote(matcher.value)}: ${why}`;
}
