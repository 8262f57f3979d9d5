import type { z } from 'zod';

import { invalidForm } from '../refusal.ts';
import type { Problem } from '../refusal.ts';

/** The body as its schema reads it; refuses with 50035 and says what is wrong where. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw invalidForm(read.error.issues.map(problemOf));
}

/** What a schema finds wrong with a part of a body that stands at a path. */
export function partProblems(
  schema: z.ZodType,
  part: unknown,
  path: readonly PropertyKey[],
): readonly Problem[] {
  const read = schema.safeParse(part);
  if (read.success) return [];
  return read.error.issues.map(problemOf).map((one) => ({ ...one, path: [...path, ...one.path] }));
}

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue): Problem {
  return { path: issue.path, ...saidOf(issue) };
}

const CONVERSIONS: Readonly<Record<string, string>> = {
  string: 'STRING_TYPE_CONVERT',
  number: 'NUMBER_TYPE_COERCE',
  int: 'NUMBER_TYPE_COERCE',
  boolean: 'BOOLEAN_TYPE_CONVERT',
  array: 'LIST_TYPE_CONVERT',
  object: 'DICT_TYPE_CONVERT',
};

function saidOf(issue: Issue): Pick<Problem, 'code' | 'message'> {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'number'
        ? { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${issue.maximum}.` }
        : { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
    case 'too_small':
      return issue.origin === 'number'
        ? {
            code: 'NUMBER_TYPE_MIN',
            message: `int value should be greater than or equal to ${issue.minimum}.`,
          }
        : { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
    case 'invalid_type':
      return issue.message.includes('undefined')
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : {
            code: CONVERSIONS[issue.expected] ?? 'BASE_TYPE_CONVERT',
            message: `Could not interpret the value as ${issue.expected}.`,
          };
    case 'invalid_value':
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${issue.values.map((one) => JSON.stringify(one)).join(', ')}}.`,
      };
    case 'custom':
      return { code: String(issue.params?.['code'] ?? 'BASE_TYPE_INVALID'), message: issue.message };
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}
