import type { Directory } from '../../../domain/directory.ts';
import type { Line, Span } from '../../../domain/text.ts';
import { shorten } from '../../../lib/clean-text.ts';
import { personName } from '../../views/plain.ts';

/**
 * A text from outside as Discord shows it letter by letter: no formatting, no mention, no link. A backslash before a sign takes its meaning
 * away, in front of the colon of an address it keeps the address from becoming a link.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll(/[\\*_~`|<[\]@]/g, '\\$&')
    .replaceAll(/:(?=\/\/)/g, '\\:')
    .replaceAll(/^(\s*)([#>+-])/gm, '$1\\$2')
    .replaceAll(/^(\s*\d+)\./gm, '$1\\.');
}

/** At most `max` characters as Discord may count them (an emoji is two), cut where it does no harm, also to a text that is escaped already. */
export function clip(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  const cut = escaped.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  // An odd number of backslashes at the end would take the meaning of what follows away.
  return `${/(^|[^\\])(\\\\)*\\$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A line as Markdown of Discord. Times show themselves in the reader's zone, and how long ago they are, without ever being edited. */
export function markdownLine(line: Line, directory: Directory): string {
  return line.map((span) => markdownSpan(span, directory)).join('');
}

function markdownSpan(span: Span, directory: Directory): string {
  if (typeof span === 'string') return escapeText(span);
  if ('bold' in span) return span.bold === '' ? '' : `**${escapeText(span.bold)}**`;
  if ('code' in span) return inlineCode(span.code);
  if ('person' in span) return escapeText(personName(span.person, directory));
  if ('incident' in span) return `#${span.incident}`;
  if ('time' in span) return timestamps(span.time);
  return link(span.link, span.label);
}

/** An instant that every reader sees in their own zone, and how long ago or ahead it is. */
export function timestamps(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<t:${seconds}:f> (<t:${seconds}:R>)`;
}

/** Code within a line; a backtick inside would end it. */
function inlineCode(text: string): string {
  return text === '' ? '' : `\`\`${text.replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\`\``;
}

function link(target: string, label: string): string {
  if (!/^https?:\/\//i.test(target)) return escapeText(label);
  return `[${escapeText(label)}](<${target.replaceAll(/[\s<>]/g, (sign) => encodeURIComponent(sign))}>)`;
}

/** Lines of text in a box, from which nothing gets out. */
export function codeBlock(text: string, max: number): string {
  return `\`\`\`\n${shorten(text.replaceAll('```', 'ˋˋˋ'), max - 8)}\n\`\`\``;
}

/** Somebody else's words, each of their lines marked. */
export function quoted(text: string): string {
  return escapeText(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
