import { z } from 'zod';
import { nextChange, onCallAt, timeline, type Segment } from '../domain/schedule/on-call.ts';
import { Instant, Schedule } from '../domain/schedule/schedule.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The answer to one query. */
export interface Answer {
  readonly at: Date;
  readonly onCall: readonly string[];
  readonly nextChange: Date | null;
}

/** The answers of one case, in the order of its queries; `segments` is absent when it asks for no timeline. */
export interface AnsweredCase {
  readonly name: string;
  readonly zone: string;
  readonly answers: readonly Answer[];
  readonly segments?: readonly Segment[];
}

/** A document with its answers filled in, what makes that impossible, and what was passed over. */
export interface Evaluation {
  readonly document: unknown;
  readonly cases: readonly AnsweredCase[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

const Query = z.looseObject({ at: Instant }, { error: 'must be an object with `at`' });

const Timeline = z.looseObject(
  { from: Instant, to: Instant },
  { error: 'must be an object with `from` and `to`' },
);

/** The questions of one case; whatever else stands beside them is handed through. */
const Questions = z.looseObject({
  queries: z.array(Query, { error: 'must be a list' }).nullish(),
  timeline: Timeline.refine(({ from, to }) => !(Date.parse(from) > Date.parse(to)), {
    error: 'must not be earlier than `from`',
    path: ['to'],
  }).nullish(),
});
type Questions = z.infer<typeof Questions>;

// Far deeper than any list of cases, and shallow enough for the stack.
const DEEPEST = 20;

interface Findings {
  readonly cases: AnsweredCase[];
  readonly problems: string[];
  readonly warnings: string[];
}

/** Fills `onCall`, `nextChange` and `segments` into every case of a document, wherever in it the cases are; the rest stays as it is. */
export function evaluateDocument(document: unknown): Evaluation {
  const found: Findings = { cases: [], problems: [], warnings: [] };
  const walk = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (isCase(value)) return evaluateCase(value, nameOfCase(value, path), found);
    if (!isObject(value) || path.length >= DEEPEST) return value;
    if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, i]));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  return { document: walk(document, []), ...found };
}

function evaluateCase(input: JsonObject, name: string, found: Findings): JsonObject {
  const { schedule, unknownKeys, issues } = readSchedule(input['schedule']);
  const questions = Questions.safeParse(input);
  const problems = [...issues, ...(questions.error?.issues ?? [])];
  found.warnings.push(
    ...unknownKeys.map((key) => `${name}: ${key} is not a setting of a schedule, it is ignored`),
  );
  found.problems.push(...problems.map(({ path, message }) => `${name}: ${showPath(path)}: ${message}`));
  if (!schedule || !questions.success) return input;
  const answered = answerCase(name, schedule, questions.data);
  found.cases.push(answered);
  return fillCase(input, questions.data, answered);
}

function answerCase(name: string, schedule: Schedule, { queries, timeline: range }: Questions): AnsweredCase {
  const answers = (queries ?? []).map(({ at: text }) => {
    const at = new Date(text);
    return { at, onCall: onCallAt(schedule, at), nextChange: nextChange(schedule, at) };
  });
  const segments = range && timeline(schedule, new Date(range.from), new Date(range.to));
  return { name, zone: schedule.timeZone, answers, ...(segments && { segments }) };
}

function fillCase(
  input: JsonObject,
  { queries, timeline: range }: Questions,
  { answers, segments }: AnsweredCase,
): JsonObject {
  return {
    ...input,
    ...(queries && { queries: queries.map((query, i) => ({ ...query, ...showAnswer(answers[i]) })) }),
    ...(segments && { timeline: { ...range, segments: segments.map(showSegment) } }),
  };
}

function showAnswer(answer: Answer | undefined): JsonObject {
  return { onCall: answer?.onCall, nextChange: answer?.nextChange ? showInstant(answer.nextChange) : null };
}

function showSegment({ start, end, onCall }: Segment): JsonObject {
  return { start: showInstant(start), end: showInstant(end), onCall };
}

interface ReadSchedule {
  readonly schedule?: Schedule | undefined;
  readonly unknownKeys: readonly string[];
  readonly issues: readonly z.core.$ZodIssue[];
}

// A setting that we do not know must not silence a whole document: it is named and left out.
function readSchedule(written: unknown): ReadSchedule {
  const input = withNeverActive(withoutNulls(written));
  const first = Schedule.safeParse(input);
  const unknown = (first.error?.issues ?? []).filter((issue) => issue.code === 'unrecognized_keys');
  const unknownKeys = unknown.flatMap(({ path, keys }) =>
    keys.map((key) => showPath(['schedule', ...path, key])),
  );
  const { data: schedule, error } =
    unknown.length === 0 ? first : Schedule.safeParse(without(input, unknown));
  const issues = (error?.issues ?? []).map((issue) => ({ ...issue, path: ['schedule', ...issue.path] }));
  return { schedule, unknownKeys, issues };
}

// Many writers of JSON give `null` for what is not there; only in `with` it says something.
function withoutNulls(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNulls);
  if (!isObject(input)) return input;
  const said = Object.entries(input).filter(([key, value]) => value !== null || key === 'with');
  return Object.fromEntries(said.map(([key, value]) => [key, withoutNulls(value)]));
}

// A layer that ends before it begins is never active: a mistake in a configuration, and a fair question here.
function withNeverActive(input: unknown): unknown {
  if (!isObject(input) || !Array.isArray(input['layers'])) return input;
  const layers = input['layers'].map((layer: unknown) => {
    if (!isObject(layer)) return layer;
    const { activeFrom: from, activeUntil: until } = layer;
    const isNever =
      typeof from === 'string' && typeof until === 'string' && Date.parse(until) < Date.parse(from);
    return isNever ? { ...layer, activeUntil: from } : layer;
  });
  return { ...input, layers };
}

function without(input: unknown, unknown: readonly z.core.$ZodIssueUnrecognizedKeys[]): unknown {
  const copy: unknown = structuredClone(input);
  for (const { path, keys } of unknown) {
    const owner = path.reduce<unknown>((at, key) => (isObject(at) ? at[String(key)] : undefined), copy);
    if (isObject(owner)) for (const key of keys) Reflect.deleteProperty(owner, key);
  }
  return copy;
}

/** An instant as the format writes it: UTC, with a fraction of a second only if there is one. */
export function showInstant(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z');
}

function isCase(value: unknown): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'schedule');
}

// Arrays count: a path of zod walks through both.
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function nameOfCase(value: JsonObject, path: readonly PropertyKey[]): string {
  const id = value['id'];
  if (typeof id === 'string' || typeof id === 'number') return `case ${id}`;
  return path.length === 0 ? 'the case' : `case ${showPath(path)}`;
}

function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    return shown === '' ? String(key) : `${shown}.${String(key)}`;
  }, '');
}
