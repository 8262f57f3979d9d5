import type { Signal } from '../../domain/alert/signal.ts';
import { hashKey, instantOf, serviceIn, toLabels, toSignal, urlOf } from '../draft.ts';
import { listOf, objectOf, textOf } from '../fields.ts';
import type { AlertSource, ParseContext, Parsed, Rejected } from '../source.ts';
import { DEFAULT_SEVERITY, severityOf, statusOf } from '../vocabulary.ts';

/** The webhook of Prometheus Alertmanager (version 4), and of everything that speaks its language. */
export const alertmanager: AlertSource = {
  name: 'alertmanager',
  summary: 'Prometheus Alertmanager, by its webhook receiver',
  parse: parseAlertmanager,
};

/** What an alert takes over from the post around it. */
interface Envelope {
  readonly status: Signal['status'] | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly externalUrl: unknown;
}

/** Reads a post in Alertmanager's form: an object with `alerts`, or the bare list that its own API takes. */
export function parseAlertmanager(body: unknown, context: ParseContext): Parsed {
  const post = objectOf(body);
  const alerts = listOf(post ? post['alerts'] : body);
  if (!alerts) return reject('expected an object with the list "alerts", as Alertmanager posts it', body);
  if (alerts.length === 0) return reject('the list "alerts" is empty', body);
  const envelope: Envelope = {
    status: statusOf(textOf(post?.['status'])),
    labels: toLabels(post?.['commonLabels'] ?? post?.['groupLabels']),
    annotations: toLabels(post?.['commonAnnotations']),
    externalUrl: post?.['externalURL'],
  };
  const read = alerts.map((alert, index) => ({
    index,
    item: alert,
    result: readAlert(alert, envelope, context),
  }));
  return {
    signals: read.flatMap(({ result }) => (typeof result === 'string' ? [] : [result])),
    rejected: [
      ...read.flatMap(({ index, item, result }) =>
        typeof result === 'string' ? [{ index, item, reason: result }] : [],
      ),
      ...noteTruncated(post),
    ],
  };
}

function readAlert(item: unknown, envelope: Envelope, context: ParseContext): Signal | string {
  const alert = objectOf(item);
  if (!alert) return 'an alert is an object with "status", "labels", "annotations" and "startsAt"';
  const labels = toLabels(alert['labels'], envelope.labels);
  const annotations = toLabels(alert['annotations'], envelope.annotations);
  if (Object.keys(labels).length === 0 && Object.keys(annotations).length === 0) {
    return 'the alert has neither labels nor annotations, so nobody could tell what it is';
  }
  const word = labels['severity'] ?? annotations['severity'] ?? labels['priority'] ?? labels['level'] ?? null;
  const endsAt = instantOf(alert['endsAt']);
  return toSignal(
    {
      key: textOf(alert['fingerprint']) ?? hashKey(toLabels(alert['labels'] ?? envelope.labels)),
      status: readStatus(alert, { endsAt, envelope, context }),
      severity: severityOf(word) ?? DEFAULT_SEVERITY,
      title: titleOf(labels, annotations),
      description: descriptionOf(alert['annotations'], annotations),
      service: serviceIn(labels),
      labels: word === null ? labels : toLabels(labels, { severity: word }),
      links: [...annotationLinks(annotations), ...alertLinks(alert), envelope.externalUrl],
      startsAt: instantOf(alert['startsAt']),
      endsAt,
    },
    context,
  );
}

/** Each alert has its own status: a post that says firing may hold one that is resolved. */
function readStatus(
  alert: Readonly<Record<string, unknown>>,
  { endsAt, envelope, context }: { endsAt: Date | null; envelope: Envelope; context: ParseContext },
): Signal['status'] {
  const own = statusOf(textOf(alert['status']));
  if (own) return own;
  const isOver = endsAt !== null && endsAt.getUTCFullYear() > 1 && endsAt <= context.receivedAt;
  return isOver ? 'resolved' : (envelope.status ?? 'firing');
}

/** The name of the alerting rule and what it says, which is often needed to tell two alerts of a rule apart. */
function titleOf(labels: Record<string, string>, annotations: Record<string, string>): string {
  const name = labels['alertname'] ?? labels['rulename'] ?? null;
  const says =
    annotations['summary'] ??
    annotations['title'] ??
    annotations['message'] ??
    annotations['description'] ??
    null;
  if (name === null)
    return says ?? `Alert on ${serviceIn(labels) ?? labels['instance'] ?? 'something unnamed'}`;
  if (says === null) return name;
  return says.includes(name) ? says : `${name}: ${says}`;
}

/** With its line breaks, which labels have lost. */
function descriptionOf(raw: unknown, annotations: Record<string, string>): string | null {
  const own = objectOf(raw) ?? {};
  return (
    textOf(own['description']) ??
    textOf(own['message']) ??
    annotations['description'] ??
    annotations['message'] ??
    annotations['summary'] ??
    null
  );
}

/** Runbooks first, then dashboards, then every other annotation that is nothing but a URL. */
function annotationLinks(annotations: Record<string, string>): readonly string[] {
  const names = Object.keys(annotations).filter((name) => urlOf(annotations[name]) !== null);
  const rank = (name: string): number => (/runbook/i.test(name) ? 0 : /dashboard|panel/i.test(name) ? 1 : 2);
  return names.toSorted((a, b) => rank(a) - rank(b)).flatMap((name) => annotations[name] ?? []);
}

function alertLinks(alert: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [
    alert['dashboardURL'],
    alert['panelURL'],
    alert['generatorURL'],
    alert['silenceURL'],
    alert['imageURL'],
  ];
}

function noteTruncated(post: Readonly<Record<string, unknown>> | null): readonly Rejected[] {
  const count = Number(textOf(post?.['truncatedAlerts']) ?? 0);
  if (!(count > 0)) return [];
  const reason = `the sender left out ${count} more alerts; set "max_alerts: 0" in its webhook configuration`;
  return [{ index: null, reason, item: { truncatedAlerts: count } }];
}

function reject(reason: string, item: unknown): Parsed {
  return { signals: [], rejected: [{ index: null, reason, item }] };
}
