import { LineCounter, parseDocument, type Document, type ErrorCode, type YAMLError } from 'yaml';
import type { Env } from './env.ts';
import { fault, type Finding, type Path, type Place } from './problem.ts';
import { locate } from './yaml-place.ts';
import { readDocument, type FilledIn } from './yaml-value.ts';

/** A YAML file as plain values, every one of which can be found again in the text. */
export interface YamlSource {
  /** Maps, lists, text, numbers, booleans and null; `${ENV}` already replaced. Null when there is a syntax error. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Values that name an environment variable which is not set, as shown paths: checking them further would only confuse. */
  readonly unset: ReadonlySet<string>;
  /** Values of the environment that went into the file, by shown path: to be kept out of messages. */
  readonly filledIn: ReadonlyMap<string, readonly FilledIn[]>;
  /** False when the text is not YAML, so that there is nothing to check further. */
  readonly isReadable: boolean;
  /** Where the value at `path`, or its key, begins; for what is not there, the nearest thing around it. */
  readonly placeOf: (path: Path, part: 'key' | 'value') => Place;
}

/** Reads YAML 1.2. Never throws, whatever the text. */
export function readYaml(text: string, env: Env): YamlSource {
  const lines = new LineCounter();
  const doc = parse(text, lines);
  if (doc === null) return unreadable([fault([], 'is nested too deeply to be read.')]);
  const broken = withoutEchoes([...doc.errors, ...doc.warnings]);
  if (broken.length > 0) return unreadable(broken.map((error) => explainSyntax(error, { text, lines })));
  const read = readDocument(doc, { env, lines });
  return {
    ...read,
    isReadable: true,
    placeOf: (path, part) => locate(doc, { path, part, lines, aliases: read.aliases }),
  };
}

function unreadable(findings: readonly Finding[]): YamlSource {
  const placeOf = () => ({ line: 1, column: 1 });
  return { value: null, findings, unset: new Set(), filledIn: new Map(), isReadable: false, placeOf };
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    // Doubled keys are found while reading the values, which can name both places.
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  } catch {
    // The parser recurses: thousands of open brackets exhaust its stack.
    return null;
  }
}

// After a mistake the parser stumbles over all that follows: only what it noticed first is worth reading then.
function withoutEchoes(errors: readonly YAMLError[]): readonly YAMLError[] {
  const firstStumble = errors.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN');
  return errors.slice(0, firstStumble === -1 ? MOST_SHOWN : Math.min(firstStumble + 1, MOST_SHOWN));
}

const MOST_SHOWN = 20;

interface Text {
  readonly text: string;
  readonly lines: LineCounter;
}

function explainSyntax(error: YAMLError, { text, lines }: Text): Finding {
  const [start] = error.pos;
  // At the very end of the text the last line that has something on it is more use than an empty one.
  const { line, col } = lines.linePos(Math.min(start, text.trimEnd().length));
  return {
    severity: 'error',
    path: [],
    message: `This is not valid YAML: ${adviceFor(error, lineAt(text, line, lines))}`,
    place: { line: Math.max(line, 1), column: Math.max(col, 1) },
  };
}

const ADVICE: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line. Indent with spaces, two for each level.',
  BLOCK_AS_IMPLICIT_KEY:
    'a second `key:` on one line, or a line indented further than the one above allows. Put text with a colon in quotes, or fix the indentation.',
  MULTILINE_IMPLICIT_KEY:
    'a `key:` is missing here, or the line is indented differently from its neighbours.',
  BAD_SCALAR_START: 'text must not begin with this character. Put it in quotes.',
  MULTIPLE_DOCS: 'a second document begins here. Keep everything in one, without `---` in between.',
  TAG_RESOLVE_FAILED: 'tags that begin with ! are not used here. Take it away, or put the text in quotes.',
  RESOURCE_EXHAUSTION: 'it is nested too deeply to be read.',
};

function lineAt(text: string, line: number, { lineStarts }: LineCounter): string {
  return text.slice(lineStarts[line - 1], lineStarts[line]);
}

function adviceFor({ code, message }: YAMLError, line: string): string {
  if (code === 'UNEXPECTED_TOKEN' && /[{,][^"']*:\s*\$\{/.test(line)) {
    return 'inside { } and [ ], `${…}` needs quotes: "${NAME}".';
  }
  const isUnclosed = code === 'MISSING_CHAR' || code === 'BAD_INDENT';
  return (
    ADVICE[code] ??
    `${lowerFirst(message)}.${isUnclosed ? ' Close what was opened, and check the indentation.' : ''}`
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
