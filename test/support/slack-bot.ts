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
  const yaml = company({
    chat: {
      slack: {
        bot_token: slack.tokens.bot,
        app_token: slack.tokens.app,
        signing_secret: slack.tokens.signingSecret,
        api_url: slack.apiUrl,
        ...options.settings,
      },
    },
    ...options.sections,
  });
  const running = { app: await begin(folder, yaml) };
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
    restart: async () => {
      await running.app.stop();
      running.app = await begin(folder, yaml);
    },
  };
}

async function begin(folder: string, yaml: string): Promise<App> {
  const loaded = loadConfig(yaml, { file: 'firebell.yaml', env: {}, sourceTypes: SOURCE_TYPES });
  if (!('config' in loaded)) throw new Error(loaded.problems.map(showProblem).join('\n'));
  const app = await createApp({
    config: loaded.config,
    readConfig: () => Promise.resolve(loaded),
    store: await openStore({ dataDir: folder }),
    clock: SYSTEM_CLOCK,
    logger: createLogger({ level: process.env['FIREBELL_LOG'] ?? 'silent' }),
    host: '127.0.0.1',
    port: 0,
    adminFolder: null,
    version: 'test',
  });
  await app.start();
  return app;
}
