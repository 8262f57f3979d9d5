import type { Directory } from '../../domain/directory.ts';
import { formatInZone } from '../../domain/schedule/zone.ts';
import type { Line, Span } from '../../domain/text.ts';

/** Who reads: whose names they know and in which zone they read times. */
export interface Reading {
  readonly directory: Directory;
  readonly zone: string;
}

/** A line as plain words, for notifications and screen readers: names instead of ids, times with their zone. */
export function plainLine(line: Line, reading: Reading): string {
  return line.map((span) => plainSpan(span, reading)).join('');
}

function plainSpan(span: Span, { directory, zone }: Reading): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('code' in span) return span.code;
  if ('person' in span) return personName(span.person, directory);
  if ('incident' in span) return `#${span.incident}`;
  if ('time' in span) return sayTime(span.time, zone);
  return span.label;
}

/** A person's name; their id when they are no longer configured. */
export function personName(id: string, { people }: Directory): string {
  return people.get(id)?.name ?? id;
}

/** An instant as people in the zone read it, with the zone: `2026-03-29 03:30 (Europe/Berlin)`. */
export function sayTime(at: Date, zone: string): string {
  return `${formatInZone(at, zone)} (${zone})`;
}
