import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createToken } from '../../src/store/tokens.ts';
import { startPostgres } from '../../test/support/postgres-server.ts';
import type { PostgresServer } from '../../test/support/postgres-server.ts';
import { startBot } from './bot.ts';
import type { Bot } from './bot.ts';
import { writeCompany } from './company.ts';
import type { Sections } from './company.ts';
import { fillWithHistory } from './history.ts';
import { runSql } from './run-sql.ts';

/** A database of its own, and what a bot needs to run on it. */
export interface Place {
  readonly kind: Store['kind'];
  /** `Postgres` or `PGlite`. */
  readonly name: string;
  /** For the environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** With which alerts are posted. */
  readonly token: string;
  /** Opens the database here; on PGlite no bot may run then. */
  readonly open: () => Promise<Store>;
  /** Starts a bot, some sections of its configuration replaced by these. */
  readonly start: (sections?: Sections) => Promise<Bot>;
  readonly remove: () => Promise<void>;
}

/** Where benches find databases. Everything is made when it is first asked for. */
export interface Places {
  /** Of the Postgres that all benches share, with the settings that it has out of the box. */
  readonly postgresUrl: () => Promise<string>;
  /** An empty database, migrated. */
  readonly fresh: (kind: Store['kind']) => Promise<Place>;
  /** A database in which ten thousand incidents are open, each with a page that waits and a timer. */
  readonly busy: (kind: Store['kind']) => Promise<Place>;
  /** An empty folder. */
  readonly folder: () => string;
  readonly remove: () => Promise<void>;
}

/** The kinds of database, in the order of the table. */
export const KINDS = ['postgres', 'pglite'] as const;

const SETTINGS = ['-c', 'max_connections=200'];

/** Makes places; nothing exists until it is asked for. */
export function createPlaces(): Places {
  const root = mkdtempSync(join(tmpdir(), 'firebell-bench-'));
  const templates = new Map<string, Promise<Template>>();
  let server: Promise<PostgresServer> | null = null;
  const postgresUrl = async () => (await (server ??= startPostgres(SETTINGS))).url;
  const folder = () => mkdtempSync(join(root, 'place-'));
  const template = (kind: Store['kind'], fill: Fill | null): Promise<Template> => {
    const name = `${kind}-${fill ? 'busy' : 'fresh'}`;
    const made =
      templates.get(name) ??
      baseOf(kind, { folder: folder(), postgresUrl }).then((base) => makeTemplate(base, fill));
    templates.set(name, made);
    return made;
  };
  const place = async (kind: Store['kind'], fill: Fill | null): Promise<Place> =>
    copy(await template(kind, fill), { folder: folder(), postgresUrl });
  return {
    postgresUrl,
    folder,
    fresh: (kind) => place(kind, null),
    busy: (kind) => place(kind, fillWithHistory),
    remove: async () => {
      await (await server)?.remove();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Fill = (store: Store) => Promise<void>;

/** A database that is copied and never used itself. */
interface Template {
  readonly base: Base;
  readonly token: string;
}

interface Base {
  readonly kind: Store['kind'];
  readonly env: Readonly<Record<string, string>>;
  /** Of the database, on Postgres. */
  readonly database: string;
  readonly folder: string;
}

interface Making {
  readonly folder: string;
  readonly postgresUrl: () => Promise<string>;
}

let databases = 0;

async function baseOf(
  kind: Store['kind'],
  { folder, postgresUrl }: Making,
  from = 'template1',
): Promise<Base> {
  const data = { DATA_DIR: join(folder, 'data') };
  if (kind === 'pglite') return { kind, folder, database: '', env: data };
  databases += 1;
  const database = `bench_${databases}`;
  const url = new URL(await postgresUrl());
  await runSql(url.href, `create database ${database} template ${from}`);
  url.pathname = `/${database}`;
  return { kind, folder, database, env: { ...data, DATABASE_URL: url.href } };
}

async function makeTemplate(base: Base, fill: Fill | null): Promise<Template> {
  const store = await openIn(base);
  const { token } = await createToken(store.db, { kind: 'source', subject: 'generic' }, SYSTEM_CLOCK.now());
  await fill?.(store);
  await store.close();
  return { base, token };
}

async function copy({ base, token }: Template, making: Making): Promise<Place> {
  const mine = await baseOf(base.kind, making, base.database || undefined);
  if (base.kind === 'pglite')
    cpSync(join(base.folder, 'data'), join(mine.folder, 'data'), { recursive: true });
  const env = { ...mine.env, CONFIG: writeCompany(mine.folder) };
  return {
    kind: base.kind,
    name: base.kind === 'postgres' ? 'Postgres' : 'PGlite',
    env,
    folder: mine.folder,
    token,
    open: () => openIn(mine),
    start: (sections = {}) =>
      startBot({ env: { ...env, CONFIG: writeCompany(mine.folder, sections) }, folder: mine.folder }),
    remove: async () => {
      if (base.kind === 'postgres')
        await runSql(await making.postgresUrl(), `drop database ${mine.database} with (force)`);
      rmSync(mine.folder, { recursive: true, force: true });
    },
  };
}

function openIn({ env }: Base): Promise<Store> {
  return openStore({ databaseUrl: env['DATABASE_URL'], dataDir: env['DATA_DIR'] });
}
