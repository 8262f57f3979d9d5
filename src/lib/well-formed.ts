/**
 * The text as Postgres can keep it: NUL and lone surrogates, which neither `text` nor `jsonb` takes, become U+FFFD. Text from outside
 * may hold them, and losing an alert over one is not an option.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
