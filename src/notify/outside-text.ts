import { formatInZone } from '../domain/schedule/zone.ts';

/**
 * Text from outside on one line, at most `limit` characters: no control characters, nothing that turns the direction of writing or
 * hides, and no URL that a mail program would make a link of.
 */
export function oneLine(text: string, limit: number): string {
  const clean = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    // The joiners stay: emoji and Persian need them.
    .replaceAll(/(?![\u200c\u200d])[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim();
  return unlink(shorten(clean, limit));
}

/** The same for text that may have several lines. */
export function someLines(text: string, limit: number): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => oneLine(line, limit));
  return shorten(
    lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    limit,
  );
}

/** An instant as people in this zone read it, with the zone; in UTC when the zone does not exist. */
export function instantIn(zone: string, instant: Date): string {
  try {
    return `${formatInZone(instant, zone)} (${zone})`;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${formatInZone(instant, 'UTC')} (UTC)`;
  }
}

/** An http or https URL in its normal form; null for anything else, among them what carries a user or a password. */
export function webUrl(text: string | null | undefined): string | null {
  const url = text ? URL.parse(text) : null;
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  )
    return null;
  return url.href;
}

function unlink(text: string): string {
  return text
    .replaceAll('://', '[:]//')
    .replaceAll(/\b(www)\./gi, '$1[.]')
    .replaceAll(/\bmailto:/gi, 'mailto[:]');
}

function shorten(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
