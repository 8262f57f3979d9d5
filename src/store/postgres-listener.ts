import pg from 'pg';
import { backoffMs } from '../lib/backoff.ts';
import type { Logger } from '../lib/logger.ts';
import type { Store } from './db.ts';

interface Listener {
  readonly listen: Store['listen'];
  readonly close: () => Promise<void>;
}

/** A connection of its own that listens, and comes back after it was lost for as long as it takes. */
export function createListener(config: pg.ClientConfig, logger: Logger | undefined): Listener {
  const channels = new Map<string, Set<(payload: string) => void>>();
  let client: Promise<pg.Client> | null = null;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ ...config, query_timeout: 10_000 });
    fresh.on('error', () => {});
    fresh.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
    await fresh.connect();
    for (const channel of channels.keys()) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    fresh.on('end', comeBack);
    return fresh;
  }

  function comeBack(): void {
    client = null;
    if (closed) return;
    failures += 1;
    retry = setTimeout(
      () => void again(),
      backoffMs(failures, { baseMs: 100, maxMs: 2_000, random: Math.random }),
    );
  }

  async function again(): Promise<void> {
    client = connect();
    try {
      await client;
      failures = 0;
      logger?.info({}, 'Listening to Postgres again');
      for (const channel of channels.keys()) tell(channel, '');
    } catch (err) {
      if (failures === 3)
        logger?.warn({ err }, 'Postgres cannot be listened to: polling instead, and trying again');
      comeBack();
    }
  }

  function tell(channel: string, payload: string): void {
    for (const heard of channels.get(channel) ?? []) heard(payload);
  }

  async function listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const known = channels.get(channel);
    channels.set(channel, (known ?? new Set()).add(heard));
    if (client && !known) await (await client).query(`listen ${pg.escapeIdentifier(channel)}`);
    client ??= connect();
    await client;
    return () => Promise.resolve(void channels.get(channel)?.delete(heard));
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(retry);
    await client?.then((open) => open.end()).catch(() => {});
  }

  return { listen, close };
}
