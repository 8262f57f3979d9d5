import type { Html } from './html.ts';
import { html } from './html.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How a reader reads times: in their zone, as seen from now. */
export interface TimeReading {
  readonly zone: string;
  readonly now: Date;
}

/** An instant in the reader's zone; UTC is in the title. The day is named when it is not today. */
export function timeTag(at: Date, reading: TimeReading): Html {
  return html`<time datetime="${at.toISOString()}" title="${utcOf(at)}">${wordsOf(at, reading)}</time>`;
}

/** The clock alone, `14:05`, for where the day stands above. */
export function clockTag(at: Date, { zone }: TimeReading): Html {
  const words = part(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return html`<time datetime="${at.toISOString()}" title="${utcOf(at)}">${words}</time>`;
}

/** The clock to the second, for timelines. */
export function exactTag(at: Date, { zone }: TimeReading): Html {
  const words = part(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  return html`<time datetime="${at.toISOString()}" title="${utcOf(at)}">${words}</time>`;
}

/** The day in the reader's zone: `Today`, or `Monday, 3 August`. */
export function dayOf(at: Date, { zone, now }: TimeReading): string {
  const words = dateOf(at, zone);
  return words === dateOf(now, zone) ? 'Today' : words;
}

/** A span of time in its two biggest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

function wordsOf(at: Date, { zone, now }: TimeReading): string {
  const clock = part(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (dateOf(at, zone) === dateOf(now, zone)) return clock;
  return `${part(at, zone, { day: 'numeric', month: 'short' })}, ${clock}`;
}

function dateOf(at: Date, zone: string): string {
  return part(at, zone, { weekday: 'long', day: 'numeric', month: 'long' });
}

function utcOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Making a formatter is slow, using it is not. */
function part(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${Object.values(options).join(' ')} ${Object.keys(options).join(' ')}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formatters.set(key, formatter);
  return formatter.format(at);
}
