import { ask } from './http.ts';

/** An alert as a monitor posts it. Alerts of one service and one place are one incident. */
export interface SentAlert {
  readonly dedup_key: string;
  readonly title: string;
  readonly service: string;
  readonly place: string;
}

/** Where a bot takes alerts. */
export interface Intake {
  readonly url: string;
  readonly token: string;
}

let made = 0;

/** An alert that nobody has seen before; one of a place of its own opens an incident of its own. */
export function newAlert(service: string, place?: string): SentAlert {
  made += 1;
  const name = `alert-${process.pid}-${made}-`;
  return { dedup_key: name, title: `Requests fail (${name})`, service, place: place ?? name };
}

/** Posts alerts, and answers when they are stored. Throws when they are not. */
export async function post({ url, token }: Intake, alerts: SentAlert | readonly SentAlert[]): Promise<void> {
  const { status, text } = await ask({
    url: `${url}/ingest/generic`,
    body: JSON.stringify(alerts),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  if (status !== 200) throw new Error(`expected the alerts to be taken, got ${status}: ${text}`);
}
