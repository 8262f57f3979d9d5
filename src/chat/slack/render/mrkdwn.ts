import type { Line, Span } from '../../../domain/text.ts';
import { formatInstant } from './instant.ts';
import { incidentUrl, nameOf, webLink } from './reading.ts';
import type { SlackReading } from './reading.ts';

/** A joiner that nobody sees: behind it a star is a star. */
const JOINER = '\u2060';

/** Text from outside in Slack's markup: it mentions, links and formats nothing. */
export function escapeText(text: string): string {
  return entities(text).replaceAll(/[*_~`]/g, `$&${JOINER}`);
}

/** The three characters that Slack's markup is made of. */
export function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A line in Slack's markup, for where rich text cannot stand. */
export function mrkdwnOf(line: Line, reading: SlackReading): string {
  return line.map((span) => spanOf(span, reading)).join('');
}

function spanOf(span: Span, reading: SlackReading): string {
  if (typeof span === 'string') return escapeText(span);
  if ('bold' in span) return styled('*', span.bold);
  if ('code' in span) return styled('`', span.code.replaceAll('`', "'"));
  if ('person' in span) return escapeText(nameOf(span.person, reading));
  if ('incident' in span) return linked(incidentUrl(span.incident, reading), `#${span.incident}`);
  if ('time' in span) {
    const seconds = Math.floor(span.time.getTime() / 1_000);
    return `<!date^${seconds}^{date_short_pretty} {time}|${formatInstant(span.time)}>`;
  }
  return linked(webLink(span.link, reading), span.label);
}

function styled(mark: string, text: string): string {
  const inner = text.trim();
  return inner === '' ? '' : `${mark}${entities(inner).replaceAll(mark, mark + JOINER)}${mark}`;
}

function linked(url: string | null, label: string): string {
  if (url === null) return escapeText(label);
  return `<${entities(url).replaceAll('|', '%7C')}|${entities(label).replaceAll('|', '¦')}>`;
}
