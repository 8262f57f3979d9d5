import { z } from 'zod';
import { nearestWord } from '../lib/edit-distance.ts';
import { fault, quote, type Finding, type Path } from './problem.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** Words for everything that a schema does not word itself. Unknown keys get one line each. */
export const explainIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, knownKeys(issue))).join('\n');
    case 'invalid_value':
      return notOneOf(issue.input, issue.values.map(String));
    case 'too_small':
      return `must be ${issue.minimum} or more${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.maximum} or less${unitOf(issue.origin)}`;
    // The schemas word these themselves, or hold further issues that are explained one by one.
    case 'custom':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
    case 'not_multiple_of':
      return undefined;
  }
};

/** What a parse did not like, as findings: one for each thing to change. */
export function findingsOf(error: z.ZodError): readonly Finding[] {
  return error.issues.flatMap((issue) => explainOne(issue, []));
}

function explainOne(issue: z.core.$ZodIssue, above: Path): readonly Finding[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, i) => ({
      ...fault([...path, key], messages[i] ?? 'is not a key that is known here.'),
      part: 'key',
    }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues
      .slice(0, 1)
      .map(({ message }) => ({ ...fault(path, sentence(message)), part: 'key' }));
  }
  const nearestBranch = issue.code === 'invalid_union' ? closestBranch(issue) : null;
  if (nearestBranch) return nearestBranch.flatMap((inner) => explainOne(inner, path));
  return [fault(path, sentence(issue.message))];
}

// Of a choice, the alternative that at least had the right type is the one that was meant.
function closestBranch({ errors }: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | null {
  const meant = errors.filter(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function explainType({ input, expected, inst }: RawIssue & { readonly expected?: string }): string {
  const wanted = KINDS[expected ?? ''] ?? 'of another kind';
  const meaning = inst instanceof z.ZodType ? inst.description : undefined;
  if (input === undefined)
    return meaning
      ? `is missing: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`
      : `is missing: it must be ${wanted}`;
  if (input === null)
    return 'is empty: give it a value (in quotes if it begins with #), or take the line away';
  const hint = expected === 'string' && !isBranching(input) ? ': put it in quotes' : '';
  return `must be ${wanted}, not ${kindOf(input)}${hint}`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (each item on a line that begins with -)',
  object: 'a map of `key: value` lines',
  record: 'a map of `name: …` entries',
};

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (isBranching(input)) return 'a map';
  return `the ${typeof input === 'string' ? 'text' : typeof input} ${quote(input)}`;
}

function isBranching(input: unknown): boolean {
  return typeof input === 'object' && input !== null;
}

function knownKeys({ inst }: RawIssue): readonly string[] {
  return inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearestWord(key, known);
  return `is not a key that is known here.${meant ? ` Did you mean ${quote(meant)}?` : ''}${list('Known are', known)}`;
}

function notOneOf(input: unknown, values: readonly string[]): string {
  if (input === undefined) return `is missing: it must be one of ${values.join(', ')}`;
  const meant = typeof input === 'string' ? nearestWord(input, values) : null;
  return `must be one of ${values.join(', ')}, not ${quote(input)}.${meant ? ` Did you mean ${quote(meant)}?` : ''}`;
}

/** ` Known are: a, b, c.`, cut short when there are many; empty when there are none. */
export function list(intro: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return ` ${intro}: ${names.slice(0, 12).join(', ')}${more}.`;
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

function sentence(message: string): string {
  return /[.?!…]$/.test(message) ? message : `${message}.`;
}
