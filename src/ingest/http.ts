import { Hono } from 'hono';
import type { Context } from 'hono';
import type { RouteGroup } from '../engine/route-group.ts';
import { takeDirectly } from './direct.ts';
import type { IngestRequest } from './exchange.ts';
import { readLimited } from './read-limited.ts';
import { TakePost } from './take-post.ts';
import type { IngestPorts } from './take-post.ts';

const AT = '/ingest';

/** `POST /ingest/<source>` and `POST /ingest/<source>/<token>`: alerts from monitors. Answers after the commit, and never redirects. */
export function ingestRoutes(ports: IngestPorts): RouteGroup {
  const desk = new TakePost(ports);
  const routes = new Hono();
  for (const path of ['/:source', '/:source/', '/:source/:token', '/:source/:token/']) {
    routes.post(path, async (c) => {
      const { status, body, headers } = await desk.answer(requestOf(c));
      return c.json(body, status, headers);
    });
    routes.all(path, (c) => c.json({ error: 'alerts are sent with POST' }, 405, { Allow: 'POST' }));
  }
  return { at: AT, routes, direct: takeDirectly(AT, desk) };
}

function requestOf(c: Context): IngestRequest {
  return {
    name: c.req.param('source') ?? '',
    token: c.req.param('token'),
    header: (name) => c.req.header(name),
    headers: () => c.req.header(),
    query: () => c.req.query(),
    body: (most) => readLimited(c.req.raw, most),
  };
}
