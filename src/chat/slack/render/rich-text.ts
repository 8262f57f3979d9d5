import type { RichTextElement } from '@slack/types';
import type { Line, Span } from '../../../domain/text.ts';
import { formatInstant } from './instant.ts';
import { incidentUrl, nameOf, webLink } from './reading.ts';
import type { SlackReading } from './reading.ts';

/** A line as rich text, in which Slack reads nothing into what stands there. */
export function richLine(line: Line, reading: SlackReading): RichTextElement[] {
  const elements = line.flatMap((span) => richSpan(span, reading));
  return elements.length === 0 ? plain(' ') : elements;
}

/** Words and nothing else; none where there are none. */
export function plain(text: string): RichTextElement[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/** Words in bold. */
export function bold(text: string): RichTextElement[] {
  return text === '' ? [] : [{ type: 'text', text, style: { bold: true } }];
}

function richSpan(span: Span, reading: SlackReading): RichTextElement[] {
  if (typeof span === 'string') return plain(span);
  if ('bold' in span) return bold(span.bold);
  if ('code' in span)
    return span.code === '' ? [] : [{ type: 'text', text: span.code, style: { code: true } }];
  if ('person' in span) return plain(nameOf(span.person, reading));
  if ('incident' in span) return linked(incidentUrl(span.incident, reading), `#${span.incident}`);
  if ('time' in span)
    return [
      {
        type: 'date',
        timestamp: Math.floor(span.time.getTime() / 1_000),
        format: '{date_short_pretty} {time}',
        fallback: formatInstant(span.time),
      },
    ];
  return linked(webLink(span.link, reading), span.label);
}

function linked(url: string | null, text: string): RichTextElement[] {
  return url === null || text === '' ? plain(text) : [{ type: 'link', url, text }];
}

/** Cuts a line into pieces of at most so many characters; only texts are cut, nothing else is that long. */
export function cutLine(line: Line, max: number): readonly Line[] {
  const pieces: Span[][] = [[]];
  let room = max;
  for (const span of line) {
    let rest: Span | null = span;
    while (rest !== null) {
      const length = lengthOf(rest);
      if (length <= room || (typeof rest !== 'string' && room === max)) {
        pieces.at(-1)?.push(rest);
        room -= length;
        rest = null;
      } else if (typeof rest === 'string' && room > 0) {
        const at = cutAt(rest, room);
        pieces.at(-1)?.push(rest.slice(0, at));
        rest = rest.slice(at);
        pieces.push([]);
        room = max;
      } else {
        pieces.push([]);
        room = max;
      }
    }
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** Cuts a text into pieces, at a line break or a blank where there is one. */
export function cutText(text: string, max: number): readonly string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== '';) {
    const at = rest.length <= max ? rest.length : cutAt(rest, max);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return pieces;
}

function cutAt(text: string, max: number): number {
  const window = text.slice(0, max);
  const at = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '));
  if (at > max / 2) return at + 1;
  // Never through the middle of a character.
  return /[\ud800-\udbff]$/.test(window) && max > 1 ? max - 1 : max;
}

/** How many characters a span takes on the screen. */
export function lengthOf(span: Span): number {
  if (typeof span === 'string') return span.length;
  if ('bold' in span) return span.bold.length;
  if ('code' in span) return span.code.length;
  return 'link' in span ? span.label.length : 30;
}
