import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { fault, type Finding, type Path, type Place } from './problem.ts';
import { locate } from './yaml-place.ts';
import { readDocument } from './yaml-value.ts';

/** The values of environment variables, by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A YAML file as plain values, every one of which can be found again in the text. */
export interface YamlSource {
  /** Maps, lists, text, numbers, booleans and null; `${ENV}` already replaced. Null when there is a syntax error. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Values that name an environment variable which is not set, as shown paths: checking them further would only confuse. */
  readonly unset: ReadonlySet<string>;
  /** Environment values that went into the file, to be kept out of messages: value -> `${NAME}`. */
  readonly secrets: ReadonlyMap<string, string>;
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
  const broken = [...doc.errors, ...doc.warnings];
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
  return { value: null, findings, unset: new Set(), secrets: new Map(), isReadable: false, placeOf };
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
    message: `This is not valid YAML: ${adviceFor(error, text.slice(...error.pos))}`,
    place: { line: Math.max(line, 1), column: Math.max(col, 1) },
  };
}

function adviceFor({ code, message }: YAMLError, piece: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab indents this line. Indent with spaces, two for each level.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second `key:` on one line, or a line indented further than the one above allows. Put text with a colon in quotes, or fix the indentation.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a `key:` is missing here, or the line is indented differently from its neighbours.';
    case 'MISSING_CHAR':
      return `${lowerFirst(message)}. Close what was opened.`;
    case 'BAD_INDENT':
      return `${lowerFirst(message)}. Check the indentation, and that every bracket is closed.`;
    case 'BAD_SCALAR_START':
      return 'text must not begin with this character. Put it in quotes.';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here. Keep everything in one, without `---` in between.';
    case 'TAG_RESOLVE_FAILED':
      return `tags like ${piece.slice(0, 40)} are not used here. Take it away.`;
    default:
      return `${lowerFirst(message)}.`;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}
