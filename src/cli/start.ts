import { resolve } from 'node:path';
import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { showProblem } from '../config/problem.ts';
import { findConfigFile, readConfigFile } from '../config/read-file.ts';
import type { ConfigPath } from '../config/read-file.ts';
import { SOURCE_TYPES } from '../ingest/sources/registry.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import { createLogger } from '../lib/logger.ts';
import type { Logger } from '../lib/logger.ts';
import { environmentOf, openDatabase } from './open.ts';
import { EXIT, FailedError, UsageError } from './verb.ts';
import type { Io, Verb } from './verb.ts';
import { readVersion } from './version.ts';

const HELP = `Usage: firebell start

Runs Firebell: the console in the browser, the intake for alerts, paging and escalation. Stops gracefully on SIGTERM and
SIGINT, reads its configuration again on SIGHUP.

Environment:
  PORT          port to listen on (3000; 0 takes any free one)
  HOST          address to listen on (127.0.0.1; in sandbox mode only this machine's own addresses)
  DATA_DIR      folder of the embedded database, and of what this process notes while a database is told (./data)
  DATABASE_URL  Postgres 15 or newer, postgres://…; without it the embedded database is used
  CONFIG        configuration file (./firebell.yaml; without one the built-in example, in sandbox mode)
  LOG_LEVEL     trace, debug, info, warn, error, fatal or silent (info)`;

/** `firebell start`: runs the bot until it is told to stop. */
export const startVerb: Verb = { name: 'start', summary: 'Run Firebell', help: HELP, run: start };

async function start(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length > 0) throw new UsageError(`firebell start takes no arguments, not ${argv.join(' ')}`);
  return runBot(io, SYSTEM_CLOCK);
}

/** Runs the bot by this clock until it is told to stop; answers with the exit code. */
export async function runBot(io: Io, clock: Clock): Promise<number> {
  const environment = environmentOf(io);
  const path = await findConfigFile(io.env);
  const config = await loadOrExplain(path, io);
  if (config === null) return EXIT.no;
  checkHost(config, environment);
  const logger = createLogger({ level: environment.LOG_LEVEL });
  const store = await openDatabase(environment, `http://${environment.HOST}:${environment.PORT}`);
  const app = await createApp({
    config,
    readConfig: () => readConfigFile(path.path, { env: io.env, sourceTypes: SOURCE_TYPES }),
    store,
    clock,
    logger,
    host: environment.HOST,
    port: environment.PORT,
    adminFolder: environment.DATABASE_URL === undefined ? resolve(environment.DATA_DIR) : null,
    notesFolder: resolve(environment.DATA_DIR, 'notes'),
    version: await readVersion(),
  });
  return live(app, { config, path, io, logger });
}

interface Living {
  readonly config: Config;
  readonly path: ConfigPath;
  readonly io: Io;
  readonly logger: Logger;
}

async function live(app: App, { config, path, io, logger }: Living): Promise<number> {
  try {
    const url = await app.start();
    io.err(welcome(url, config, path));
  } catch (error) {
    await app.stop();
    throw new FailedError(error instanceof Error ? error.message : String(error));
  }
  process.on('SIGHUP', () => void app.reload());
  // Whatever nobody awaited must not take the pager down; it is logged as the bug that it is.
  process.on('unhandledRejection', (reason) =>
    logger.error({ err: reason }, 'a promise was rejected and nobody was there'),
  );
  const signal = await new Promise<string>((stop) => {
    process.once('SIGTERM', () => stop('SIGTERM'));
    process.once('SIGINT', () => stop('SIGINT'));
  });
  logger.info({ signal }, 'stopping');
  await app.stop();
  return EXIT.ok;
}

async function loadOrExplain(path: ConfigPath, io: Io): Promise<Config | null> {
  const loaded = await readConfigFile(path.path, { env: io.env, sourceTypes: SOURCE_TYPES }).catch(
    (error: unknown) => {
      throw new FailedError(
        `${path.path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    },
  );
  const problems = 'problems' in loaded ? loaded.problems : loaded.warnings;
  for (const problem of problems) io.err(`${showProblem(problem)}\n`);
  if ('config' in loaded) return loaded.config;
  io.err(`Firebell does not start with a broken configuration. \`firebell check\` checks it again.\n`);
  return null;
}

const OWN_ADDRESSES = ['127.0.0.1', 'localhost', '::1'];

/** In sandbox mode anybody who can open the page can be anybody, so nobody else may be able to open it. */
function checkHost(config: Config, environment: Environment): void {
  if (config.chat.signIn !== 'sandbox' || OWN_ADDRESSES.includes(environment.HOST)) return;
  throw new UsageError(
    `HOST=${environment.HOST} would open the sandbox to others, and in the sandbox anyone can be anyone.\n` +
      'Leave HOST away, or set `chat: { console: { sign_in: token } }` in firebell.yaml.',
  );
}

function welcome(url: string, { chat }: Config, path: ConfigPath): string {
  const which =
    path.because === 'example' ? 'the built-in example company (no firebell.yaml here)' : path.path;
  const sandbox =
    chat.signIn === 'sandbox'
      ? '\n  Sandbox: whoever opens it on this machine can be anyone; nobody else can open it.'
      : '';
  return `\n  Firebell is running: open ${url}\n  Configuration: ${which}${sandbox}\n\n`;
}
