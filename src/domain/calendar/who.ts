import type { Person } from '../directory.ts';
import type { Occurrence } from './imported.ts';

/** How the events of a calendar name people. */
export interface NameRules {
  /** A mail address, a name or a whole title as the calendar writes it -> ids of people; an empty list is an event to leave out. */
  readonly map: Readonly<Record<string, readonly string[]>>;
  /** `auto` asks the attendees, and the title where none of them is known. */
  readonly from: 'auto' | 'attendees' | 'title';
  /** What titles look like: `{person}` stands for one or several names, `*` for anything. Null for the usual ways. */
  readonly title: string | null;
}

/** Whom an event means. `unknown` are names that stand for nobody: whoever reads it has to be told. */
export interface Meant {
  readonly people: readonly string[];
  readonly unknown: readonly string[];
}

type Names = Pick<Occurrence, 'title' | 'attendees'>;

/** Answers whom an event means. */
export type WhoIs = (event: Names) => Meant;

/** Titles that are understood without being told; the first is the name alone. */
const USUAL_TITLES = [
  '{person}',
  'on call: {person}',
  'on-call: {person}',
  'oncall: {person}',
  'on call - {person}',
  'on-call - {person}',
  '{person} on call',
  '{person} is on call',
  '{person} - on call',
  '{person} (on call)',
  '{person} (on-call)',
] as const;

const BETWEEN_NAMES = /\s*(?:[,;/+&]|\band\b)\s*/;

/** Reads the names of a calendar by its rules. A name that could be two people is nobody's. */
export function readNames(rules: NameRules, people: ReadonlyMap<string, Person>): WhoIs {
  const byTitle = new Map(Object.entries(rules.map).map(([name, ids]) => [fold(name), ids]));
  const find = lookUp(byTitle, people);
  const patterns = (rules.title === null ? USUAL_TITLES : [rules.title]).map(patternOf);
  const fromTitle = ({ title }: Names): Meant => inTitle(title, patterns, find);
  const fromAttendees = ({ attendees }: Names): Meant => {
    const found = attendees.map(({ email, name }) => ({
      called: name ?? email ?? '?',
      ids: find(email ?? '') ?? find(name ?? ''),
    }));
    return {
      people: found.flatMap(({ ids }) => ids ?? []),
      unknown: found.flatMap(({ called, ids }) => (ids === null ? [called] : [])),
    };
  };
  return (event) => {
    const mapped = byTitle.get(fold(event.title));
    if (mapped !== undefined) return { people: mapped, unknown: [] };
    if (rules.from === 'title' || event.attendees.length === 0) return fromTitle(event);
    const invited = fromAttendees(event);
    if (rules.from === 'attendees' || invited.people.length > 0) return invited;
    const titled = fromTitle(event);
    return titled.people.length > 0
      ? titled
      : { people: [], unknown: [...invited.unknown, ...titled.unknown] };
  };
}

type Find = (name: string) => readonly string[] | null;

function lookUp(mapped: ReadonlyMap<string, readonly string[]>, people: ReadonlyMap<string, Person>): Find {
  const known = new Map<string, readonly string[]>();
  const doubtful = new Set<string>();
  for (const { id, name, email, handles } of people.values()) {
    for (const spelling of new Set([id, name, email ?? '', ...Object.values(handles)].map(fold))) {
      if (known.has(spelling)) doubtful.add(spelling);
      known.set(spelling, [id]);
    }
  }
  return (name) => {
    const wanted = fold(name).replace(/^(mailto:|@)/, '');
    if (wanted === '') return null;
    return mapped.get(wanted) ?? (doubtful.has(wanted) ? null : (known.get(wanted) ?? null));
  };
}

/** The reading that leaves the fewest names over; one that knows nobody is none. */
function inTitle(title: string, patterns: readonly RegExp[], find: Find): Meant {
  const readings = patterns
    .flatMap((pattern) => pattern.exec(fold(title))?.[1]?.trim() ?? [])
    .map((names) => inNames(names, find))
    .filter(({ people, unknown }) => people.length > 0 || unknown.length === 0);
  const best = readings.toSorted((a, b) => a.unknown.length - b.unknown.length)[0];
  return best ?? { people: [], unknown: [title === '' ? '(no title)' : title] };
}

/** One name, or a list of them; with a list, a name that is unknown must not take the others off. */
function inNames(names: string, find: Find): Meant {
  const whole = find(names);
  if (whole !== null) return { people: whole, unknown: [] };
  const parts = names.split(BETWEEN_NAMES).filter((part) => part !== '');
  if (parts.length === 0) return { people: [], unknown: [names] };
  const found = parts.map((part) => ({ part, ids: find(part) }));
  return {
    people: found.flatMap(({ ids }) => ids ?? []),
    unknown: found.flatMap(({ part, ids }) => (ids === null ? [part] : [])),
  };
}

function patternOf(template: string): RegExp {
  const [before = '', after = ''] = fold(template).split('{person}');
  const source = (text: string) => text.split('*').map(literally).join('.*');
  return new RegExp(`^${source(before)}(.+?)${source(after)}$`, 's');
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
