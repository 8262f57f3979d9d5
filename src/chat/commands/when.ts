import { parseInstant } from '../../domain/schedule/parse-time.ts';
import { parseDuration } from '../../lib/duration.ts';
import { shorten } from '../../lib/clean-text.ts';
import type { Refusal } from '../../domain/decision.ts';
import { readValue } from './read-value.ts';
import type { ReadContext } from './read-value.ts';

/** What was typed after the names in a command about a stretch of time. */
export interface When {
  readonly from: Date | null;
  /** Read as seen from `from`: `from mon 09:00 until 17:00` ends on that Monday. */
  readonly until: Date | null;
  /** The person after `for` or `in place of`. */
  readonly whom: string | null;
  /** The people after `ask`. */
  readonly ask: readonly string[] | null;
  /** Everything after `because`. */
  readonly why: string | null;
}

const NOTHING: When = { from: null, until: null, whom: null, ask: null, why: null };
const EXAMPLE = 'Write for example `from 18:00 until tomorrow 9am`, `from mon 09:00 for 8h` or `for 2h`.';
const KEYWORDS = 'from|starting|until|till|to|for|in place of|instead of|ask|asking';

type Read = { readonly when: When } | { readonly refusal: Refusal };

/** Reads `from …`, `until …`, `for 2h`, `for @ana` and `because …`, in whatever order; `because` takes all that follows it. */
export function readWhen(text: string | null, context: ReadContext): Read {
  let when = NOTHING;
  for (const part of inOrder(partsOf(text ?? ''))) {
    const read = readPart(part, when, context);
    if ('refusal' in read) return read;
    when = read.when;
  }
  return { when };
}

interface Part {
  readonly keyword: string;
  readonly words: string;
}

function partsOf(text: string): readonly Part[] {
  const [before = '', ...because] = text.split(/(?:^|\s)because\s+/i);
  const pieces = before.trim().split(new RegExp(`(?:^|\\s)(${KEYWORDS})\\s+`, 'i'));
  const [first = '', ...rest] = pieces;
  const parts: Part[] = first.trim() === '' ? [] : [{ keyword: 'from', words: first.trim() }];
  for (let i = 0; i < rest.length; i += 2)
    parts.push({ keyword: (rest[i] ?? '').toLowerCase(), words: (rest[i + 1] ?? '').trim() });
  const why = because.join(' because ').replace(/^of\s/i, '').trim();
  return why === '' ? parts : [...parts, { keyword: 'because', words: why }];
}

/** An end is read as seen from the beginning, so the beginning comes first. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  const isStart = ({ keyword }: Part) => keyword === 'from' || keyword === 'starting';
  return [...parts.filter(isStart), ...parts.filter((part) => !isStart(part))];
}

function readPart({ keyword, words }: Part, when: When, context: ReadContext): Read {
  switch (keyword) {
    case 'because':
      return { when: { ...when, why: shorten(words, 280) } };
    case 'from':
    case 'starting':
      return readTime(words, context.now, context, (from) => ({ ...when, from }));
    case 'until':
    case 'till':
    case 'to':
      return readTime(words, when.from ?? context.now, context, (until) => ({ ...when, until }));
    case 'ask':
    case 'asking':
      return readAsk(words, when, context);
    default:
      return readFor(words, when, context);
  }
}

function readTime(words: string, now: Date, { zone }: ReadContext, set: (at: Date) => When): Read {
  const read = parseInstant(words, { now, zone });
  return 'at' in read ? { when: set(read.at) } : { refusal: { why: read.problem, hint: EXAMPLE } };
}

function readFor(words: string, when: When, context: ReadContext): Read {
  const length = parseDuration(words);
  if (length !== null)
    return { when: { ...when, until: new Date((when.from ?? context.now).getTime() + length) } };
  const whom = readValue(words, { name: 'whom', kind: 'person', description: 'Whom' }, context);
  if (whom.kind === 'value' && typeof whom.value === 'string') return { when: { ...when, whom: whom.value } };
  if (whom.kind === 'problem') return { refusal: whom.refusal };
  return { refusal: { why: `I do not understand “for ${shorten(words, 60)}”.`, hint: EXAMPLE } };
}

function readAsk(words: string, when: When, context: ReadContext): Read {
  const read = readValue(words, { name: 'ask', kind: 'people', description: 'Whom to ask' }, context);
  // People are read as a list of ids.
  if (read.kind === 'value') return { when: { ...when, ask: read.value as readonly string[] } };
  return {
    refusal:
      read.kind === 'problem'
        ? read.refusal
        : { why: 'Whom shall I ask?', hint: 'For example `ask @ben` or `ask @ben and @cleo`.' },
  };
}
