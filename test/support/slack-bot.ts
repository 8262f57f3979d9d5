import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { showProblem } from '../../src/config/problem.ts';
import { testAlert } from '../../src/ingest/test-alert.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';
import type { Signal } from '../../src/domain/alert/signal.ts';
import { company } from './company.ts';
import type { Sections } from './company.ts';
import { freshFolder } from './database.ts';
import { startSlack } from './slack/emulator.ts';
import type { Slack, SlackOptions } from './slack/emulator.ts';

/** A whole Firebell that runs by the machine's clock, with Slack as its home. */
export interface SlackBot {
  readonly app: App;
  readonly slack: Slack;
  /** Takes an alert in as if a monitor had sent it. */
  readonly alert: (title: string, changes?: Partial<Signal>) => Promise<void>;
  /** What `/readyz` says. */
  readonly ready: () => Promise<string>;
  /** Writes settings under `chat.slack` into firebell.yaml and has it read again. */
  readonly rewrites: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Ends the process and begins another on the same database. */
  readonly restart: () => Promise<void>;
}

interface SlackBotOptions {
  readonly sections?: Sections;
  readonly slack?: SlackOptions;
  /** Settings under `chat.slack` beside the tokens. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Called before the bot begins. */
  readonly before?: (slack: Slack) => void;
}

/** Everybody of the company has an account with the same mail address. */
const PEOPLE = ['ana', 'ben', 'cleo', 'dev', 'sue'].map((name) => ({ name, email: `${name}@example.com` }));

/** Starts both; they end with the test. */
export async function startSlackBot(options: SlackBotOptions = {}): Promise<SlackBot> {
  const slack = await startSlack({ people: PEOPLE, ...options.slack });
  options.before?.(slack);
  const folder = await freshFolder();
  const written = (settings: Readonly<Record<string, unknown>>): string =>
    company({ chat: { slack: { ...settingsOf(slack), ...settings } }, ...options.sections });
  const file = { yaml: written(options.settings ?? {}) };
  const running = { app: await begin(folder, file) };
  onTestFinished(async () => {
    await running.app.stop();
    await slack.stop();
  });
  return {
    get app() {
      return running.app;
    },
    slack,
    alert: async (title, changes = {}) => {
      await running.app.engine.receive([
        { ...testAlert(new Date(), 'checkout'), title, key: title, ...changes },
      ]);
    },
    ready: async () => (await running.app.fetch(new Request('http://localhost/readyz'))).text(),
    rewrites: async (settings) => {
      file.yaml = written({ ...options.settings, ...settings });
      await running.app.reload();
    },
    restart: async () => {
      await running.app.stop();
      running.app = await begin(folder, file);
    },
  };
}

function settingsOf({ tokens, apiUrl }: Slack) {
  return {
    bot_token: tokens.bot,
    app_token: tokens.app,
    signing_secret: tokens.signingSecret,
    api_url: apiUrl,
  };
}

function read({ yaml }: { readonly yaml: string }) {
  return loadConfig(yaml, { file: 'firebell.yaml', env: {}, sourceTypes: SOURCE_TYPES });
}

/** `file` is read again whenever the configuration is. */
async function begin(folder: string, file: { readonly yaml: string }): Promise<App> {
  const loaded = read(file);
  if (!('config' in loaded)) throw new Error(loaded.problems.map(showProblem).join('\n'));
  const app = await createApp({
    config: loaded.config,
    readConfig: () => Promise.resolve(read(file)),
    store: await openStore({ dataDir: folder }),
    clock: SYSTEM_CLOCK,
    logger: createLogger({ level: process.env['FIREBELL_LOG'] ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    adminFolder: null,
    notesFolder: null,
    version: 'test',
  });
  await app.start();
  return app;
}
