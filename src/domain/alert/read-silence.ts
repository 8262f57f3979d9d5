import type { Refusal } from '../decision.ts';
import type { Matcher } from '../directory.ts';

/** What was typed to make a silence. */
export interface SilenceWords {
  readonly matchers: readonly Matcher[];
  /** Everything that is no matcher: how long, or until when. */
  readonly words: string;
  /** Everything after `because`. */
  readonly why: string | null;
}

/** The silence that was typed, or what is wrong with it. */
export type ReadSilence = SilenceWords | { readonly refusal: Refusal };

/** Said with every matcher that cannot be read. */
export const MATCHER_HINT =
  'A matcher is a label, one of `=` `!=` `=~` `!~`, and a value: `service=checkout alertname=~"Disk.*"`.';

const OPS = {
  '=': 'equals',
  '!=': 'not_equals',
  '=~': 'matches',
  '!~': 'not_matches',
} as const satisfies Record<string, Matcher['op']>;
const SIGNS = new Map(Object.entries(OPS).map(([sign, op]) => [op, sign]));

const NAME = String.raw`(?:"((?:[^"\\]|\\.)*)"|([\p{L}_:][\p{L}\p{N}_:./-]*))`;
const BEGIN = new RegExp(`${NAME}\\s*(=~|!~|!=|=)\\s*`, 'uy');
/** An unquoted value ends at a space, or at a comma behind which another matcher begins. */
const BARE = new RegExp(`[^\\s"']*?(?=,?(?:\\s|$)|,${NAME}\\s*[=!])`, 'uy');
const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'/y;
const PLAIN_VALUE = /^[\p{L}\p{N}_:./@+-]+$/u;
const PLAIN_NAME = /^[\p{L}_:][\p{L}\p{N}_:./-]*$/u;

/** Reads matchers in Alertmanager's syntax, with or without braces, commas and quotes, and a time before or behind them. */
export function readSilence(typed: string): ReadSilence {
  const text = straight(typed);
  const matchers: Matcher[] = [];
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = /[\s,{}]+/y;
    gap.lastIndex = at;
    const space = gap.exec(text)?.[0].length ?? 0;
    if (space > 0) {
      at += space;
      continue;
    }
    const rest = text.slice(at);
    if (/^because\s/i.test(rest)) return { matchers, words: words.join(' '), why: reasonOf(rest) };
    const read = readMatcher(text, at);
    if ('refusal' in read) return read;
    if (read.matcher === null) words.push(text.slice(at, read.at));
    else matchers.push(read.matcher);
    at = read.at;
  }
  return { matchers, words: words.join(' '), why: null };
}

/** Matchers as they are typed. */
export function matcherWords(matchers: readonly Matcher[]): string {
  return matchers
    .map(({ label, op, value }) => {
      const name = PLAIN_NAME.test(label) ? label : quote(label);
      return `${name}${SIGNS.get(op) ?? '='}${PLAIN_VALUE.test(value) ? value : quote(value)}`;
    })
    .join(' ');
}

/** A value as a pattern that matches it and nothing else. */
export function literally(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

interface Next {
  /** Null for a word that begins no matcher. */
  readonly matcher: Matcher | null;
  readonly at: number;
}

function readMatcher(text: string, at: number): Next | { readonly refusal: Refusal } {
  BEGIN.lastIndex = at;
  const begin = BEGIN.exec(text);
  if (begin === null) return readWord(text, at);
  const [whole, quotedName, name, sign = '='] = begin;
  const label = name ?? unquote(quotedName ?? '');
  const from = at + whole.length;
  if (text[from] === '=') return no(`“${label}${sign}=” has one sign too many.`);
  const value = readText(text, from);
  if (value === null) return no(`The quotes after ${label}${sign} are never closed.`);
  if (label === '') return no('A matcher has no label in front of its sign.');
  const op = OPS[sign as keyof typeof OPS];
  return { matcher: { label, op, value: value.text }, at: value.at };
}

function readWord(text: string, at: number): Next | { readonly refusal: Refusal } {
  const word = /^\S+/.exec(text.slice(at))?.[0] ?? '';
  if (/[=~]|^["']/.test(word)) return no(`I cannot read “${word.slice(0, 60)}” as a matcher.`);
  return { matcher: null, at: at + word.length };
}

function readText(text: string, at: number): { readonly text: string; readonly at: number } | null {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted !== null) return { text: quoted[2] ?? unquote(quoted[1] ?? ''), at: QUOTED.lastIndex };
  if (/["']/.test(text[at] ?? '')) return null;
  BARE.lastIndex = at;
  const bare = BARE.exec(text)?.[0];
  if (bare === undefined) return null;
  // The brace that ends a list is no part of its last value, unless it closes one of the value's own.
  const closes = bare.endsWith('}') && bare.split('{').length < bare.split('}').length;
  return { text: closes ? bare.slice(0, -1) : bare, at: at + bare.length };
}

function unquote(text: string): string {
  return text.replaceAll(/\\([\\"n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

function quote(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
}

/** Phones turn quotes as they please. */
function straight(text: string): string {
  return text.replaceAll(/[“”„‟]/g, '"').replaceAll(/[‘’]/g, "'");
}

function reasonOf(rest: string): string | null {
  return rest.replace(/^because\s+(?:of\s+)?/i, '').trim() || null;
}

function no(why: string): { readonly refusal: Refusal } {
  return { refusal: { why, hint: MATCHER_HINT } };
}
