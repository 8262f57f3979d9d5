import { PERSONAL, SECRETS, type SecretPattern } from './secret-patterns.ts';

/** Masks secrets and personal data; the same text gives the same masks, and masking twice changes nothing. */
export type Redact = (text: string) => string;

/** What the record taught us to mask: values seen in any revision of any message, and the configured words. */
export interface RedactionSource {
  readonly texts: readonly string[];
  readonly deny: readonly string[];
  /** Names of the team; they are not masked. */
  readonly team: readonly string[];
}

const MASK = /\[redacted/;
const SHORTEST_VALUE_TO_FOLLOW = 6;
const LONGEST_VALUE_TO_FOLLOW = 200;
const VALUES_PER_PATTERN = 200;
const MOST_ROUNDS = 8;
const PATTERNS: readonly SecretPattern[] = [...SECRETS, ...PERSONAL];

/** Makes the redaction for one document. A value seen once is masked wherever it comes again, also where its key is missing. */
export function makeRedact({ texts, deny, team }: RedactionSource): Redact {
  const known = new Map<string, string>();
  for (const word of deny) if (word.trim()) known.set(word.trim(), 'name');
  for (const text of texts) {
    for (const [value, kind] of valuesIn(text)) if (isWorthFollowing(value)) known.set(value, kind);
    for (const name of namesIn(text, team)) known.set(name, 'name');
  }
  const maskKnown = makeLiteralMask(known);
  return (text) => maskKnown(maskPatterns(text));
}

/** A mask can uncover the edge of the next value, so it goes round until nothing changes. */
function maskPatterns(text: string): string {
  let masked = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = PATTERNS.reduce(maskPattern, masked);
    if (next === masked) break;
    masked = next;
  }
  return masked;
}

function maskPattern(text: string, { kind, pattern }: SecretPattern): string {
  return text.replace(pattern, (...found: unknown[]) => {
    const whole = String(found[0]);
    const value = valueOf(found);
    if (!value || MASK.test(value) || isMention(value)) return whole;
    const start = whole.lastIndexOf(value);
    return `${whole.slice(0, start)}[redacted ${kind}]${whole.slice(start + value.length)}`;
  });
}

const isWorthFollowing = (value: string): boolean =>
  value.length >= SHORTEST_VALUE_TO_FOLLOW && value.length <= LONGEST_VALUE_TO_FOLLOW;

/** Masks values wherever they stand as words of their own; longer ones first, so that a part never uncovers the rest. */
function makeLiteralMask(known: ReadonlyMap<string, string>): Redact {
  const kinds = new Map([...known].map(([value, kind]) => [fold(value), kind]));
  const values = [...kinds.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const patterns: RegExp[] = [];
  for (let i = 0; i < values.length; i += VALUES_PER_PATTERN) {
    patterns.push(
      new RegExp(
        values
          .slice(i, i + VALUES_PER_PATTERN)
          .map(literal)
          .join('|'),
        'giu',
      ),
    );
  }
  return (text) =>
    patterns.reduce(
      (sofar, pattern) =>
        sofar.replace(pattern, (value) => `[redacted ${kinds.get(fold(value)) ?? 'value'}]`),
      text,
    );
}

const fold = (value: string): string => value.toLowerCase().replace(/\s+/g, ' ');

function literal(value: string): string {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
  const left = /^[\p{L}\p{N}]/u.test(value) ? String.raw`(?<![\p{L}\p{N}])` : '';
  const right = /[\p{L}\p{N}]$/u.test(value) ? String.raw`(?![\p{L}\p{N}])` : '';
  return left + escaped + right;
}

function valueOf(found: readonly unknown[]): string | undefined {
  const groups = found.at(-1);
  return typeof groups === 'object' && groups !== null && 'v' in groups && typeof groups.v === 'string'
    ? groups.v
    : undefined;
}

const isMention = (value: string): boolean => /^<[@#!&]/.test(value);

function* valuesIn(text: string): Generator<readonly [string, string]> {
  for (const { kind, pattern } of SECRETS) {
    for (const { groups } of text.matchAll(pattern)) {
      const value = groups?.['v']?.replace(/^["'`]+|["'`]+$/g, '');
      // Only what no word of prose looks like: a mask must not spread over ordinary words.
      if (value && !MASK.test(value) && /[\d\W_]/.test(value) && !isMention(value)) yield [value, kind];
    }
  }
  for (const { kind, pattern } of PERSONAL) {
    for (const { groups } of text.matchAll(pattern)) if (groups?.['v']) yield [groups['v'].trim(), kind];
  }
}

const NAME = String.raw`\p{Lu}[\p{Ll}'’-]+(?:[ \u00a0](?:van|von|de|da|del|der|la|le|bin|al)){0,2}(?:[ \u00a0]\p{Lu}[\p{L}'’.-]+){1,2}`;
const TITLES = String.raw`[Mm](?:r|rs|s|me|iss)|[Hh]err|[Ff]rau|[Dd]r|[Ss]eñora?`;
const PEOPLE = String.raw`[Cc](?:ustomer|lient|aller)|[Pp](?:atient|arent)|[Ss](?:tudent|ubscriber)|[Uu]ser`;
const NAMED = new RegExp(
  String.raw`\b(?:(?:(?:${TITLES})\.?|named|called|[Nn]ame(?: is|:)) (?<one>${NAME}|\p{Lu}\p{Ll}+)|(?:${PEOPLE}) (?<two>${NAME}))`,
  'gu',
);
const ADDRESS = PERSONAL.filter(
  ({ kind }) => kind === 'e-mail' || kind === 'phone' || kind === 'ssn' || kind === 'iban',
);
const NEAR = 40;

/** Names of outsiders: said with a title, spelled in an e-mail address, or standing beside an address or number. */
function* namesIn(text: string, team: readonly string[]): Generator<string> {
  const known = new Set(team.map((name) => name.toLowerCase()));
  const isOutsider = (name: string): boolean => !known.has(name.toLowerCase()) && name.length > 3;
  for (const { groups } of text.matchAll(NAMED)) {
    const name = groups?.['one'] ?? groups?.['two'];
    if (name && isOutsider(name)) yield name;
  }
  for (const { pattern } of ADDRESS) {
    for (const { 0: whole, index } of text.matchAll(pattern)) {
      const near = text.slice(Math.max(0, index - NEAR), index + whole.length + NEAR);
      for (const [name] of near.matchAll(new RegExp(NAME, 'gu'))) if (isOutsider(name)) yield name;
      const spelled = /^([\p{L}]{2,})[._-]([\p{L}]{2,})\d*@/u.exec(whole);
      if (spelled && isOutsider(`${spelled[1]} ${spelled[2]}`)) yield `${spelled[1]} ${spelled[2]}`;
    }
  }
}

const STRUCTURE = new Set([
  'schema',
  'messageId',
  'messageIds',
  'eventIds',
  'at',
  'owner',
  'caseId',
  'kind',
  'timezone',
  'withheld',
]);

/** Masks every text of a finished document; ids, kinds and instants are left alone. */
export function redactDocument<T>(document: T, redact: Redact): T {
  // Strings become strings and containers keep their keys, so the type holds.
  return redactValue(document, redact) as T;
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, STRUCTURE.has(key) ? item : redactValue(item, redact)]),
  );
}
