import { ConsoleBrowser } from './console-browser.ts';
import { CONFIG } from './company.ts';
import { BUSY } from './load.ts';
import type { Pace, Visitor } from './load.ts';
import { lookAtConsole } from './sight.ts';
import type { Look } from './sight.ts';

/** Where people are while the bot is killed, and what they have before their eyes in the end. */
export interface Scene {
  /** The configuration file of the bots. */
  readonly config: string;
  /** More of their environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly pace: Pace;
  readonly visitor: (personId: string, url: () => string | null) => Visitor;
  readonly look: Look;
  /** Answers when nothing is on its way to the bots any more, and they have nothing in hand of what they were told. */
  readonly settled: (url: () => string | null) => Promise<void>;
}

/** People at the console, which is the bot's own and goes down with it. */
export const AT_THE_CONSOLE: Scene = {
  config: CONFIG,
  env: {},
  pace: BUSY,
  visitor: (personId, url) => new ConsoleBrowser(personId, url),
  look: lookAtConsole,
  settled: () => Promise.resolve(),
};
