import type { PageNotice } from '../domain/page/notice.ts';
import { webUrl } from './outside-text.ts';
import { wordsOf } from './page-words.ts';

/** What fits on the screen of a phone. Plain text; whoever sends it says how. */
export interface PushWords {
  readonly title: string;
  readonly body: string;
  /** Absolute URL of the room; null before there is one. */
  readonly room: string | null;
}

/** How much a service takes: characters of the title, bytes of the body in UTF-8. */
export interface PushLimits {
  readonly title: number;
  readonly bodyBytes: number;
}

/** A page in the words of a push message, most important first, so that a small screen and a small limit cut off the least. */
export function pushWords(notice: PageNotice, limits: PushLimits): PushWords {
  const words = wordsOf(notice);
  const facts = words.facts
    .filter(({ label, href }) => href === null && label !== 'Severity')
    .map(({ label, value }) => `${label}: ${value}`);
  const alerts =
    words.alertsHeading === null ? [] : [`${words.alertsHeading}:`, ...words.alerts.map((one) => `- ${one}`)];
  const parts = notice.end
    ? [words.next]
    : [...words.paragraphs, ...facts, words.next, alerts.join('\n'), ...linesOf(notice.runbook)];
  return {
    title: firstCharacters(words.subject, limits.title),
    body: firstBytes(parts.filter((part) => part !== '').join('\n'), limits.bodyBytes),
    room: webUrl(notice.url),
  };
}

function linesOf(runbook: string | null): readonly string[] {
  const url = webUrl(runbook);
  return url === null ? [] : [`Runbook: ${url}`];
}

/** At most so many characters, the last one an ellipsis when something is missing. */
function firstCharacters(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

/** At most so many bytes of UTF-8, no character cut in the middle. */
function firstBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const ellipsis = '…';
  let left = limit - Buffer.byteLength(ellipsis);
  const kept: string[] = [];
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('')}${ellipsis}`;
}
