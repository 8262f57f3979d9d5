import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startProcess } from './a-process.ts';
import { missing } from './missing.ts';

const ALERTMANAGER = process.env['ALERTMANAGER'] ?? '/usr/bin/prometheus-alertmanager';
const EXAMPLE = join(import.meta.dirname, '..', '..', '..', 'examples', 'alertmanager.yml');

/** Why tests that need a real Alertmanager are skipped; null when they run. */
export const NO_ALERTMANAGER = missing(
  ALERTMANAGER,
  'apt-get install prometheus-alertmanager, or set ALERTMANAGER',
);

/** An alert as Prometheus would tell Alertmanager. */
export interface PrometheusAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
}

/** A real Alertmanager. */
export interface Alertmanager {
  readonly url: string;
  /** An alert fires, through its API v2; with `endsAt` it is over. */
  readonly post: (alert: PrometheusAlert & { readonly endsAt?: string }) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it with the configuration of `examples`, told where Firebell is and with which token; changes are told every second. */
export async function startAlertmanager({
  folder,
  firebell,
  token,
}: {
  readonly folder: string;
  readonly firebell: string;
  readonly token: string;
}): Promise<Alertmanager> {
  const [config, credentials] = [join(folder, 'alertmanager.yml'), join(folder, 'firebell.token')];
  writeFileSync(credentials, token);
  writeFileSync(
    config,
    readFileSync(EXAMPLE, 'utf8')
      .replace('http://127.0.0.1:3000', firebell)
      .replace('../firebell.token', credentials)
      .replace('group_interval: 10s', 'group_interval: 1s'),
  );
  const url = `http://127.0.0.1:${await freePort()}`;
  const alertmanager = startProcess(
    [
      ALERTMANAGER,
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${url.slice('http://'.length)}`,
      '--cluster.listen-address=',
    ],
    { log: join(folder, 'alertmanager.log') },
  );
  await alertmanager.until(async () => {
    const response = await fetch(`${url}/-/ready`).catch(() => null);
    return response?.ok === true ? true : null;
  });
  return {
    url,
    post: async (alert) => {
      const response = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([alert]),
      });
      if (!response.ok) throw new Error(`Alertmanager says ${response.status}: ${await response.text()}`);
    },
    stop: async () => {
      await alertmanager.stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
