import { GatewayIntentBits } from 'discord.js';
import type { GatewayDispatchPayload, REST } from 'discord.js';
import { backoffMs } from '../../../lib/backoff.ts';
import type { Logger } from '../../../lib/logger.ts';
import { SYSTEM_STOPWATCH } from '../../../lib/stopwatch.ts';
import type { Stopwatch } from '../../../lib/stopwatch.ts';
import type { Db } from '../../../store/db.ts';
import { releaseLease, takeLease } from '../../../store/leases.ts';
import { openConnection, PATIENCE } from './connection.ts';
import type { Connection, Course, Ending, Patience } from './connection.ts';

/** How the gateway stands, as seen from this process. */
export type GatewayState =
  | { readonly kind: 'off' }
  /** Another process hears for all. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'connecting'; readonly why: string | null }
  | { readonly kind: 'connected'; readonly readsMessages: boolean }
  /** Discord says no until somebody changes something. */
  | { readonly kind: 'refused'; readonly why: string };

export interface KeeperOptions {
  readonly db: Db;
  readonly logger: Logger;
  readonly processId: string;
  readonly application: string;
  readonly rest: REST;
  readonly token: () => string;
  readonly hear: (payload: GatewayDispatchPayload) => void;
  /** Told once when something is wrong that only people can put right. */
  readonly alarm: (words: string) => void;
  readonly patience?: Patience;
  /** The machine's, unless a test brings its own. */
  readonly stopwatch?: Stopwatch;
}

/** Keeps one connection to the gateway among all processes of a database. */
export interface GatewayKeeper {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly state: () => GatewayState;
  /** Tries again at once, for example with a new token. */
  readonly again: () => void;
}

/** For so long after a death nobody else takes the gateway over. */
export const LEASE_MS = 6_000;
const RENEW_MS = 1_500;
const TAKE_OVER_MS = 1_000;
const AFTER_REFUSAL_MS = 5 * 60_000;
/** One 401 can be a hiccup of Discord; after so many in a row people have to look. */
const SIGNED_OUT_TIMES = 3;

const ALWAYS =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.DirectMessages;

const MESSAGES_OFF =
  'Discord does not let Firebell read messages: switch on “Message Content Intent” under Bot in the Developer Portal. Until then buttons and commands work, and transcripts, notes from messages and signs of life do not.';

const WORDS = {
  4004: 'Discord does not accept the token of the bot: put a new one into chat.discord.token',
  4010: 'Discord says that the shard is wrong',
  4011: 'the bot is in so many servers that Discord wants it sharded, which Firebell does not do: give it an application of its own',
  4012: 'Discord no longer speaks this version of its API: update Firebell',
  4013: 'Discord says that the intents are wrong: update Firebell',
  4014: 'Discord does not grant the intents: look under Bot in the Developer Portal',
} as const satisfies Readonly<Record<number, string>>;

/** Takes the lease and the connection, gives both back, and takes them over from whoever is gone. */
export function createKeeper(options: KeeperOptions): GatewayKeeper {
  const keeper = new Keeper(options);
  return {
    start: () => keeper.start(),
    stop: () => keeper.stop(),
    state: () => keeper.state,
    again: () => keeper.again(),
  };
}

class Keeper {
  state: GatewayState = { kind: 'off' };
  readonly #options: KeeperOptions;
  readonly #stopwatch: Stopwatch;
  readonly #course: Course = { session: null, starts: [] };
  #running: Promise<void> = Promise.resolve();
  #stopping = new AbortController();
  #pause = new AbortController();
  #connection: Connection | null = null;
  #readsMessages = true;
  #failures = 0;
  #said = '';

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#stopwatch = options.stopwatch ?? SYSTEM_STOPWATCH;
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#pause.abort();
    this.#connection?.stop();
    await this.#running;
    this.state = { kind: 'off' };
  }

  again(): void {
    this.#readsMessages = true;
    this.#failures = 0;
    this.#said = '';
    this.#connection?.stop();
    this.#pause.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (await this.#holds()) await this.#hold();
      else {
        this.state = { kind: 'elsewhere' };
        await this.#sleep(TAKE_OVER_MS);
      }
    }
    await releaseLease(this.#options.db, this.#lease()).catch(() => undefined);
  }

  #lease() {
    const { application, processId } = this.#options;
    return { name: `discord gateway ${application}`, holder: processId };
  }

  /** False when somebody else has it. While nobody can ask the database, nobody can have taken it over either. */
  async #holds(): Promise<boolean> {
    try {
      return await takeLease(this.#options.db, { ...this.#lease(), forMs: LEASE_MS });
    } catch (err) {
      const isConnected = this.#connection !== null;
      this.#options.logger.warn({ err, isConnected }, 'The lease of the gateway could not be asked for');
      return isConnected;
    }
  }

  async #hold(): Promise<void> {
    this.state = { kind: 'connecting', why: null };
    const { rest, logger, hear, token, patience = PATIENCE } = this.#options;
    const readsMessages = this.#readsMessages;
    const connection = openConnection({
      rest,
      logger,
      hear,
      patience,
      stopwatch: this.#stopwatch,
      token: token(),
      course: this.#course,
      intents: readsMessages ? ALWAYS | GatewayIntentBits.MessageContent : ALWAYS,
      readyChanged: (isReady) => {
        if (isReady) this.#failures = 0;
        this.state = isReady ? { kind: 'connected', readsMessages } : { kind: 'connecting', why: null };
      },
    });
    this.#connection = connection;
    const ending = await this.#renewUntilOver(connection);
    this.#connection = null;
    if (!this.#stopping.signal.aborted) await this.#settle(ending);
  }

  async #renewUntilOver(connection: Connection): Promise<Ending> {
    for (;;) {
      const renewal = this.#stopwatch.sleep(RENEW_MS);
      const ended = await Promise.race([connection.ended, renewal]);
      if (typeof ended === 'object') return ended;
      if (await this.#holds()) continue;
      this.#options.logger.warn({}, 'Another process has taken over the gateway');
      connection.stop();
    }
  }

  async #settle(ending: Ending): Promise<void> {
    switch (ending.kind) {
      case 'stopped':
        return;
      case 'silent':
        this.#options.logger.warn({}, 'The gateway fell silent; connecting anew');
        return;
      case 'unreachable':
        // A 401 on the way in has made the client forget its token.
        this.#options.rest.setToken(this.#options.token());
        return this.#waitForBetter(ending);
      case 'refused':
        return this.#refused(ending.code);
    }
  }

  async #waitForBetter({ reason, isSignedOut }: Ending & { readonly kind: 'unreachable' }): Promise<void> {
    this.#failures += 1;
    this.state = { kind: 'connecting', why: reason };
    if (isSignedOut && this.#failures >= SIGNED_OUT_TIMES) this.#alarmOnce(WORDS[4004]);
    const pauseMs = backoffMs(this.#failures, { baseMs: 1_000, maxMs: 30_000, random: Math.random });
    await this.#sleepHolding(pauseMs);
  }

  async #refused(code: number): Promise<void> {
    this.#course.session = null;
    if (code === 4014 && this.#readsMessages) {
      this.#readsMessages = false;
      this.#alarmOnce(MESSAGES_OFF);
      return;
    }
    const known: Readonly<Record<number, string>> = WORDS;
    const why = known[code] ?? `Discord closed the gateway with ${code}`;
    this.state = { kind: 'refused', why };
    this.#alarmOnce(why);
    await this.#sleepHolding(AFTER_REFUSAL_MS);
  }

  #alarmOnce(words: string): void {
    if (this.#said === words) return;
    this.#said = words;
    this.#options.alarm(words);
  }

  /** Sleeps and goes on holding the lease, so that no other process burns starts on what is refused. */
  async #sleepHolding(ms: number): Promise<void> {
    const until = this.#stopwatch.now() + ms;
    while (this.#stopwatch.now() < until && !this.#stopping.signal.aborted) {
      if (!(await this.#sleep(Math.min(RENEW_MS, until - this.#stopwatch.now())))) return;
      if (!(await this.#holds())) return;
    }
  }

  /** False when it was cut short. */
  #sleep(ms: number): Promise<boolean> {
    this.#pause = new AbortController();
    return this.#stopwatch.sleep(ms, this.#pause.signal);
  }
}
