/** A regular expression as a tree. */
export type PatternNode =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'look'; readonly test: (before: number | null, after: number | null) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'either'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly node: PatternNode;
      readonly min: number;
      readonly max: number | null;
    };

/** The tree of a pattern, or what is wrong with it. */
export type ParsedPattern =
  | { readonly kind: 'ok'; readonly node: PatternNode }
  | { readonly kind: 'bad'; readonly why: string };

type CharTest = (code: number) => boolean;

/** Where the parser stands. */
interface Cursor {
  readonly text: string;
  readonly ignoreCase: boolean;
  at: number;
  depth: number;
}

class BadPattern extends Error {}

const LONGEST = 1000;
const DEEPEST = 50;
const MOST_REPEATS = 1000;

const isDigit: CharTest = (code) => code >= 48 && code <= 57;
const isWord: CharTest = (code) =>
  isDigit(code) || code === 95 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isSpace: CharTest = (code) => /\s/u.test(String.fromCodePoint(code));
const CLASSES: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  w: isWord,
  W: (code) => !isWord(code),
  s: isSpace,
  S: (code) => !isSpace(code),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11 };

/** Parses a pattern; see `compilePattern` for the syntax. */
export function parsePattern(source: string): ParsedPattern {
  if (source.length > LONGEST) return { kind: 'bad', why: `longer than ${LONGEST} characters` };
  const ignoreCase = source.startsWith('(?i)');
  const cursor: Cursor = { text: ignoreCase ? source.slice(4) : source, ignoreCase, at: 0, depth: 0 };
  try {
    const node = parseEither(cursor);
    if (cursor.at < cursor.text.length) throw new BadPattern('a ")" closes nothing');
    return { kind: 'ok', node };
  } catch (error) {
    if (error instanceof BadPattern) return { kind: 'bad', why: error.message };
    throw error;
  }
}

function parseEither(cursor: Cursor): PatternNode {
  const options = [parseSequence(cursor)];
  while (take(cursor, '|')) options.push(parseSequence(cursor));
  const [only] = options;
  return options.length === 1 && only ? only : { kind: 'either', options };
}

function parseSequence(cursor: Cursor): PatternNode {
  const parts: PatternNode[] = [];
  for (let next = peek(cursor); next !== '' && next !== '|' && next !== ')'; next = peek(cursor)) {
    parts.push(parseRepeat(cursor));
  }
  return { kind: 'sequence', parts };
}

function parseRepeat(cursor: Cursor): PatternNode {
  const node = parseAtom(cursor);
  const count = parseCount(cursor);
  if (!count) return node;
  // Lazy or greedy is the same when only the whole text counts.
  take(cursor, '?');
  if (parseCount(cursor))
    throw new BadPattern('two repetitions follow each other; put the inner one into ( )');
  return { kind: 'repeat', node, ...count };
}

function parseCount(cursor: Cursor): { min: number; max: number | null } | null {
  if (take(cursor, '*')) return { min: 0, max: null };
  if (take(cursor, '+')) return { min: 1, max: null };
  if (take(cursor, '?')) return { min: 0, max: 1 };
  const braces = /^\{(\d{1,6})(,(\d{1,6})?)?\}/.exec(cursor.text.slice(cursor.at, cursor.at + 20));
  if (!braces) return null;
  cursor.at += braces[0].length;
  const min = Number(braces[1]);
  const max = braces[2] === undefined ? min : braces[3] === undefined ? null : Number(braces[3]);
  if (min > MOST_REPEATS || (max ?? 0) > MOST_REPEATS) {
    throw new BadPattern(`a repetition goes beyond ${MOST_REPEATS}`);
  }
  if (max !== null && max < min) throw new BadPattern(`in ${braces[0]} the numbers are the wrong way round`);
  return { min, max };
}

function parseAtom(cursor: Cursor): PatternNode {
  const character = next(cursor);
  switch (character) {
    case '(':
      return parseGroup(cursor);
    case '[':
      return char(cursor, parseSet(cursor));
    case '.':
      return { kind: 'char', test: () => true };
    case '^':
      return { kind: 'look', test: (before) => before === null };
    case '$':
      return { kind: 'look', test: (_before, after) => after === null };
    case '\\':
      return parseEscape(cursor);
    case '*':
    case '+':
    case '?':
      throw new BadPattern(`"${character}" repeats nothing; write \\${character} for the character itself`);
    default:
      return char(cursor, equals(codeOf(character)));
  }
}

function parseGroup(cursor: Cursor): PatternNode {
  if (take(cursor, '?') && !take(cursor, ':')) {
    throw new BadPattern('only (?:…) and a leading (?i) are understood, no look-around');
  }
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) throw new BadPattern(`groups nest deeper than ${DEEPEST}`);
  const node = parseEither(cursor);
  if (!take(cursor, ')')) throw new BadPattern('a "(" is never closed');
  cursor.depth -= 1;
  return node;
}

function parseEscape(cursor: Cursor): PatternNode {
  const letter = peek(cursor);
  if (letter === 'b' || letter === 'B') {
    cursor.at += 1;
    const wanted = letter === 'b';
    return { kind: 'look', test: (before, after) => (isWordAt(before) !== isWordAt(after)) === wanted };
  }
  const escaped = readEscape(cursor);
  return char(cursor, typeof escaped === 'number' ? equals(escaped) : escaped);
}

/** Reads what stands behind a backslash: a class, or one character. */
function readEscape(cursor: Cursor): CharTest | number {
  const letter = next(cursor);
  const known = CLASSES[letter];
  if (known) return known;
  const control = CONTROLS[letter];
  if (control !== undefined) return control;
  const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(
    letter + cursor.text.slice(cursor.at, cursor.at + 4),
  );
  if (hex) {
    cursor.at += hex[0].length - 1;
    return Number.parseInt(hex[1] ?? hex[2] ?? '0', 16);
  }
  if (letter === '' || /[\p{L}\p{N}]/u.test(letter)) throw new BadPattern(`\\${letter} is not understood`);
  return codeOf(letter);
}

function parseSet(cursor: Cursor): CharTest {
  const negated = take(cursor, '^');
  const tests: CharTest[] = [];
  do {
    if (peek(cursor) === '') throw new BadPattern('a "[" is never closed');
    tests.push(parseSetItem(cursor));
  } while (!take(cursor, ']'));
  return (code) => tests.some((test) => test(code)) !== negated;
}

function parseSetItem(cursor: Cursor): CharTest {
  const low = readSetCharacter(cursor);
  if (typeof low !== 'number') return low;
  if (peek(cursor) !== '-' || cursor.text[cursor.at + 1] === ']') return equals(low);
  cursor.at += 1;
  const high = readSetCharacter(cursor);
  if (typeof high !== 'number' || high < low) throw new BadPattern('a range in [ ] is the wrong way round');
  return (code) => code >= low && code <= high;
}

function readSetCharacter(cursor: Cursor): CharTest | number {
  const character = next(cursor);
  return character === '\\' ? readEscape(cursor) : codeOf(character);
}

function char({ ignoreCase }: Cursor, test: CharTest): PatternNode {
  if (!ignoreCase) return { kind: 'char', test };
  return {
    kind: 'char',
    test: (code) => {
      const text = String.fromCodePoint(code);
      return test(code) || test(codeOf(text.toLowerCase())) || test(codeOf(text.toUpperCase()));
    },
  };
}

function equals(wanted: number): CharTest {
  return (code) => code === wanted;
}

function isWordAt(code: number | null): boolean {
  return code !== null && isWord(code);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function peek({ text, at }: Cursor): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function next(cursor: Cursor): string {
  const character = peek(cursor);
  cursor.at += character.length;
  return character;
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}
