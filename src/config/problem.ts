/** Keys and list indexes that lead to a value of the file. */
export type Path = readonly (string | number)[];

/** A position in the file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Errors keep a configuration from loading; warnings are shown and change nothing. */
export type Gravity = 'error' | 'warning';

/** Something wrong with a configuration file, where, and what to do about it. */
export interface Problem extends Place {
  readonly severity: Gravity;
  readonly file: string;
  /** `services.checkout.policy`; empty for the file as a whole. */
  readonly path: string;
  /** A sentence or two that stand on their own, the path included. */
  readonly message: string;
}

/** A problem that does not know its place in the file yet: the key or the value at `path`, or a place of its own. */
export interface Finding {
  readonly severity: Gravity;
  readonly path: Path;
  readonly message: string;
  readonly part?: 'key' | 'value';
  readonly place?: Place;
}

/** An error about the value at `path`. The message goes on where the path leaves off: `is missing`, `names …`. */
export function fault(path: Path, message: string): Finding {
  return { severity: 'error', path, message: withPath(path, message) };
}

/** A warning about the value at `path`, worded like `fault`. */
export function caution(path: Path, message: string): Finding {
  return { severity: 'warning', path, message: withPath(path, message) };
}

/** `policies.main.steps[0].targets`, as messages show it. */
export function showPath(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${clip(part)}`))
    .join('');
}

/** One line, as compilers print it: `firebell.yaml:12:5: error: …`. */
export function showProblem({ file, line, column, severity, message }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}`;
}

/** A value of the file in backquotes, cut short and on one line. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `\`${clip(text)}\``;
}

function clip(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

const VERB =
  /^(is|are|must|needs|has|have|names|can|cannot|may|waits|pages|depends|begins|leads|would|comes|would|stands|differs)\b/;

function withPath(path: Path, message: string): string {
  if (path.length === 0) return VERB.test(message) ? `The file ${message}` : message;
  return `${showPath(path)}${VERB.test(message) ? '' : ':'} ${message}`;
}
