import { hash } from 'node:crypto';
import { SERVICE_LABELS } from '../domain/alert/service.ts';
import { Signal } from '../domain/alert/signal.ts';
import { cleanLine, cleanLines } from '../lib/clean-text.ts';
import { wellFormed } from '../lib/well-formed.ts';
import { lineOf, listOf, objectOf, textOf } from './fields.ts';
import type { ParseContext, Rejected } from './source.ts';

/** An alert as a source has read it, before it is brought to the limits and the alphabet of a `Signal`. */
export interface Draft {
  readonly key: string;
  readonly status: Signal['status'];
  readonly severity: Signal['severity'];
  readonly title: string;
  readonly description: string | null;
  readonly service: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Any values; those that are no http(s) URLs fall away. */
  readonly links: readonly unknown[];
  /** Null when the sender names no start of the firing. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

const LONGEST = {
  key: 512,
  title: 1024,
  description: 15_000,
  service: 255,
  name: 100,
  value: 1000,
  link: 2000,
};
const MOST = { labels: 100, links: 20 };
const DAY_MS = 24 * 60 * 60 * 1000;
const EARLIEST = Date.UTC(2000, 0, 1);

/** Brings a draft to a signal: cut to length, cleaned of what cannot be stored or shown, its dates plausible. */
export function toSignal(draft: Draft, { source, receivedAt }: ParseContext): Signal | Rejected['reason'] {
  const startsAt = plausible(draft.startsAt, receivedAt);
  const result = Signal.safeParse({
    source,
    key: shortenKey(draft.key),
    status: draft.status,
    severity: draft.severity,
    title: lineOf(draft.title, LONGEST.title) ?? '',
    description:
      cleanLines(draft.description?.slice(0, 4 * LONGEST.description) ?? '', LONGEST.description) || null,
    service: lineOf(draft.service, LONGEST.service),
    labels: draft.labels,
    links: toLinks(draft.links),
    startsAt: startsAt ?? receivedAt,
    ...(startsAt ? {} : { startsAtGuessed: true }),
    endsAt: draft.status === 'resolved' ? plausible(draft.endsAt, receivedAt) : null,
  });
  if (result.success) return result.data;
  return result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

/** Labels out of objects (`{a: 1}`), lists of pairs (`["a:1", "b=2"]`) and texts (`"a:1,b:2"`), every value as one line. */
export function toLabels(...sources: readonly unknown[]): Record<string, string> {
  const labels = new Map<string, string>();
  for (const [name, value] of sources.flatMap(toPairs)) {
    if (labels.size === MOST.labels) break;
    const label = cleanLine(name, LONGEST.name);
    const line = lineOf(value, LONGEST.value);
    // The first to name a label wins.
    if (label === '' || label === '__proto__' || line === null || labels.has(label)) continue;
    labels.set(label, line);
  }
  // `fromEntries` makes own properties, so that no name reaches a prototype.
  return Object.fromEntries(labels);
}

/** The service that the labels name, when one of those in which monitors name services is there. */
export function serviceIn(labels: Readonly<Record<string, string>>): string | null {
  const label = SERVICE_LABELS.find((name) => labels[name] !== undefined);
  return label === undefined ? null : (labels[label] ?? null);
}

/** An instant out of ISO 8601 (without a zone it is UTC) or Unix seconds or milliseconds; null for anything else. */
export function instantOf(value: unknown): Date | null {
  const text = textOf(value)?.trim() ?? '';
  if (/^\d{10}(\.\d+)?$/.test(text)) return new Date(Math.round(Number(text) * 1000));
  if (/^\d{13}$/.test(text)) return new Date(Number(text));
  const iso = ISO.exec(text);
  if (!iso) return null;
  const [, date, time, fraction = '', zone = 'Z'] = iso;
  const offset = /^(z|utc|gmt)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const instant = new Date(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** A key for an alert whose sender gives none: equal for equal parts, in whatever order they came. */
export function hashKey(parts: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(parts)
    .filter(([, value]) => value !== null)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `hash:${digest(JSON.stringify(known))}`;
}

/** An http(s) URL with a host, without the user and the password in it; null for anything else. */
export function urlOf(value: unknown): string | null {
  const text = textOf(value)?.trim() ?? '';
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.hostname === '' || url.href.length > LONGEST.link ? null : url.href;
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,12})?\s*(z|utc|gmt|[+-]\d\d:?\d\d)?$/i;

/** A start in the far future would make every later firing look like an old one; year 1 and 9999 mean "none". */
function plausible(instant: Date | null, receivedAt: Date): Date | null {
  if (!instant || instant.getTime() < EARLIEST) return null;
  return instant.getTime() > receivedAt.getTime() + DAY_MS ? null : instant;
}

function shortenKey(key: string): string {
  const clean = wellFormed(key).trim();
  return clean.length <= LONGEST.key ? clean : `${clean.slice(0, 400).toWellFormed()}~${digest(clean)}`;
}

function toLinks(values: readonly unknown[]): string[] {
  const urls = values.flatMap((value) => urlOf(value) ?? []);
  return [...new Set(urls)].slice(0, MOST.links);
}

function toPairs(source: unknown): readonly (readonly [string, unknown])[] {
  if (typeof source === 'string') return source.split(/[,\n]/).flatMap(toPair);
  return listOf(source)?.flatMap(toPair) ?? Object.entries(objectOf(source) ?? {});
}

/** `a:1`, `a=1`, `{key: a, value: 1}`, `{a: 1}`; a word alone is a label that is true. */
function toPair(item: unknown): readonly (readonly [string, unknown])[] {
  const object = objectOf(item);
  if (object) {
    const name = textOf(object['key'] ?? object['name'] ?? object['tag']);
    return name !== null && 'value' in object ? [[name, object['value']]] : Object.entries(object);
  }
  const text = textOf(item)?.trim() ?? '';
  const cut = text.search(/[:=]/);
  if (cut > 0) return [[text.slice(0, cut).trim(), text.slice(cut + 1)]];
  return text === '' ? [] : [[text, 'true']];
}

function digest(text: string): string {
  return hash('sha256', text).slice(0, 32);
}
