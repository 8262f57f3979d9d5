import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import type { Logger } from '../lib/logger.ts';
import type { DirectRoute, RouteGroup } from '../engine/route-group.ts';
import { answerError, answerNotFound } from './errors.ts';
import { listenError } from './listen-error.ts';

export interface WebServerOptions {
  readonly groups: readonly RouteGroup[];
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Told of every answer; never throws. */
  readonly answered?: (answered: Answered) => void;
  /** `WEB_LIMITS` unless given. */
  readonly limits?: WebLimits;
}

/** An answer that was given, or begun. `group` is where its room is mounted, `/` when that is the root or nowhere. */
export interface Answered {
  readonly group: string;
  readonly status: number;
  readonly tookMs: number;
}

/** All in ms. */
export interface WebLimits {
  /** A client that has not sent the whole head of a request by then is cut off. */
  readonly headMs: number;
  /** The same for the whole request, its body included. */
  readonly requestMs: number;
  /** How long an idle connection is kept for the next request. */
  readonly idleMs: number;
}

/** Long enough for a phone in a tunnel, too short for somebody who opens connections in order to hold them. */
export const WEB_LIMITS: WebLimits = { headMs: 10_000, requestMs: 30_000, idleMs: 20_000 };

const MOST_CONNECTIONS = 5_000;
const LARGEST_HEAD = 16 * 1024;

export interface WebServer {
  /** Begins to listen; answers with the real address, e.g. `http://127.0.0.1:3000`. Throws an Error that says what to do when it cannot. */
  readonly start: () => Promise<string>;
  /**
   * Takes no new connections, ends event streams at once, lets other requests finish for up to `withinMs` (10 s unless given), then
   * cuts off what is left. Resolves when nothing is open any more.
   */
  readonly stop: (withinMs?: number) => Promise<void>;
  /** Answers one request without a socket; event streams need one. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The one HTTP server: mounts every room's routes, and says no clearly, safely and in the language that was asked for. */
export function createWebServer(options: WebServerOptions): WebServer {
  const { host, port, logger, limits = WEB_LIMITS } = options;
  const streams = new Set<ServerResponse>();
  const app = appOf(options, streams);
  const server = listenerFor(directly(options, getRequestListener(app.fetch)), limits);
  return {
    fetch: async (request) => app.fetch(request),
    start: async () => {
      try {
        const listening = once(server, 'listening');
        server.listen(port, host);
        await listening;
      } catch (error) {
        throw listenError(error, host, port);
      }
      server.on('error', (err) => logger.error({ err }, 'the web server failed'));
      return urlOf(server, host);
    },
    stop: async (withinMs = 10_000) => stop(server, streams, withinMs),
  };
}

function appOf(
  { groups, logger, answered }: WebServerOptions,
  streams: Set<ServerResponse>,
): Hono<{ Bindings: HttpBindings }> {
  // Not strict: a slash at the end is no other page, and answering it with a redirect would lose what was posted.
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  if (answered)
    app.use(
      '*',
      measure(
        groups.map(({ at }) => at),
        answered,
      ),
    );
  app.use('*', safeHeaders, trackStreams(streams));
  for (const { at, routes } of groups) app.route(at, routes);
  app.notFound(answerNotFound);
  app.onError((error, c) => answerError(error, c, logger));
  return app;
}

function measure(mounted: readonly string[], answered: (answered: Answered) => void): MiddlewareHandler {
  const groups = mounted.filter((at) => at !== '/').toSorted((a, b) => b.length - a.length);
  return async (c, next) => {
    const began = performance.now();
    await next();
    const group = groups.find((at) => c.req.path === at || c.req.path.startsWith(`${at}/`)) ?? '/';
    answered({ group, status: c.res.status, tookMs: performance.now() - began });
  };
}

const HEADERS: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', "frame-ancestors 'none'"],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

const ALWAYS = Object.fromEntries(HEADERS);

/** What every answer carries unless the room that gave it said something else. */
const safeHeaders: MiddlewareHandler<{ Bindings: HttpBindings }> = async (c, next) => {
  // Set on the socket's answer they cost nothing, and a room's own come over them; an answer without a socket has to be copied.
  const outgoing = c.env?.outgoing;
  if (outgoing) {
    for (const [name, value] of HEADERS) outgoing.setHeader(name, value);
    return next();
  }
  await next();
  for (const [name, value] of HEADERS) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};

/** Event streams never end by themselves, so stopping has to know them. */
function trackStreams(streams: Set<ServerResponse>): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (c: Context<{ Bindings: HttpBindings }>, next) => {
    await next();
    if (!c.res.headers.get('Content-Type')?.startsWith('text/event-stream')) return;
    const { outgoing } = c.env;
    streams.add(outgoing);
    outgoing.once('close', () => streams.delete(outgoing));
  };
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/** Asks the groups that answer by themselves before the router. */
function directly({ groups, answered }: WebServerOptions, otherwise: Listener): Listener {
  const direct = groups.flatMap((group) => (group.direct ? [{ at: group.at, take: group.direct }] : []));
  const takenBy = (incoming: IncomingMessage, outgoing: ServerResponse) =>
    direct.some(({ at, take }) => takes(take, { incoming, outgoing, at, answered }));
  return (incoming, outgoing) => {
    // What the router does with it is its own business; it answers failures by itself.
    if (!takenBy(incoming, outgoing)) void otherwise(incoming, outgoing);
  };
}

interface Asked {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly at: string;
  readonly answered: WebServerOptions['answered'];
}

function takes(take: DirectRoute, { incoming, outgoing, at, answered }: Asked): boolean {
  const began = performance.now();
  const answering = take(incoming, outgoing, ALWAYS);
  if (answering === null) return false;
  void answering.then((status) => answered?.({ group: at, status, tookMs: performance.now() - began }));
  return true;
}

function listenerFor(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  { headMs, requestMs, idleMs }: WebLimits,
): Server {
  const server = createServer(
    {
      headersTimeout: headMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.max(50, Math.min(1_000, headMs / 4)),
      maxHeaderSize: LARGEST_HEAD,
    },
    listener,
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

async function stop(server: Server, streams: ReadonlySet<ServerResponse>, withinMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const stream of streams) stream.destroy();
  // A connection becomes idle when its last request is answered; only then may it be closed.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const limit = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

function urlOf(server: Server, host: string): string {
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  const everywhere = host === '0.0.0.0' || host === '::' || host === '';
  const name = everywhere ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
