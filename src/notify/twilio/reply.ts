import { nearestWord } from '../../lib/edit-distance.ts';

/** What somebody wants who answers a page by SMS. `stop` and `start` are the carriers' own words, which Twilio has acted on already. */
export type Wish = 'ack' | 'escalate' | 'decline' | 'stop' | 'start' | 'help' | 'unclear';

export interface Reply {
  readonly wish: Wish;
  /** A reply code or an incident's number, as it was typed; null when there was none. */
  readonly number: string | null;
}

/** Words that mean something only when they are the whole message, beside a number: in a sentence they are ordinary. */
const ALONE: Readonly<Record<string, Wish>> = {
  ...wished('ack', ['a', 'k', 'y', 'yes', 'yep', 'yeah', 'ok', 'okay', '1', '👍', '✅']),
  ...wished('escalate', ['e', '2']),
  ...wished('decline', ['n', 'no', 'nope', '3', '👎']),
  ...wished('stop', ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'optout', 'revoke']),
  ...wished('start', ['start', 'unstop']),
  ...wished('help', ['help', 'info', '?']),
};

/** Words with which a sentence may begin that says what is wanted. */
const FIRST: Readonly<Record<string, Wish>> = {
  ...wished('ack', [
    'ack',
    'acked',
    'acknowledge',
    'acknowledged',
    'mine',
    'onit',
    'gotit',
    'haveit',
    'takeit',
    'taking',
  ]),
  ...wished('escalate', ['esc', 'escalate', 'next', 'pass']),
  ...wished('decline', ['decline', 'declined', 'cant', 'cannot', 'unable', 'reject']),
};

const FILLERS = new Set(['i', 'im', 'ill', 'ive', 'we', 'please', 'pls', 'will', 'firebell', 'hi', 'hey']);
/** After one of these a yes may be a no. */
const TURNS_ROUND = new Set([
  'not',
  'no',
  'dont',
  'wont',
  'cant',
  'cannot',
  'never',
  'but',
  'who',
  'why',
  'what',
  '?',
]);

function wished(wish: Wish, words: readonly string[]): Record<string, Wish> {
  return Object.fromEntries(words.map((word) => [word, wish]));
}

/**
 * Reads a reply leniently, as it is typed in the dark: case, dots and slips of the thumb do not matter. Whatever might mean something
 * else as well is `unclear`: a page that is wrongly taken for answered goes silent.
 */
export function readReply(text: string): Reply {
  const words = wordsIn(text);
  const number = words.find((word) => isNumber(word, words.length)) ?? null;
  const said = words.filter((word) => word !== number);
  return { wish: wishIn(said, number !== null), number };
}

function wordsIn(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’'`´]/g, '')
    .replaceAll(/\bcan not\b/g, 'cannot')
    .replaceAll(/\b(on|got|have|take) (?:it|this)\b/g, '$1it')
    .split(/[^\p{L}\p{N}\p{Emoji_Presentation}✅?]+/u)
    .flatMap((word) => (word.length > 1 && word.endsWith('?') ? [word.replaceAll('?', ''), '?'] : [word]))
    .filter((word) => word !== '');
}

/** A single digit alone is a key of the menu, as on the telephone. */
function isNumber(word: string, count: number): boolean {
  return /^\d{1,9}$/.test(word) && (word.length > 1 || count > 1);
}

function wishIn(words: readonly string[], hasNumber: boolean): Wish {
  // The code alone is what the message asks for.
  if (words.length === 0) return hasNumber ? 'ack' : 'unclear';
  const [only = '', ...others] = words;
  if (others.length === 0) return ALONE[only] ?? FIRST[only] ?? nearly(only);
  const [first = '', ...rest] = words.slice(
    Math.max(
      0,
      words.findIndex((word) => !FILLERS.has(word)),
    ),
  );
  const wish = FIRST[first] ?? 'unclear';
  if (wish === 'decline') return rest.includes('?') ? 'unclear' : wish;
  const isClear = rest.every((word) => !TURNS_ROUND.has(word) && (FIRST[word] ?? wish) === wish);
  return isClear ? wish : 'unclear';
}

/** One word with a slip in it: nothing else is near enough to be meant. */
function nearly(word: string): Wish {
  if (word.length < 3) return 'unclear';
  const near = nearestWord(
    word,
    Object.keys(FIRST).filter((known) => known.length >= 3),
  );
  return (near === null ? undefined : FIRST[near]) ?? 'unclear';
}
