import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, onTestFinished } from 'vitest';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { madeOnce, sharedPostgres } from './shared-run.ts';

/** Opens one more store on the same fresh database; PGlite has one only. Closed when the test ends. */
export type OpenStore = () => Promise<Store>;

const shared = await sharedPostgres();
/** Why tests on Postgres are skipped; null when they run. */
export const NO_POSTGRES: string | null = 'reason' in shared ? shared.reason : null;

/**
 * Runs a group of tests on PGlite and on a real Postgres. `open` gives a migrated, empty store, closed when the test ends; a
 * connection that a test leaves open fails it.
 */
export function describeStores(name: string, about: (open: OpenStore, kind: Store['kind']) => void): void {
  describe(`${name} on PGlite`, () => about(() => freshStore('pglite'), 'pglite'));
  describePostgres(name, about);
}

/** Runs a group of tests on a real Postgres alone: races need several connections. */
export function describePostgres(name: string, about: (open: OpenStore, kind: Store['kind']) => void): void {
  const skipped = NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`;
  describe.skipIf(NO_POSTGRES !== null)(`${name} on Postgres${skipped}`, () =>
    about(() => freshStore('postgres'), 'postgres'),
  );
}

/** A migrated, empty store, closed and removed when the test ends. */
export async function freshStore(kind: Store['kind']): Promise<Store> {
  if (kind === 'pglite') {
    const folder = await freshFolder();
    return closedAtTheEnd(await openStore({ dataDir: folder }));
  }
  const databaseUrl = await freshDatabase();
  return closedAtTheEnd(await openStore({ databaseUrl, poolSize: 20 }));
}

/** A folder with an empty PGlite in it, removed when the test ends. Much faster than making one. */
export async function freshFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'firebell-pglite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(await pgliteTemplate(), folder, { recursive: true });
  return folder;
}

function pgliteTemplate(): Promise<string> {
  return madeOnce('pglite', async (dataDir) => {
    const store = await openStore({ dataDir });
    await store.close();
  });
}

/** The URL of an empty Postgres database, dropped when the test ends. Whoever is still connected then fails the test. */
export async function freshDatabase(): Promise<string> {
  if ('reason' in shared) throw new Error(`expected a real Postgres: ${shared.reason}`);
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await asAdmin(shared.url, `create database ${name} template ${await postgresTemplate(shared.url)}`);
  onTestFinished(() => asAdmin(shared.url, `drop database if exists ${name}`));
  const url = new URL(shared.url);
  url.pathname = `/${name}`;
  return url.href;
}

let migrated: Promise<string> | null = null;

function postgresTemplate(url: string): Promise<string> {
  migrated ??= makePostgresTemplate(url);
  return migrated;
}

async function makePostgresTemplate(admin: string): Promise<string> {
  const name = `template_${process.pid}`;
  await asAdmin(admin, `drop database if exists ${name}`);
  await asAdmin(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const store = await openStore({ databaseUrl: url.href, poolSize: 1 });
  await store.close();
  return name;
}

/** Runs one statement as the owner of the server. */
export async function asAdmin(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client.unsafe(statement);
  } finally {
    await client.end();
  }
}

function closedAtTheEnd(store: Store): Store {
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await store.close();
  };
  onTestFinished(close);
  return { ...store, close };
}
