import type { Signal } from '../../domain/alert/signal.ts';
import { hashKey, instantOf, serviceIn, toLabels, toSignal, urlOf } from '../draft.ts';
import { Fields, listOf, objectOf, textOf } from '../fields.ts';
import type { AlertSource, ParseContext, Parsed } from '../source.ts';
import { statusOf } from '../vocabulary.ts';
import { parseAlertmanager } from './alertmanager.ts';
import { NAMES } from './generic-fields.ts';
import { itemsOf } from './generic-items.ts';
import { readState } from './generic-state.ts';

/** Any sender that can post JSON, form fields or plain text; `docs/generic-json.md` describes it. */
export const generic: AlertSource = {
  name: 'generic',
  summary: 'Anything that can post JSON, form fields or plain text',
  parse: parseGeneric,
};

function parseGeneric(body: unknown, context: ParseContext): Parsed {
  if (isAlertmanagers(body)) return parseAlertmanager(body, context);
  const items = itemsOf(body);
  if (items.length === 0) {
    return { signals: [], rejected: [{ index: null, reason: 'the list holds no alert', item: body }] };
  }
  const read = items.map((item, index) => ({ index, item, result: readItem(item, context) }));
  return {
    signals: read.flatMap(({ result }) => (typeof result === 'string' ? [] : [result])),
    rejected: read.flatMap(({ index, item, result }) =>
      typeof result === 'string' ? [{ index, item, reason: result }] : [],
    ),
  };
}

/** Many tools speak Alertmanager's language and can be given any URL. */
function isAlertmanagers(body: unknown): boolean {
  const alerts = listOf(objectOf(body)?.['alerts'] ?? body) ?? [];
  return (
    alerts.length > 0 && alerts.every((alert) => 'annotations' in (objectOf(alert) ?? {}) && hasLabels(alert))
  );
}

function hasLabels(alert: unknown): boolean {
  return objectOf(objectOf(alert)?.['labels']) !== null;
}

/** What an alert is called, in the words of its sender. */
interface Words {
  readonly title: string | null;
  readonly says: string | null;
  readonly description: string | null;
  readonly key: string | null;
  readonly service: string | null;
  readonly host: string | null;
}

function readItem(item: unknown, context: ParseContext): Signal | string {
  const object = objectOf(item);
  if (!object) return 'an alert is an object such as {"title": "Disk full on db-1", "status": "firing"}';
  const fields = new Fields(object);
  const words = readWords(fields);
  const ownLabels = toLabels(...fields.all(NAMES.labels, labelsValue));
  const title = titleOf(words, ownLabels);
  if (title === null) return 'the alert has no "title", and nothing else that could be one';
  const state = readState(fields, ownLabels);
  const links = [...fields.all(NAMES.links, linksValue).flat(), ...linksIn(fields), ...linksIn(ownLabels)];
  return toSignal(
    {
      key: words.key ?? derivedKey(words, title),
      ...state,
      title,
      description: words.description === title ? null : words.description,
      service: words.service ?? serviceIn(ownLabels),
      startsAt: fields.first(NAMES.startsAt, instantOf),
      endsAt: fields.first(NAMES.endsAt, instantOf),
      // Last, when every field that means something has been taken: the others are kept as labels.
      labels: toLabels(ownLabels, { severity: state.word }, scalarsIn(fields)),
      links,
    },
    context,
  );
}

function readWords(fields: Fields): Words {
  const host = fields.peek(...NAMES.host);
  const title = fields.text(...NAMES.title);
  const says = fields.peek(...NAMES.says);
  const description = fields.text(...NAMES.description) ?? says;
  const key = fields.text(...NAMES.key);
  return { title, says, description, key, host, service: fields.first(NAMES.service, nameOf) };
}

function titleOf(
  { title, says, description, service, host, key }: Words,
  labels: Record<string, string>,
): string | null {
  const named =
    title ?? says ?? labels['alertname'] ?? labels['summary'] ?? labels['title'] ?? firstLine(description);
  if (named !== null) return named;
  if (service !== null || host !== null) return [service, host].filter((part) => part !== null).join(' on ');
  return key === null ? null : `Alert ${key}`;
}

/**
 * Without a key, an alert is known by what it is called, on which service and host. A description is left out where there is anything
 * else, because it tends to hold the values of the moment.
 */
function derivedKey({ title, says, service, host }: Words, shown: string): string {
  const called = title ?? says ?? (service === null && host === null ? shown : null);
  return hashKey({ called: called === null ? null : withoutState(called), service, host });
}

/** `[Recovered] Disk full` and `PROBLEM: Disk full` are the same alert. */
function withoutState(title: string): string {
  const [prefix, bracketed, plain] = /^\s*(?:\[([\w -]{1,30})\]|([\w-]{1,30})\s*:)\s*/.exec(title) ?? [''];
  return statusOf(bracketed ?? plain ?? null) === null ? title.trim() : title.slice(prefix.length).trim();
}

function labelsValue(value: unknown): unknown {
  if (objectOf(value) || listOf(value)) return value;
  return typeof value === 'string' && /^[\w.-]+[:=](?!\/\/)\S*$/.test(value) ? value : null;
}

/** A URL, a list of them, or of `{href, text}`. */
function linksValue(value: unknown): readonly unknown[] | null {
  const list = listOf(value);
  if (list) return list.flatMap((item) => linksValue(item) ?? []);
  const object = objectOf(value);
  if (object) return [object['href'] ?? object['url'] ?? object['link']];
  return urlOf(value) === null ? null : [value];
}

function linksIn(place: Fields | Readonly<Record<string, string>>): readonly unknown[] {
  const entries = place instanceof Fields ? place.rest() : Object.entries(place);
  return entries.flatMap(([name, value]) => (/(url|link|href)$/i.test(name) ? [value] : []));
}

function scalarsIn(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.rest().filter(([, value]) => textOf(value) !== null));
}

/** A name, or an object that has one. */
function nameOf(value: unknown): string | null {
  const object = objectOf(value);
  return object ? textOf(object['name'] ?? object['summary'] ?? object['id']) : textOf(value);
}

function firstLine(text: string | null): string | null {
  return text?.trim().split('\n')[0] ?? null;
}
