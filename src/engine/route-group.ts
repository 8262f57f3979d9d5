import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';

/** Routes that a room offers to the web server, which mounts them: `{ at: '/ingest', routes }`. */
export interface RouteGroup {
  /** Path under which the routes are mounted; `/` for the root. */
  readonly at: string;
  readonly routes: Hono;
  /** Asked before the router, for what comes thousands of times a second. */
  readonly direct?: DirectRoute;
}

/** Answers a request and says with which status, never throwing; null leaves it to the router. Every answer carries `headers`. */
export type DirectRoute = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  headers: Readonly<Record<string, string>>,
) => Promise<number> | null;
