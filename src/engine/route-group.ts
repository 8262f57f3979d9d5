import type { Hono } from 'hono';

/** Routes that a room offers to the web server, which mounts them: `{ at: '/ingest', routes }`. */
export interface RouteGroup {
  /** Path under which the routes are mounted; `/` for the root. */
  readonly at: string;
  readonly routes: Hono;
}
