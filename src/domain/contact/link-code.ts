/** A code that links an account is good for this long, and once. */
export const LINK_CODE_LASTS_MS = 10 * 60_000;
/** So many codes an account may try within the time that a code lasts. */
export const MOST_LINK_TRIES = 5;

/** Letters and digits that nobody takes for another one. */
export const LINK_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A code of so many drawn numbers below the count of letters, as people read it: `K7QM-2XRP`. */
export function linkCodeOf(draw: (below: number) => number): string {
  const letters = Array.from({ length: LENGTH }, () => LINK_LETTERS[draw(LINK_LETTERS.length)] ?? '2');
  return `${letters.slice(0, LENGTH / 2).join('')}-${letters.slice(LENGTH / 2).join('')}`;
}

/** A code as somebody typed it, in the one spelling that is compared; null when it cannot be one. */
export function readLinkCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  const isCode = new RegExp(`^[${LINK_LETTERS}]{${LENGTH}}$`).test(letters);
  return isCode ? `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}` : null;
}
