import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type LineCounter,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { Path, Place } from './problem.ts';
import { nameOfKey } from './yaml-value.ts';

interface Wanted {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly lines: LineCounter;
  readonly aliases: ReadonlyMap<Alias, Node>;
}

/** Where the value at a path, or its key, begins. For what is not in the document: the key of the nearest thing around it. */
export function locate(doc: Document.Parsed, { path, part, lines, aliases }: Wanted): Place {
  let value: unknown = doc.contents;
  let key: unknown = null;
  for (const step of path) {
    const next = stepInto(isAlias(value) ? aliases.get(value) : value, step);
    if (!next) return placeAt(key ?? doc.contents, lines);
    key = next.key ?? next.value;
    value = next.value;
  }
  const isEmpty = isScalar(value) && value.value === null && !value.source;
  return placeAt(part === 'key' || isEmpty || !isNode(value) ? (key ?? value) : value, lines);
}

interface Step {
  readonly key: unknown;
  readonly value: unknown;
}

function stepInto(node: unknown, step: string | number): Step | null {
  if (isMap(node)) return pairsOf(node).get(String(step)) ?? null;
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { key: null, value: node.items[step] };
  }
  return null;
}

// A map with thousands of wrong entries is asked thousands of times.
const pairsByMap = new WeakMap<YAMLMap, ReadonlyMap<string, Step>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Step> {
  const known = pairsByMap.get(map);
  if (known) return known;
  // Of a doubled key the first counts, so that is the one to find.
  const pairs = new Map(map.items.toReversed().map((pair) => [nameOfKey(pair.key) ?? '', pair]));
  pairsByMap.set(map, pairs);
  return pairs;
}

function placeAt(node: unknown, lines: LineCounter): Place {
  const start = isNode(node) ? node.range?.[0] : undefined;
  const { line, col } = lines.linePos(start ?? 0);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
