import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Signal } from '../domain/alert/signal.ts';
import { createLogger } from '../lib/logger.ts';
import { hashToken } from '../store/tokens.ts';
import { ingestRoutes } from './http.ts';
import { INGEST_LIMITS } from './limits.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The routes behind a real socket; what `direct` leaves alone is answered with 418. */
async function world() {
  const received: Signal[] = [];
  const logged: unknown[] = [];
  let begun = 0;
  const logger = createLogger({ level: 'silent' });
  const { direct } = ingestRoutes({
    receive: (signals) => Promise.resolve(void received.push(...signals)),
    findToken: (hash) =>
      Promise.resolve(
        hash === hashToken('good') ? { id: 1, kind: 'source', subject: 'generic', hash } : null,
      ),
    sources: () => new Map(),
    touchToken: () => Promise.resolve(),
    keepUnparsed: () => Promise.resolve(),
    clock: { now: () => new Date('2026-03-02T06:00:00Z') },
    logger: { ...logger, error: (about: unknown) => void logged.push(about) },
    metrics: { post: () => undefined, signals: () => undefined },
    limits: { ...INGEST_LIMITS, body: 1000 },
  });
  const server = createServer((incoming, outgoing) => {
    begun += 1;
    if (direct?.(incoming, outgoing, { 'X-Content-Type-Options': 'nosniff' }) === null)
      outgoing.writeHead(418).end();
  });
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { received, logged, begun: () => begun, port, url: `http://127.0.0.1:${port}` };
}

const ALERT = JSON.stringify({ title: 'Disk full', dedup_key: 'disk' });
const good = { authorization: 'Bearer good' };

describe('a post taken straight off the socket', () => {
  it.each(['/ingest/generic', '/ingest/generic/', '/ingest/generic?team=a', '/ingest/generic/good'])(
    'is taken at %s, with the headers that every answer carries',
    async (path) => {
      const { url, received } = await world();
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        body: ALERT,
        headers: path.endsWith('/good') ? {} : good,
      });
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { status: 'accepted', accepted: 1, rejected: [] },
      ]);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(received.map(({ title }) => title)).toEqual(['Disk full']);
    },
  );

  it.each([
    ['without a token', '/ingest/generic', {}, 401],
    ['with a wrong token', '/ingest/generic', { authorization: 'Bearer bad' }, 403],
    ['to a source that nobody knows', '/ingest/elsewhere', good, 404],
  ])('is refused %s', async (_how, path, headers, status) => {
    const { url, received } = await world();
    const answer = await fetch(`${url}${path}`, { method: 'POST', body: ALERT, headers });
    expect(answer.status).toBe(status);
    expect(received).toEqual([]);
  });

  it('is refused as soon as it is too long, announced or not', async () => {
    const { url } = await world();
    const long = JSON.stringify({ title: 'x'.repeat(2000) });
    const announced = await fetch(`${url}/ingest/generic`, { method: 'POST', body: long, headers: good });
    const streamed = await fetch(`${url}/ingest/generic`, {
      method: 'POST',
      body: new Blob([long]).stream(),
      headers: good,
      duplex: 'half',
    } as RequestInit);
    expect([announced.status, streamed.status]).toEqual([413, 413]);
    expect(announced.headers.get('connection')).toBe('close');
  });

  it('is nothing when its sender goes away half-way', async () => {
    const { port, received, logged, begun } = await world();
    const sending = request({
      port,
      method: 'POST',
      path: '/ingest/generic',
      headers: { ...good, 'content-length': 500 },
    });
    sending.on('error', () => undefined);
    sending.write(ALERT);
    await expect.poll(begun).toBe(1);
    sending.destroy();
    await expect.poll(() => logged.length).toBe(1);
    expect(received).toEqual([]);
  });

  it.each([
    ['another method', 'GET', '/ingest/generic'],
    ['an escaped path', 'POST', '/ingest/gen%65ric'],
    ['a longer path', 'POST', '/ingest/generic/good/more'],
    ['a path that only begins like it', 'POST', '/ingested'],
  ])('leaves %s to the router', async (_what, method, path) => {
    const { url } = await world();
    expect((await fetch(`${url}${path}`, { method })).status).toBe(418);
  });
});
