import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Hono } from 'hono';
import { ASSETS } from './asset-names.ts';
import type { Door } from './door.ts';

interface Asset {
  readonly path: string;
  readonly file: string | URL;
  readonly type: string;
}

const here = (name: string): URL => new URL(`assets/${name}`, import.meta.url);

const FILES: readonly Asset[] = [
  { path: ASSETS.style, file: here('console.css'), type: 'text/css; charset=utf-8' },
  { path: ASSETS.script, file: here('console.js'), type: 'text/javascript; charset=utf-8' },
  { path: ASSETS.composer, file: here('composer.js'), type: 'text/javascript; charset=utf-8' },
  { path: ASSETS.elements, file: here('elements.js'), type: 'text/javascript; charset=utf-8' },
  { path: ASSETS.lock, file: here('lock.svg'), type: 'image/svg+xml' },
  { path: ASSETS.devices, file: here('devices.js'), type: 'text/javascript; charset=utf-8' },
  { path: ASSETS.worker, file: here('push-worker.js'), type: 'text/javascript; charset=utf-8' },
  { path: ASSETS.manifest, file: here('manifest.webmanifest'), type: 'application/manifest+json' },
  { path: ASSETS.icon192, file: here('bell-192.png'), type: 'image/png' },
  { path: ASSETS.icon512, file: here('bell-512.png'), type: 'image/png' },
  { path: ASSETS.icon, file: here('bell.svg'), type: 'image/svg+xml' },
  {
    path: ASSETS.htmx,
    file: createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
];

/** Serves the console's own files and htmx out of its package; browsers ask again, and get nothing when nothing changed. */
export function serveAssets(routes: Hono, door: Door): void {
  for (const { path, file, type } of FILES) {
    const body = readFileSync(file);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;
    const headers = { 'Content-Type': type, ETag: etag, 'Cache-Control': 'no-cache' };
    routes.get(
      path,
      door.open((c) =>
        c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers),
      ),
    );
  }
}
