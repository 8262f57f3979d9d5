import { isMap } from '../raw.ts';

/** A JSON document of an export, and the file or address that it came from. */
export interface ExportDocument {
  readonly from: string;
  readonly value: unknown;
}

/** One thing of an export, and where it stood: some answers name what they belong to only by their file. */
export interface Item {
  readonly from: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** How a kind of thing is found in an export: under these keys, in files named like them, or by its shape. */
export interface SectionShape {
  readonly keys: readonly string[];
  readonly is: (value: Readonly<Record<string, unknown>>) => boolean;
}

/** An export with every thing under its kind, and what belongs to no kind that is known. */
export interface Sorted<S extends string> {
  readonly items: Readonly<Record<S, readonly Item[]>>;
  /** Key or file -> how many things of it are not read. */
  readonly unknown: ReadonlyMap<string, number>;
  readonly count: number;
  /** How many of them have the shape of their kind, and not only its place. */
  readonly shaped: number;
}

type Shapes<S extends string> = Readonly<Record<S, SectionShape>>;

/** Wrappers that APIs put around what they answer. */
const WRAPPERS = ['data', 'results', 'nodes', 'items'];
/** What APIs write beside it: pages, request ids, durations. */
const PAGING = new Set(
  'limit offset more total next previous count current_page_number page_size total_pages paging took requestId request_id expandable pageInfo next_cursor errors __typename'.split(
    ' ',
  ),
);
const DEEPEST = 6;

/** Sorts whatever an export holds: API answers one to a file, lists of pages, or everything in one document. Never throws. */
export function sortExport<S extends string>(
  documents: readonly ExportDocument[],
  shapes: Shapes<S>,
): Sorted<S> {
  const names = Object.keys(shapes) as S[];
  const sorted: Record<string, Item[]> = Object.fromEntries(names.map((name) => [name, []]));
  const unknown = new Map<string, number>();
  const put = (value: Readonly<Record<string, unknown>>, from: string, hint: string | null): void => {
    const byShape = names.find((name) => shapes[name].is(value));
    const section = hint === null ? (byShape ?? null) : sectionOfKey(hint, shapes);
    if (section === null) unknown.set(hint ?? from, (unknown.get(hint ?? from) ?? 0) + 1);
    else sorted[section]?.push({ from, value });
  };
  const walk = (
    value: unknown,
    from: string,
    at: { readonly hint: string | null; readonly depth: number },
  ): void => {
    if (Array.isArray(value)) {
      for (const one of value) walk(one, from, at);
      return;
    }
    if (!isMap(value) || at.depth > DEEPEST) return;
    const deeper = { ...at, depth: at.depth + 1 };
    const wrapper = WRAPPERS.find((key) => Array.isArray(value[key]) || isMap(value[key]));
    if (wrapper !== undefined) return walk(value[wrapper], from, deeper);
    if (at.hint !== null || names.some((name) => shapes[name].is(value))) return put(value, from, at.hint);
    const keys = Object.keys(value).filter((key) => !PAGING.has(key) && isBranch(value[key]));
    if (keys.length === 0 || 'id' in value) return put(value, from, sectionOfKey(fileName(from), shapes));
    for (const key of keys) walk(value[key], from, { hint: key, depth: at.depth + 1 });
  };
  for (const { from, value } of documents) walk(value, from, { hint: null, depth: 0 });
  const found = names.flatMap((name) => (sorted[name] ?? []).map(({ value }) => shapes[name].is(value)));
  const shaped = found.filter(Boolean).length;
  return { items: sorted as Record<S, Item[]>, unknown, count: found.length, shaped };
}

function isBranch(value: unknown): boolean {
  return Array.isArray(value) || isMap(value);
}

function sectionOfKey<S extends string>(key: string, shapes: Shapes<S>): S | null {
  const folded = fold(key);
  const names = Object.keys(shapes) as S[];
  const exact = names.find((name) => shapes[name].keys.some((known) => fold(known) === folded));
  return (
    exact ?? names.find((name) => shapes[name].keys.some((known) => folded.startsWith(fold(known)))) ?? null
  );
}

function fold(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function fileName(from: string): string {
  return (from.split(/[/\\]/).at(-1) ?? '').replace(/\.json$/i, '');
}
