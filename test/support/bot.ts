import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Loaded } from '../../src/config/load.ts';
import { showProblem } from '../../src/config/problem.ts';
import type { Reload } from '../../src/config/reload.ts';
import { plainLine } from '../../src/chat/views/plain.ts';
import type { Directory } from '../../src/domain/directory.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import type { LedgerEntry, Page } from '../../src/domain/page/page.ts';
import { timelineOf } from '../../src/domain/timeline/timeline.ts';
import { offerAdminAccess } from '../../src/ingest/admin-file.ts';
import { SOURCE_TYPES } from '../../src/ingest/sources/registry.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { findIncident, incidentEvents, incidentPages, listIncidents } from '../../src/store/reads.ts';
import { roomsSeenBy } from '../../src/store/rooms.ts';
import { createToken } from '../../src/store/tokens.ts';
import { Room } from './bot-room.ts';
import { Visitor } from './bot-visitor.ts';
import { ADDRESS, company } from './company.ts';
import type { Sections } from './company.ts';
import { Browser } from './console-world.ts';
import { freshFolder } from './database.ts';
import { nextDue } from './next-due.ts';

/** One alert as a story tells it. */
export interface ToldAlert {
  readonly title: string;
  /** `checkout` unless given. */
  readonly service?: string;
  /** As monitors call it; `critical` unless given. */
  readonly severity?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const QUARTER = 15 * MINUTE;

/** So many ms. */
export function seconds(n: number): number {
  return n * SECOND;
}

/** So many ms. */
export function minutes(n: number): number {
  return n * MINUTE;
}

/** So many ms. */
export function hours(n: number): number {
  return n * 60 * MINUTE;
}

/** Starts a whole Firebell with its own database and clock, at three in the morning; it ends with the test. */
export async function startBot(sections: Sections = {}): Promise<Bot> {
  const bot = new Bot(await freshFolder(), company(sections));
  await bot.begin();
  onTestFinished(() => bot.end());
  return bot;
}

/**
 * The whole app on a clock that stands still: nothing is due before it is moved, and after every word everything that is due has been
 * done. People use it through the pages of the console, monitors through `/ingest`.
 */
export class Bot {
  now = new Date('2026-03-02T03:00:00Z');
  readonly #folder: string;
  #yaml: string;
  #running: Running | null = null;
  readonly #visitors = new Map<string, Visitor>();
  /** Since when each alert fires, by its title and service. */
  readonly #firing = new Map<string, Date>();

  constructor(folder: string, yaml: string) {
    this.#folder = folder;
    this.#yaml = yaml;
  }

  async begin(): Promise<void> {
    const read = (): Loaded => loadConfig(this.#yaml, CONTEXT);
    const config = accepted(read());
    const clock = { now: () => this.now };
    const store = await openStore({ dataDir: this.#folder });
    const app = await createApp({
      config,
      readConfig: () => Promise.resolve(read()),
      store,
      clock,
      logger: createLogger({ level: 'silent' }),
      host: '127.0.0.1',
      port: 0,
      adminFolder: null,
      notesFolder: null,
      version: 'test',
    });
    const { token } = await createToken(store.db, { kind: 'source', subject: 'alertmanager' }, this.now);
    this.#running = { app, store, token, directory: config.directory };
  }

  async end(): Promise<void> {
    await this.#running?.app.stop();
    this.#running = null;
    this.#visitors.clear();
  }

  /** The process ends where it stands, and another one begins on the same database so much later. What was due meanwhile is done then. */
  async isDownFor(ms: number): Promise<void> {
    await this.end();
    this.now = new Date(this.now.getTime() + ms);
    await this.begin();
    await this.settle();
  }

  /** Changes sections of the configuration and has it read again. */
  async rewrites(sections: Sections | string): Promise<Reload> {
    this.#yaml = typeof sections === 'string' ? sections : company(sections);
    const reload = await this.#now.app.reload();
    if (reload.kind !== 'refused') this.#running = { ...this.#now, directory: reload.config.directory };
    await this.settle();
    return reload;
  }

  /** Does everything that is due. */
  settle(): Promise<void> {
    return this.#now.app.engine.settle();
  }

  /** Lets time pass, from one thing that is due to the next; what is due by the clock alone is looked at every quarter of an hour. */
  async wait(ms: number): Promise<void> {
    const end = this.now.getTime() + ms;
    while (this.now.getTime() < end) {
      const stop = new Date(Math.min(end, this.now.getTime() + QUARTER));
      const { db } = this.#now.store;
      for (let next = await nextDue(db); next !== null && next <= stop; next = await nextDue(db)) {
        if (next > this.now) this.now = next;
        await this.settle();
      }
      this.now = stop;
      await this.#now.app.routines.tick();
      await this.settle();
    }
  }

  /** The monitor tells of alerts that fire, and everything that follows at once is done. */
  async alert(...alerts: readonly ToldAlert[]): Promise<void> {
    await this.posts(alerts, 'firing');
    await this.settle();
  }

  /** The monitor tells that alerts are over. */
  async clears(...alerts: readonly ToldAlert[]): Promise<void> {
    await this.posts(alerts, 'resolved');
    await this.settle();
  }

  /** One post of Alertmanager, taken and stored, of which nothing has followed yet. */
  async posts(alerts: readonly ToldAlert[], status: 'firing' | 'resolved'): Promise<void> {
    const response = await this.#now.app.fetch(
      new Request(`${ADDRESS}/ingest/alertmanager`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#now.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(this.#postOf(alerts, status)),
      }),
    );
    if (response.status !== 200)
      throw new Error(`expected the alerts to be taken, got ${response.status}: ${await response.text()}`);
  }

  /** Any request from the world outside, for example of a mail scanner. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#now.app.fetch(new Request(new URL(path, ADDRESS), init));
    await this.settle();
    return response;
  }

  /** A configured person at the console. */
  as(personId: string): Visitor {
    return this.#visitor(`person ${personId}`);
  }

  /** Opens the door for answers by mail; answers with its port. */
  async takesMail(): Promise<number> {
    const { replies } = this.#now.app;
    await replies.apply();
    const port = replies.port();
    if (port === null) throw new Error(`no mail is taken: ${replies.health().detail}`);
    return port;
  }

  /** Leaves word in its data folder of how the command line reaches it; answers with that folder. */
  async offersItself(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const server = serve(
      { fetch: (request) => this.#now.app.fetch(request), port: 0, hostname: '127.0.0.1' },
      ({ port }) => resolve(port),
    );
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${await promise}`;
    await offerAdminAccess(this.#folder, { url, key: this.#now.app.adminKey });
    return this.#folder;
  }

  /** Somebody at the console whom the configuration does not know. */
  guest(): Visitor {
    return this.#visitor('guest');
  }

  async incident(id: number): Promise<Incident> {
    const incident = await findIncident(this.#now.store.db, id);
    if (!incident) throw new Error(`there is no incident #${id}`);
    return incident;
  }

  /** Numbers of all incidents, oldest first. */
  async incidents(): Promise<readonly number[]> {
    const all = await listIncidents(this.#now.store.db, { state: 'all', limit: 1000 });
    return all.map(({ id }) => id).toSorted((a, b) => a - b);
  }

  /** The room of an incident. */
  async room(incidentId: number): Promise<Room> {
    const { room } = await this.incident(incidentId);
    if (room === null) throw new Error(`#${incidentId} has no room`);
    return this.#room(Number(room.roomId));
  }

  /** The direct messages of a person; empty when there never were any. */
  async dm(personId: string): Promise<Room> {
    return this.#room((await this.as(personId).directRoomId()) ?? 0);
  }

  /** A standing room by its name. Throws when nothing was ever said in it. */
  async channel(name: string): Promise<Room> {
    const rooms = await roomsSeenBy(this.#now.store.db, 'console', null);
    const found = rooms.find((room) => room.kind === 'channel' && room.name === name);
    if (!found) throw new Error(`there is no channel ${name}`);
    return this.#room(found.id);
  }

  /** The page ledger, a line a page: `ana dm sent > escalated`. */
  async ledger(incidentId: number): Promise<readonly string[]> {
    return (await this.pages(incidentId)).map(ledgerLine);
  }

  async pages(incidentId: number): Promise<readonly Page[]> {
    return incidentPages(this.#now.store.db, incidentId);
  }

  /** The timeline as people read it, a sentence each, in UTC. */
  async timeline(incidentId: number): Promise<readonly string[]> {
    const events = await incidentEvents(this.#now.store.db, incidentId);
    const { directory } = this.#now;
    return timelineOf(events, directory).map(({ line }) => plainLine(line, { directory, zone: 'UTC' }));
  }

  /** Types of everything that the log holds about an incident, in order. */
  async events(incidentId: number): Promise<readonly string[]> {
    const events = await incidentEvents(this.#now.store.db, incidentId);
    return events.map(({ event }) => event.type);
  }

  get #now(): Running {
    if (!this.#running) throw new Error('the bot is not running');
    return this.#running;
  }

  #room(id: number): Room {
    const { store, directory } = this.#now;
    return new Room(id, store.db, () => ({ directory, zone: 'UTC' }));
  }

  #visitor(who: string): Visitor {
    const known = this.#visitors.get(who);
    if (known) return known;
    const browser = new Browser({
      request: async (url, init) => {
        const { app } = this.#now;
        return app.fetch(new Request(url, init));
      },
    });
    const visitor = new Visitor(browser, who, () => this.settle());
    this.#visitors.set(who, visitor);
    return visitor;
  }

  #postOf(alerts: readonly ToldAlert[], status: 'firing' | 'resolved'): object {
    return {
      version: '4',
      status,
      receiver: 'firebell',
      groupKey: '{}:{}',
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      externalURL: 'http://alertmanager.example:9093',
      truncatedAlerts: 0,
      alerts: alerts.map((alert) => this.#alertOf(alert, status)),
    };
  }

  #alertOf(alert: ToldAlert, status: 'firing' | 'resolved'): object {
    const { title, service = 'checkout', severity = 'critical', labels = {} } = alert;
    const key = `${service} ${title}`;
    const startsAt = this.#firing.get(key) ?? this.now;
    if (status === 'firing') this.#firing.set(key, startsAt);
    else this.#firing.delete(key);
    return {
      status,
      labels: { alertname: title, service, severity, ...labels },
      annotations: {},
      startsAt: startsAt.toISOString(),
      endsAt: status === 'resolved' ? this.now.toISOString() : '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example:9090/graph',
    };
  }
}

interface Running {
  readonly app: App;
  readonly store: Store;
  /** Of the monitor. */
  readonly token: string;
  readonly directory: Directory;
}

const CONTEXT = { env: {}, file: 'firebell.yaml', sourceTypes: SOURCE_TYPES };

function accepted(loaded: Loaded): Config {
  if ('problems' in loaded) throw new Error(loaded.problems.map(showProblem).join('\n'));
  return loaded.config;
}

function ledgerLine({ personId, attempts, end }: Page): string {
  const tried = attempts.map(attemptWords).join(', ');
  return `${personId} ${tried || 'no way'} > ${end === null ? 'waiting' : end.why}`;
}

function attemptWords({ channel, outcome, actedAt }: LedgerEntry): string {
  const reason = 'reason' in outcome ? ` (${outcome.reason})` : '';
  return `${channel} ${outcome.state}${reason}${actedAt === null ? '' : ' answered'}`;
}
