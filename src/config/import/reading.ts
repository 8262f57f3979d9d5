import { z } from 'zod';
import type { Item } from './export-items.ts';
import { isMap } from '../raw.ts';
import type { Notes } from './notes.ts';

/** An id of the old tool, as text whatever it was. */
export const ForeignId = z.union([z.string().min(1), z.number().transform(String)], {
  error: 'has no id',
});

/** A text that may be missing or null. */
export const MaybeText = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text?.trim() || null);

/** An instant in ISO 8601 with an offset, or in ms since the epoch. */
export const Moment = z
  .union([z.string().regex(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i), z.number()], {
    error: ({ input }) =>
      input === undefined ? 'is missing' : `is no instant with a time zone: ${JSON.stringify(input)}`,
  })
  .transform((value) => new Date(value))
  .refine(
    (date) => !Number.isNaN(date.getTime()) && date.getUTCFullYear() <= 9999,
    'is no date of the calendar',
  );

/** A list that may be missing or null, each item read by itself: one that cannot be read is left out. */
export function lenientList<T extends z.ZodType>(schema: T) {
  return z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform((items): readonly z.output<T>[] =>
      (items ?? []).flatMap((item) => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

/** What something in an export points at; `summary`, `name` and `username` are for people to read. */
export const Reference = z.looseObject({
  id: ForeignId,
  type: MaybeText,
  summary: MaybeText,
  name: MaybeText,
  username: MaybeText,
});
export type Reference = z.output<typeof Reference>;

/** How reports call a kind of thing, and what of it is read. */
export interface ReadAs {
  readonly what: string;
  readonly notes: Notes;
  /** Fields that are left unread because they decide nothing: links, colours, counts. */
  readonly harmless: readonly string[];
}

/** Reads all things of a section; what cannot be read, and every field that nobody reads, is noted. */
export function readAll<S extends z.ZodObject>(
  schema: S,
  items: readonly Item[],
  { what, notes, harmless }: ReadAs,
): readonly (z.output<S> & { readonly from: string })[] {
  const known = new Set([...Object.keys(schema.shape), ...harmless]);
  const [unread, lost] = [new Map<string, number>(), new Map<string, number>()];
  const read = items.flatMap(({ value, from }) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      notes.add('dropped', `${what} ${nameOf(value)}`, `cannot be read (${from}): ${whyNot(parsed.error)}.`);
      return [];
    }
    for (const [key, field] of Object.entries(value)) {
      if (!known.has(key) && !isEmpty(field)) unread.set(key, (unread.get(key) ?? 0) + 1);
    }
    for (const path of new Set(passedOverIn(value, parsed.data, harmless)))
      unread.set(path, (unread.get(path) ?? 0) + 1);
    for (const path of lostIn(value, parsed.data)) lost.set(path, (lost.get(path) ?? 0) + 1);
    return [{ ...parsed.data, from }];
  });
  if (lost.size > 0) {
    const lists = [...lost].map(([path, count]) => `${count} of ${path}`).join(', ');
    notes.add('dropped', `${what}: parts that cannot be read`, `they have another shape: ${lists}.`);
  }
  if (unread.size > 0) {
    const fields = [...unread].map(([key, count]) => `${key} (${count})`).join(', ');
    notes.add('dropped', `${what}: further fields`, `not read, with how many have them: ${fields}.`);
  }
  return read;
}

/** Notes every field of a thing, as it stood and as it was read, that nobody reads. For what is read one by one. */
export function noteUnread(
  { before, after }: { readonly before: unknown; readonly after: unknown },
  about: string,
  { notes, harmless }: Omit<ReadAs, 'what'>,
): void {
  const unread = passedOverIn({ it: before }, { it: after }, harmless).map((path) =>
    path.slice('it.'.length),
  );
  if (unread.length === 0) return;
  notes.add('dropped', `${about}: further fields`, `not read: ${[...new Set(unread)].join(', ')}.`);
}

/** The list, by its path, of every item that did not survive being read. */
function lostIn(before: unknown, after: unknown, path = ''): readonly string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const gone = before.filter((item) => !isEmpty(item)).length - after.length;
    if (gone > 0) return Array.from({ length: gone }, () => path);
    return before.length === after.length ? before.flatMap((item, i) => lostIn(item, after[i], path)) : [];
  }
  if (!isMap(before) || !isMap(after)) return [];
  return Object.entries(before).flatMap(([key, value]) =>
    lostIn(value, after[key], path === '' ? key : `${path}.${key}`),
  );
}

/** What names and describes a thing within another for people and programs, and decides nothing. */
const NAMING = [
  'id',
  'type',
  'self',
  'html_url',
  'url',
  'summary',
  'name',
  'username',
  'description',
  'links',
];

/** Every field below the first level, by its path, that is there and that no schema kept. What was read into another form is not looked at. */
function passedOverIn(
  before: unknown,
  after: unknown,
  harmless: readonly string[],
  path: readonly string[] = [],
): readonly string[] {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length
      ? before.flatMap((item, i) => passedOverIn(item, after[i], harmless, path))
      : [];
  if (!isMap(before) || !isMap(after)) return [];
  const isSameForm = Object.keys(before).some((key) => key in after);
  return Object.entries(before).flatMap(([key, value]) => {
    if (key in after) return passedOverIn(value, after[key], harmless, [...path, key]);
    const isWorthANote = path.length > 0 && isSameForm && !isEmpty(value);
    return isWorthANote && ![...NAMING, ...harmless].includes(key) ? [[...path, key].join('.')] : [];
  });
}

/** Merges the copies that lists and details hold of one thing; fields that are there win over those that are not. */
export function mergeById(items: readonly Item[]): readonly Item[] {
  const merged = new Map<string, Item>();
  items.forEach((item, i) => {
    const id = item.value['id'];
    const key = typeof id === 'string' || typeof id === 'number' ? String(id) : `#${i}`;
    const before = merged.get(key);
    const fields = Object.entries(item.value).filter(([, field]) => !isEmpty(field));
    merged.set(
      key,
      before ? { from: item.from, value: { ...before.value, ...Object.fromEntries(fields) } } : item,
    );
  });
  return [...merged.values()];
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function nameOf(value: Readonly<Record<string, unknown>>): string {
  const name = value['name'] ?? value['summary'] ?? value['username'] ?? value['id'];
  return typeof name === 'string' || typeof name === 'number' ? String(name) : 'without a name';
}

function whyNot(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it has another shape';
  const path = issue.path.map(String).join('.');
  return path === '' ? issue.message : `${path} ${issue.message}`;
}
