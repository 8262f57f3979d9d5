// Direction marks, zero-width characters and tags make a text read as something else than it is. Joiners stay: scripts and emoji need them.
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** Nothing in it to clean: most texts of most monitors. */
const CLEAN_ALREADY = /^[!-~]+(?: [!-~]+)*$/;
const OTHER_CONTROLS = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Text from outside as one line of at most `max` characters: no control, direction or zero-width characters. Escaping it is left to who renders it. */
export function cleanLine(text: string, max: number): string {
  if (text.length <= max && CLEAN_ALREADY.test(text)) return text;
  const line = text.toWellFormed().replace(BREAKS, ' ').replace(INVISIBLE, '');
  return shorten(line.replace(/\s+/g, ' ').trim(), max);
}

/** As `cleanLine`, with its line breaks kept (no more than one empty line in a row). */
export function cleanLines(text: string, max: number): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(OTHER_CONTROLS, ' ')
    .replace(INVISIBLE, '');
  const tidy = lines.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n');
  return shorten(tidy.replace(/\n{3,}/g, '\n\n').trim(), max);
}

/** A text without the characters that nobody sees or that turn its direction. Nothing else of it changes, line breaks stay. */
export function withoutInvisible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(OTHER_CONTROLS, ' ').replace(INVISIBLE, '');
}

/** At most `max` characters (code points), the last of them an ellipsis where something was cut off. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // One unit more than `max` characters can take, so that more units always are too many characters.
  const points = Array.from(text.slice(0, max * 2 + 1));
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
