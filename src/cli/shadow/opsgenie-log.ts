import { z } from 'zod';
import type { LoggedPage, LoggedTarget } from '../../domain/shadow/page-log.ts';
import { lenientList, MaybeText, Moment } from '../../config/import/reading.ts';
import type { Fields } from './plain-log.ts';

const Responder = z.looseObject({ type: z.string(), name: MaybeText, id: MaybeText });

/** GET /v2/alerts */
const Alert = z.looseObject({ id: z.string(), createdAt: Moment, responders: lenientList(Responder) });
type Alert = z.output<typeof Alert>;

/** GET /v2/alerts/{id}/recipients */
const Recipient = z.looseObject({
  user: z.looseObject({ username: MaybeText, id: MaybeText }),
  createdAt: Moment,
});

/** GET /v2/alerts/{id}/logs */
const Log = z.looseObject({ log: z.string(), type: MaybeText, owner: MaybeText, createdAt: Moment });

/** An answer of the API about one alert, by the id that its file name has. */
export interface OfAlert {
  readonly from: string;
  readonly value: Fields;
}

const ADDRESS = /[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Who was paged, by the alerts of Opsgenie and their recipients or logs. */
export function readOpsgenie(values: readonly OfAlert[]): readonly LoggedPage[] {
  const alerts = values.flatMap(({ value }) => Alert.safeParse(value).data ?? []);
  const recipients = values.flatMap(({ from, value }): readonly LoggedPage[] => {
    const recipient = Recipient.safeParse(value).data;
    const person = recipient?.user.username ?? recipient?.user.id ?? null;
    return recipient && person !== null
      ? [pageOf(person, recipient.createdAt, alertOf(from, value, alerts))]
      : [];
  });
  const reached = new Set(recipients.map(({ incident }) => incident));
  const logged = values.flatMap(({ from, value }): readonly LoggedPage[] => {
    const log = Log.safeParse(value).data;
    const alert = alertOf(from, value, alerts);
    if (!log || reached.has(alert.id) || !isAboutTelling(log.type, log.log)) return [];
    const people = [...new Set(log.log.match(ADDRESS) ?? [])];
    return people.map((person) => pageOf(person, log.createdAt, alert));
  });
  return [...recipients, ...logged];
}

function isAboutTelling(type: string | null, text: string): boolean {
  return type === 'alertRecipient' || /\bnotif|\bsent\b|\bcalled\b/i.test(text);
}

interface About {
  readonly id: string | null;
  readonly alert: Alert | null;
}

function alertOf(from: string, value: Fields, alerts: readonly Alert[]): About {
  const named = value['alertId'];
  const alert = alerts.find(({ id }) => id === named) ?? alerts.find(({ id }) => from.includes(id)) ?? null;
  return { id: alert?.id ?? (typeof named === 'string' ? named : from), alert };
}

function pageOf(person: string, at: Date, { id, alert }: About): LoggedPage {
  return { at, since: alert?.createdAt ?? at, target: alert ? targetOf(alert) : null, person, incident: id };
}

const KINDS: Readonly<Record<string, LoggedTarget['kind']>> = {
  escalation: 'policy',
  schedule: 'schedule',
  service: 'service',
};

function targetOf({ responders }: Alert): LoggedTarget | null {
  const found = responders.find(({ type, name }) => KINDS[type] !== undefined && name !== null);
  const kind = found && KINDS[found.type];
  return kind && found.name !== null ? { kind, name: found.name } : null;
}
