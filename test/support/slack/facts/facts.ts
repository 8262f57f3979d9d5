import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sharedFile } from '../../shared-data.ts';

/** What Slack's reference says of one argument. */
const Argument = z.looseObject({
  type: z.string().optional(),
  subtype: z.string().optional(),
  enum: z.array(z.string()).optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
});
export type Argument = z.infer<typeof Argument>;

const Tier = z.enum(['t1', 't2', 't3', 't4', 't5']);
export type Tier = z.infer<typeof Tier>;

/** What Slack's reference says of one method of the Web API. */
const MethodFacts = z.object({
  tier: Tier,
  /** One of them is needed; which one may depend on the kind of the conversation. */
  scopes: z.array(z.string()),
  required: z.array(z.string()),
  args: z.record(z.string(), Argument),
  errors: z.array(z.string()),
  argGroups: z
    .array(z.object({ args: z.array(z.string()), mutually_exclusive: z.boolean().optional() }))
    .optional(),
});
export type MethodFacts = z.infer<typeof MethodFacts>;

const Copied = MethodFacts.extend({ method: z.string() });
const Official = z.object({
  commonErrors: z.array(z.string()),
  methods: z.record(z.string(), z.unknown()),
});
const OfficialMethod = MethodFacts.extend({ scopes: z.object({ bot: z.array(z.string()).optional() }) });

/** `dnd.teamInfo` is not in the reference's list; this is its page. */
const DND_TEAM_INFO: MethodFacts = {
  tier: 't2',
  scopes: ['dnd:read'],
  required: ['users'],
  args: { users: { type: 'string', subtype: 'users' }, team_id: { type: 'string', subtype: 'team' } },
  errors: ['missing_argument', 'too_many_users', 'user_not_found', 'users_not_found'],
};

/** Errors that any method may answer with. */
export const COMMON_ERRORS = [
  'access_denied',
  'account_inactive',
  'fatal_error',
  'internal_error',
  'invalid_arg_name',
  'invalid_arguments',

  'invalid_array_arg',
  'invalid_auth',
  'invalid_form_data',
  'invalid_json',
  'invalid_post_type',
  'is_bot',

  'json_not_object',
  'missing_post_type',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
  'unknown_method',
];

/** The methods that this server speaks, as copied from the reference. */
export function copiedFacts(): ReadonlyMap<string, MethodFacts> {
  const lines = readFileSync(join(import.meta.dirname, 'methods.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const methods = lines.map((line): [string, MethodFacts] => {
    const { method, ...facts } = Copied.parse(JSON.parse(line));
    return [method, facts];
  });
  return new Map([...methods, ['dnd.teamInfo', DND_TEAM_INFO]]);
}

/** The whole official reference; null when the machine does not have it. */
export function officialFacts(): {
  readonly errors: readonly string[];
  readonly methods: ReadonlyMap<string, MethodFacts>;
} | null {
  const file = sharedFile('slack', 'methods.json');
  if (file === null) return null;
  const { commonErrors, methods } = Official.parse(JSON.parse(readFileSync(file, 'utf8')));
  const all = Object.entries(methods).flatMap(([name, one]): [string, MethodFacts][] => {
    const read = OfficialMethod.safeParse(one);
    return read.success ? [[name, { ...read.data, scopes: read.data.scopes.bot ?? [] }]] : [];
  });
  return { errors: commonErrors, methods: new Map(all) };
}
