import { isMap } from '../raw.ts';
import type { ExportDocument } from './export-items.ts';

/** A list of which an export has the beginning only, and where that is. */
export interface UnfinishedList {
  readonly name: string;
  readonly from: string;
}

interface Page extends UnfinishedList {
  readonly isLast: boolean;
}

type Value = Readonly<Record<string, unknown>>;

const DEEPEST = 8;

/** The lists whose pages say that there are more, when no page of the export is their last. Never throws. */
export function unfinishedLists(documents: readonly ExportDocument[]): readonly UnfinishedList[] {
  const pages = documents.flatMap(({ from, value }) => pagesIn(value, { from, parent: null, depth: 0 }));
  const open = new Map<string, UnfinishedList>();
  for (const { name, from, isLast } of pages) if (!isLast && !open.has(name)) open.set(name, { name, from });
  for (const { name, isLast } of pages) if (isLast) open.delete(name);
  return [...open.values()];
}

interface Place {
  readonly from: string;
  /** The key under which it stands. */
  readonly parent: string | null;
  readonly depth: number;
}

function pagesIn(value: unknown, place: Place): readonly Page[] {
  if (place.depth > DEEPEST) return [];
  const deeper = { ...place, depth: place.depth + 1 };
  if (Array.isArray(value)) return value.flatMap((one) => pagesIn(one, deeper));
  if (!isMap(value)) return [];
  const page = pageOf(value, place);
  if (page !== null) return [page];
  return Object.entries(value).flatMap(([parent, one]) => pagesIn(one, { ...deeper, parent }));
}

/** A list of one of the four tools that comes in pages; null for anything else. */
function pageOf(value: Value, { from, parent }: Place): Page | null {
  const list = Object.keys(value).find((key) => Array.isArray(value[key]));
  if (list === undefined) return null;
  if (typeof value['more'] === 'boolean') return { name: list, from, isLast: !value['more'] };
  const info = value['pageInfo'];
  if (isMap(info) && parent !== null) return { name: parent, from, isLast: info['hasNextPage'] !== true };
  const links = isMap(value['paging']) ? value['paging'] : value;
  const next = pathOf(links['next']);
  const other = pathOf(links['previous']) ?? pathOf(links['prev']) ?? pathOf(links['first']);
  const name = next ?? other;
  return name === null ? null : { name, from, isLast: next === null };
}

/** What an address of another page lists; null for what is no address. */
function pathOf(link: unknown): string | null {
  if (typeof link !== 'string' || !URL.canParse(link)) return null;
  return new URL(link).pathname.replaceAll(/^\/|\/$/g, '') || null;
}
