import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { HTTPException } from 'hono/http-exception';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../lib/logger.ts';
import { createWebServer } from './server.ts';
import type { Answered, WebServer, WebServerOptions } from './server.ts';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop(0)));
});

/** A server with one group of routes: things that rooms do, and things that go wrong in them. */
async function serve(over: Partial<WebServerOptions> = {}) {
  const logged: string[] = [];
  const slow = { begun: Promise.withResolvers<void>(), mayEnd: Promise.withResolvers<void>() };
  const routes = new Hono()
    .get('/hello', (c) => c.json({ hello: true }))
    .post('/post', async (c) => c.text(`got ${(await c.req.text()).length}`))
    .get('/framed', (c) => c.html('<p>', 200, { 'Content-Security-Policy': "frame-ancestors 'self'" }))
    .get('/slow', async (c) => {
      slow.begun.resolve();
      await slow.mayEnd.promise;
      return c.text('done after all');
    })
    .get('/events', (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ data: 'hello' });
        await new Promise<void>((resolve) => stream.onAbort(resolve));
      }),
    )
    .get('/refuse', () => {
      throw new HTTPException(413, { message: 'At most 1 MB.' });
    })
    .get('/crash', () => {
      throw new Error('password hunter2 of the <database>');
    });
  const logger = createLogger({ level: 'info', to: { write: (line) => logged.push(line) } });
  const server = createWebServer({
    groups: [{ at: '/room', routes }],
    host: '127.0.0.1',
    port: 0,
    logger,
    ...over,
  });
  running.push(server);
  return { server, url: await server.start(), logged, slow };
}

function connect(url: string): Socket {
  const { hostname, port } = new URL(url);
  return createConnection(Number(port), hostname).on('error', () => undefined);
}

describe('the web server', () => {
  it('says where it really listens, and answers there', async () => {
    const { url } = await serve();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${url}/room/hello`)).json()).toEqual({ hello: true });
  });

  it('gives every answer the headers that keep it safe, and leaves a room its own', async () => {
    const { url } = await serve();
    for (const path of ['/room/hello', '/nothing', '/room/crash']) {
      expect(Object.fromEntries((await fetch(url + path)).headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': "frame-ancestors 'none'",
        'referrer-policy': 'same-origin',
      });
    }
    const framed = await fetch(`${url}/room/framed`);
    expect(framed.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
  });

  it('answers a post with a slash too many itself: a redirect would lose what was posted', async () => {
    const { url } = await serve();
    for (const path of ['/room/post', '/room/post/']) {
      const answer = await fetch(url + path, { method: 'POST', body: 'abc', redirect: 'manual' });
      expect([answer.status, await answer.text()]).toEqual([200, 'got 3']);
    }
  });

  it('says no in the language that was asked for', async () => {
    const { url } = await serve();
    const program = await fetch(`${url}/nothing`);
    expect([program.status, await program.json()]).toEqual([
      404,
      { error: 'not_found', message: 'There is nothing at this address.' },
    ]);
    const browser = await fetch(`${url}/nothing`, {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect([browser.status, browser.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
    expect(await browser.text()).toContain('There is nothing at this address.');
  });

  it('tells which room answered what, and nothing of the paths that strangers try', async () => {
    const answers: Answered[] = [];
    const { url } = await serve({ answered: (answered) => answers.push(answered) });
    for (const path of ['/room/hello', '/room/crash', '/room', '/roomful', '/wp-admin'])
      await fetch(url + path);
    expect(answers.map(({ group, status }) => [group, status])).toEqual([
      ['/room', 200],
      ['/room', 500],
      ['/room', 404],
      ['/', 404],
      ['/', 404],
    ]);
  });

  it('passes on what a room refuses, in its words', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/room/refuse`);
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { error: 'refused', message: 'At most 1 MB.' },
    ]);
  });

  it('tells the log what broke, and the client only where to look', async () => {
    const { url, logged } = await serve();
    for (const accept of ['application/json', 'text/html']) {
      const answer = await fetch(`${url}/room/crash`, { headers: { accept } });
      const text = await answer.text();
      expect(answer.status).toBe(500);
      expect(text).not.toMatch(/hunter2|database|at .*\.ts/);
      const reference = /[0-9a-f]{8}/.exec(text)?.[0] ?? 'none';
      expect(logged.join('')).toContain(reference);
    }
    expect(logged.join('')).toContain('hunter2');
  });

  it('says what to do when the port is taken, is none, or the address is not ours', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(serve({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program: stop it, or set PORT`,
    );
    taken.close();
    await expect(serve({ port: 70_000 })).rejects.toThrow('70000 is not a port: set PORT');
    await expect(serve({ host: '192.0.2.1' })).rejects.toThrow(
      'This machine has no address 192.0.2.1: set HOST',
    );
  });

  it('cuts off who sends a request drop by drop, and goes on serving the others', async () => {
    const { url } = await serve({ limits: { headMs: 200, requestMs: 400, idleMs: 1000 } });
    const head = connect(url);
    head.write('GET /room/hello HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const body = connect(url);
    body.write('POST /room/post HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc');
    const cutOff = Promise.all([head, body].map(async (socket) => once(socket.resume(), 'close')));
    expect((await fetch(`${url}/room/hello`)).status).toBe(200);
    expect(await cutOff).toHaveLength(2);
  });

  it('answers a broken request with 400 and lives on', async () => {
    const { url } = await serve();
    for (const broken of [
      '\0\0\0\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]) {
      const socket = connect(url);
      socket.write(broken);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString('utf8')).toMatch(/^HTTP\/1\.1 4\d\d /);
      socket.destroy();
    }
    expect((await fetch(`${url}/room/hello`)).status).toBe(200);
  });
});

describe('stopping the web server', () => {
  it('lets a request finish that is under way, and takes no more', async () => {
    const { server, url, slow } = await serve();
    const answer = fetch(`${url}/room/slow`);
    await slow.begun.promise;
    const stopped = server.stop();
    await expect(fetch(`${url}/room/hello`)).rejects.toThrow('fetch failed');
    slow.mayEnd.resolve();
    expect(await (await answer).text()).toBe('done after all');
    await stopped;
  });

  it('ends event streams at once, since they would never end', async () => {
    const { server, url } = await serve();
    const { body } = await fetch(`${url}/room/events`);
    const reader = body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('data: hello');
    const ended = reader?.read().then(
      ({ done }) => done,
      () => true,
    );
    const started = performance.now();
    await server.stop(5_000);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await ended).toBe(true);
  });

  it('waits no longer than it was told for one that hangs', async () => {
    const { server, url, slow } = await serve();
    const answer = fetch(`${url}/room/slow`).catch((error: unknown) => error);
    await slow.begun.promise;
    await server.stop(100);
    expect(await answer).toBeInstanceOf(Error);
  });

  it('is done at once when it never started, or has stopped before', async () => {
    const { server } = await serve();
    await server.stop();
    await server.stop();
    const never = createWebServer({
      groups: [],
      host: '127.0.0.1',
      port: 0,
      logger: createLogger({ level: 'silent' }),
    });
    await never.stop();
    expect(running).toContain(server);
  });
});
