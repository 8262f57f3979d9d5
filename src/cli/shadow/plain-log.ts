import type { LoggedPage, LoggedTarget } from '../../domain/shadow/page-log.ts';

/** A line of a log as fields, whatever it was written in. */
export type Fields = Readonly<Record<string, unknown>>;

/** The pages that a line tells of, or what is wrong with it. */
export type ReadLine = readonly LoggedPage[] | string;

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;
const KINDS = ['service', 'schedule', 'policy'] as const satisfies readonly LoggedTarget['kind'][];

/** Reads `at`, one of `service`, `schedule` and `policy`, `person` (or a list `people`), and perhaps `since` and `incident`. */
export function readPlain(fields: Fields): ReadLine {
  const at = instant(fields['at']);
  if (at === null)
    return `has no "at" like 2026-03-02T06:03:12Z, with Z or an offset, but ${show(fields['at'])}`;
  const since = isThere(fields['since']) ? instant(fields['since']) : at;
  if (since === null) return `has a "since" that is no instant: ${show(fields['since'])}`;
  const people = peopleOf(fields);
  if (people.length === 0) return 'has no "person"';
  const incident = isThere(fields['incident']) ? String(fields['incident']) : null;
  const kind = KINDS.find((one) => isThere(fields[one]));
  const target = kind === undefined ? null : { kind, name: String(fields[kind]).trim() };
  return people.map((person) => ({ at, since, target, person, incident }));
}

/** An instant in ISO 8601 with an offset; null for anything else. */
export function instant(value: unknown): Date | null {
  if (typeof value !== 'string' || !INSTANT.test(value.trim())) return null;
  const date = new Date(value.trim().replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? null : date;
}

function peopleOf(fields: Fields): readonly string[] {
  const list = Array.isArray(fields['people']) ? fields['people'] : [fields['person']];
  return list.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
}

function isThere(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
