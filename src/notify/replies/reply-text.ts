/** What somebody means by their answer to a page; `unclear` is told so, and does nothing. */
export type Meaning = 'acknowledge' | 'escalate' | 'decline' | 'unclear';

const WORDS: readonly (readonly [Meaning, RegExp])[] = [
  ['escalate', /^(?:escalate|escalate now|next)$/],
  [
    'decline',
    /^(?:no|nope|decline|declined|can ?not|can't|cant|i can ?not|i can't|i cant)(?: take (?:it|this))?$/,
  ],
  [
    'acknowledge',
    /^(?:ack|acked|acknowledge|acknowledged|ok|okay|yes|y|taken|mine|got it|i have it|i've got it|on it|i'm on it|im on it)$/,
  ],
];

/** Reads an answer: what the person wrote themselves, without what they answered to and without their signature. Nothing means yes. */
export function meaningOf(text: string): Meaning {
  const [first] = ownLines(text);
  if (first === undefined) return 'acknowledge';
  const plain = first
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  return WORDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'unclear';
}

/** Begins a signature, and what follows belongs to it: the line of RFC 3676, and what phones add. */
const SIGNATURE =
  /^(?:-- ?|__+|sent from (?:my|outlook|yahoo|proton)\b.*|get outlook for .*|(?:von|gesendet von) mein(?:em)? .*|envoyé de mon .*|enviado desde mi .*|inviato da .*)$/i;
/** Begins what a mail program puts above an original that it does not mark line by line. */
const ORIGINAL =
  /^(?:-{3,} ?.*(?:original|message|nachricht|mensaje|messaggio).*-{3,}|(?:from|von|de|da|van|från|fra|od):.*@.*|\*?(?:from|von|de|da|van):\*? .*)$/i;
/** The line above a quotation, in whatever language: it ends with a colon and has a date or an address in it. */
const ATTRIBUTION = /^(?=.*(?:\d|@)).*:$/;

/** An answer stands at the top, or below one quotation; what is longer is read so far. */
const LONGEST_TEXT = 50_000;
const MOST_LINES = 500;
const LONGEST_LINE = 300;
const LONGEST_HTML = 200_000;

/** The lines that somebody wrote, trimmed, empty ones left out. */
function ownLines(text: string): readonly string[] {
  const lines = text
    .slice(0, LONGEST_TEXT)
    .split(/\r\n|\n|\r/, MOST_LINES)
    .map((line) =>
      line
        .slice(0, LONGEST_LINE)
        .replaceAll(/[\u200b\ufeff\u00a0]/g, ' ')
        .trim(),
    );
  const own: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (SIGNATURE.test(line) || ORIGINAL.test(line)) break;
    if (line === '' || line.startsWith('>') || isAttribution(lines, i)) continue;
    own.push(line);
  }
  return own;
}

/** A long one is broken over up to three lines; what it introduces is a quotation. */
function isAttribution(lines: readonly string[], at: number): boolean {
  for (let end = at; end < Math.min(at + 3, lines.length); end += 1) {
    const joined = lines.slice(at, end + 1).join(' ');
    const next = lines.slice(end + 1).find((line) => line !== '');
    if (ATTRIBUTION.test(joined) && (next === undefined || next.startsWith('>') || ORIGINAL.test(next)))
      return true;
    if (lines[end] === '') return false;
  }
  return false;
}

const BLOCKS = /<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a mail that has no plain part, without what it quotes. Enough to find an answer in, not to show to anybody. */
export function textOfHtml(html: string): string {
  const [own = ''] = html
    .slice(0, LONGEST_HTML)
    .split(
      /<blockquote\b|<div[^<>]{1,300}(?:gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend)/i,
    );
  return own
    .replaceAll(/<(style|script|head|title)\b[^]*?(?:<\/\1>|$)/gi, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(BLOCKS, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) =>
      String.fromCodePoint(Math.min(Number(code), 0x10_ff_ff)),
    );
}
