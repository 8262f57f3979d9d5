import type { Argument, MethodFacts } from '../facts/facts.ts';
import { refuseArguments } from '../refusal.ts';
import type { Json } from '../workspace/state.ts';

/** The arguments of a call, each read as what the reference says it is. */
export interface Args {
  /** As they came, the token left out. */
  readonly all: Json;
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  /** Throws when it is missing: for arguments that the reference requires. */
  readonly need: (name: string) => string;
  readonly flag: (name: string) => boolean;
  readonly number: (name: string) => number | undefined;
  /** Ids between commas, or a JSON array. */
  readonly list: (name: string) => readonly string[] | undefined;
  readonly json: (name: string) => unknown;
}

type Kind = 'text' | 'flag' | 'number' | 'list' | 'json';

/** Arguments that carry JSON in a form field, and JSON itself in a JSON body. */
const JSON_ARGUMENTS = new Set([
  'attachments',
  'blocks',
  'changes',
  'criteria',
  'document_content',
  'files',
  'metadata',
  'unfurled_attachments',
  'unfurls',
  'user_auth_blocks',
  'view',
]);

/** Slack's SDK adds the team to every call; the token is read elsewhere. */
const ALWAYS = new Set(['token', 'team_id', '_x_id']);

/** Reads the arguments and refuses those that are missing, unknown, or not what they should be. */
export function readArgs(facts: MethodFacts, given: Json): Args {
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [name, raw] of Object.entries(given)) {
    const argument = facts.args[name];
    if (raw === null || raw === undefined) continue;
    if (argument === undefined) {
      if (!ALWAYS.has(name)) problems.push(`unknown field: ${name}`);
      continue;
    }
    const read = readValue(kindOf(name, argument), raw);
    if (read === WRONG) problems.push(`failed to match all allowed schemas [json-pointer:/${name}]`);
    else {
      problems.push(...outOfBounds(name, argument, read));
      values.set(name, read);
    }
  }
  for (const name of facts.required) if (!values.has(name)) problems.push(`missing required field: ${name}`);
  if (problems.length > 0) refuseArguments(...problems);
  const { token: _token, ...all } = given;
  return argsOf(all, values);
}

function argsOf(all: Json, values: ReadonlyMap<string, unknown>): Args {
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    all,
    has: (name) => values.has(name),
    text,
    need: (name) => text(name) ?? refuseArguments(`missing required field: ${name}`),
    flag: (name) => values.get(name) === true,
    number: (name) => {
      const value = values.get(name);
      return typeof value === 'number' ? value : undefined;
    },
    list: (name) => {
      const value = values.get(name);
      return Array.isArray(value) ? value.map(String) : undefined;
    },
    json: (name) => values.get(name),
  };
}

const WRONG = Symbol('wrong');

function kindOf(name: string, argument: Argument): Kind {
  if (JSON_ARGUMENTS.has(name)) return 'json';
  const types = [argument.type, ...(argument.anyOf ?? []).map(({ type }) => type)];
  if (argument.subtype === 'users' || types.includes('array')) return 'list';
  if (types.includes('boolean')) return 'flag';
  return types.some((type) => type === 'integer' || type === 'number') ? 'number' : 'text';
}

function readValue(kind: Kind, raw: unknown): unknown {
  switch (kind) {
    case 'json':
      return typeof raw === 'string' ? parsed(raw) : typeof raw === 'object' ? raw : WRONG;
    case 'list':
      return readList(raw);
    case 'flag':
      return readFlag(raw);
    case 'number': {
      const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
      return typeof number === 'number' && Number.isFinite(number) ? number : WRONG;
    }
    case 'text':
      return typeof raw === 'string' ? raw : typeof raw === 'number' ? String(raw) : WRONG;
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : WRONG;
  } catch {
    return WRONG;
  }
}

function readList(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw;
  if (typeof raw !== 'string') return WRONG;
  if (raw.startsWith('[')) return parsed(raw);
  return raw
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function readFlag(raw: unknown): unknown {
  if (typeof raw === 'boolean') return raw;
  if (raw === 'true' || raw === '1' || raw === 1) return true;
  return raw === 'false' || raw === '0' || raw === 0 || raw === '' ? false : WRONG;
}

function outOfBounds(name: string, argument: Argument, value: unknown): readonly string[] {
  const at = `[json-pointer:/${name}]`;
  const { maxLength, minimum, maximum, maxItems } = argument;
  if (typeof value === 'string' && maxLength !== undefined && maxLength > 0 && value.length > maxLength)
    return [`must be less than ${maxLength + 1} characters ${at}`];
  if (typeof value === 'string' && argument.enum && !argument.enum.includes(value))
    return [`must be one of ${argument.enum.join(', ')} ${at}`];
  if (typeof value === 'number' && minimum !== undefined && value < minimum)
    return [`must be at least ${minimum} ${at}`];
  if (typeof value === 'number' && maximum !== undefined && value > maximum)
    return [`must be at most ${maximum} ${at}`];
  if (Array.isArray(value) && maxItems !== undefined && value.length > maxItems)
    return [`no more than ${maxItems} items allowed ${at}`];
  return [];
}
