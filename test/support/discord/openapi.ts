import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { sharedFile } from '../shared-data.ts';

/** Holds requests and answers against Discord's own description of its API. */
export interface Description {
  /** What is wrong with a request's body; null when nothing is, or when the description says nothing. */
  readonly body: (route: string, body: unknown) => string | null;
  /** What is wrong with an answer. */
  readonly answer: (route: string, status: number, json: unknown) => string | null;
}

type Json = Readonly<Record<string, unknown>>;

let loaded: Description | null | undefined;

/** The official description, or null where the machine does not have it. Read once. */
export function officialDescription(): Description | null {
  if (loaded === undefined) {
    const file = sharedFile('discord', 'openapi.json');
    loaded = file === null ? null : describe(JSON.parse(readFileSync(file, 'utf8')));
  }
  return loaded;
}

function describe(document: unknown): Description {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  formats.default(ajv);
  for (const name of ['snowflake', 'nonce']) ajv.addFormat(name, true);
  ajv.addSchema(anyOfs(document) as Json, 'discord');
  const compiled = new Map<string, ValidateFunction | null>();
  const validator = (pointer: readonly string[]): ValidateFunction | null => {
    const key = pointer
      .map((piece) => encodeURIComponent(piece.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const made = hasAt(document, pointer) ? (ajv.getSchema(`discord#/${key}`) ?? null) : null;
    compiled.set(key, made);
    return made;
  };
  const check = (validate: ValidateFunction | null, json: unknown): string | null =>
    validate === null || validate(json)
      ? null
      : ajv.errorsText(validate.errors, { dataVar: 'it', separator: '; ' });
  return {
    body: (route, body) => {
      const at = [...operation(route), 'requestBody', 'content', 'application/json', 'schema'];
      return check(validator(at), numbersForBits(body));
    },
    answer: (route, status, json) => {
      const [first = ''] = String(status);
      const exact = [
        ...operation(route),
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ];
      if (hasAt(document, exact)) return check(validator(exact), json);
      const named = status === 429 ? 'ClientRatelimitedResponse' : 'ClientErrorResponse';
      const refused = ['components', 'responses', named, 'content', 'application/json', 'schema'];
      if (first === '4') return check(validator(refused), withoutTree(json));
      const isKnown = hasAt(document, [...operation(route), 'responses', String(status)]);
      return isKnown ? null : `${status} is not among the answers`;
    },
  };
}

function operation(route: string): readonly string[] {
  const [method = '', path = ''] = route.split(' ');
  return ['paths', path, method.toLowerCase()];
}

function hasAt(document: unknown, pointer: readonly string[]): boolean {
  let here = document;
  for (const piece of pointer) {
    if (typeof here !== 'object' || here === null || !(piece in here)) return false;
    here = (here as Json)[piece];
  }
  return true;
}

/** The codes inside the tree of errors are words, as the documentation shows them; the description wants numbers. */
function withoutTree(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'errors'));
}

/** The description says `oneOf` where several alternatives may hold (a thread also looks like a channel). */
function anyOfs(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(anyOfs);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key === 'oneOf' ? 'anyOf' : key, anyOfs(value)]),
  );
}

const BITS = new Set(['allow', 'deny', 'permissions', 'default_member_permissions']);

/** Permission bits travel as text, as the documentation has it; the description calls them integers. */
function numbersForBits(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(numbersForBits);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      BITS.has(key) && typeof value === 'string' ? Number(value) : numbersForBits(value),
    ]),
  );
}
