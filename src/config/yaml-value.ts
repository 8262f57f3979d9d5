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
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Env } from './env.ts';
import { fault, quote, showPath, type Finding, type Path } from './problem.ts';

/** The name that a key of a map gives, or null when it is not a plain word. */
export function nameOfKey(node: unknown): string | null {
  if (!isScalar(node)) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

/** An environment variable's value that stands in for `${NAME}`. */
export interface FilledIn {
  readonly written: string;
  readonly value: string;
}

/** A document's values, and what was noticed while reading them. */
export interface DocumentReading {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  readonly unset: ReadonlySet<string>;
  readonly filledIn: ReadonlyMap<string, readonly FilledIn[]>;
  /** What each `*alias` stands for. */
  readonly aliases: ReadonlyMap<Alias, Node>;
}

const MAX_NODES = 200_000;
const MAX_DEPTH = 40;

interface Reading {
  readonly env: Env;
  readonly lines: LineCounter;
  readonly findings: Finding[];
  readonly unset: Set<string>;
  readonly filledIn: Map<string, readonly FilledIn[]>;
  readonly aliases: Map<Alias, Node>;
  readonly anchors: Map<string, Node>;
  nodes: number;
  tooMuch: boolean;
}

/** Reads all values of a document, in bounded time and memory whatever its aliases. */
export function readDocument(
  doc: Document.Parsed,
  { env, lines }: { readonly env: Env; readonly lines: LineCounter },
): DocumentReading {
  const reading: Reading = {
    env,
    lines,
    findings: [],
    unset: new Set(),
    filledIn: new Map(),
    aliases: new Map(),
    anchors: new Map(),
    nodes: 0,
    tooMuch: false,
  };
  const value = readNode(doc.contents, [], reading);
  return { ...reading, value };
}

function readNode(node: unknown, path: Path, reading: Reading): unknown {
  reading.nodes += 1;
  if (reading.nodes > MAX_NODES || path.length > MAX_DEPTH) return tooMuch(path, reading);
  if (isNode(node) && !isAlias(node) && node.anchor) reading.anchors.set(node.anchor, node);
  if (isAlias(node)) return readAlias(node, path, reading);
  if (isMap(node)) return readMap(node, path, reading);
  if (isSeq(node)) return node.items.map((item, i) => readNode(item, [...path, i], reading));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'string') return fillIn(value, path, reading);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  // What YAML 1.1 makes of dates and the like is text here.
  return node.source ?? '';
}

function tooMuch(path: Path, reading: Reading): null {
  if (!reading.tooMuch) {
    reading.tooMuch = true;
    const findings = fault(
      path.slice(0, 3),
      'is nested too deeply, or its aliases make it too large. Write it out plainly.',
    );
    reading.findings.push(findings);
  }
  return null;
}

function readAlias(node: Alias, path: Path, reading: Reading): unknown {
  const target = reading.anchors.get(node.source);
  if (!target) {
    reading.findings.push(
      fault(
        path,
        `names the anchor ${quote(node.source)}, which is not in the file before it. Text that begins with * needs quotes.`,
      ),
    );
    return null;
  }
  reading.aliases.set(node, target);
  return readNode(target, path, reading);
}

function readMap(node: YAMLMap, path: Path, reading: Reading): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  const seen = new Map<string, Pair>();
  for (const pair of node.items) {
    const key = readKey(pair, path, reading);
    if (key === null) continue;
    const first = seen.get(key);
    if (first) reading.findings.push(doubledKey([...path, key], { first, again: pair, reading }));
    else {
      seen.set(key, pair);
      entries[key] = readNode(pair.value, [...path, key], reading);
    }
  }
  return entries;
}

function readKey({ key: node }: Pair, path: Path, reading: Reading): string | null {
  const key = nameOfKey(node);
  if (key === null || key === '') {
    reading.findings.push({
      ...fault(path, 'has a key that is not a plain word. Keys are names.'),
      ...placeOfNode(node, reading),
    });
    return null;
  }
  if (key in Object.prototype) {
    reading.findings.push({
      ...fault([...path, key], `is not a name that can be used here. Choose another.`),
      ...placeOfNode(node, reading),
    });
    return null;
  }
  return key;
}

function doubledKey(
  path: Path,
  { first, again, reading }: { readonly first: Pair; readonly again: Pair; readonly reading: Reading },
): Finding {
  const { place } = placeOfNode(first.key, reading);
  const message = `is written twice, first in line ${place?.line ?? '?'}. Keep one of the two.`;
  return { ...fault(path, message), ...placeOfNode(again.key, reading) };
}

function placeOfNode(node: unknown, { lines }: Reading): Pick<Finding, 'place'> {
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (start === undefined) return {};
  const { line, col } = lines.linePos(start);
  return { place: { line, column: col } };
}

// `$${` is a way to write `${` itself.
const PLACEHOLDER = /\$\$\{|\$\{([^}]*)\}/g;

function fillIn(text: string, path: Path, reading: Reading): string {
  return text.replaceAll(PLACEHOLDER, (written, name?: string) => {
    if (name === undefined) return '${';
    const value = /^[A-Za-z_]\w*$/.test(name) ? reading.env[name] : undefined;
    if (value === undefined || value === '') {
      reading.unset.add(showPath(path));
      reading.findings.push(fault(path, unsetAdvice(name)));
      return written;
    }
    const shown = showPath(path);
    reading.filledIn.set(shown, [...(reading.filledIn.get(shown) ?? []), { written, value }]);
    return value;
  });
}

function unsetAdvice(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) {
    return `names the environment variable ${name}, which is not set or empty. Set it before Firebell starts, or write $\${${name}} if you mean the text itself.`;
  }
  return `names ${quote(`\${${name}}`)}, which cannot be an environment variable. Write $\${ for a plain \${.`;
}
