import { gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWebReceiver, type WebReceiver } from '../../../test/support/web-receiver.ts';
import { fetchCalendar, type FetchOptions } from './fetch.ts';

const CALENDAR = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const OPTIONS: FetchOptions = { validators: { etag: null, lastModified: null }, privateNetwork: true };

let server: WebReceiver;
beforeEach(async () => {
  server = await startWebReceiver();
});
afterEach(() => server.close());

describe('a calendar over http', () => {
  it('is read with what it says of itself, and not again while that holds', async () => {
    server.be({
      kind: 'answers',
      status: 200,
      headers: { ETag: '"1"', 'Last-Modified': 'x' },
      body: CALENDAR,
    });
    const first = await fetchCalendar(server.url, OPTIONS);
    expect(first).toEqual({ kind: 'read', text: CALENDAR, etag: '"1"', lastModified: 'x' });
    server.be({ kind: 'answers', status: 304 });
    const validators = { etag: '"1"', lastModified: 'x' };
    expect(await fetchCalendar(server.url, { ...OPTIONS, validators })).toEqual({ kind: 'same' });
    expect(server.received[1]?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'x' });
  });

  it('sends the name and password of its address', async () => {
    server.be({ kind: 'answers', status: 200, body: CALENDAR });
    await fetchCalendar(server.url.replace('//', '//ana:s3cret@'), OPTIONS);
    expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa('ana:s3cret')}`);
  });

  it.each([
    [404, /answered 404: there is no such calendar/, false],
    [403, /answered 403: it does not let us in/, false],
    [500, /answered 500/, true],
    [429, /answered 429/, true],
  ])('fails with %i in words', async (status, reason, isPassing) => {
    server.be({ kind: 'answers', status });
    expect(await fetchCalendar(server.url, OPTIONS)).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(reason),
      isPassing,
    });
  });

  it('is given up when it has no end, hangs, or is away, without telling its address', async () => {
    server.be({ kind: 'floods', status: 200 });
    expect(await fetchCalendar(server.url, OPTIONS)).toMatchObject({
      reason: expect.stringContaining('more than 5 MB'),
      isPassing: false,
    });
    expect(server.flooded()).toBeLessThan(30_000_000);
    for (const mood of [{ kind: 'is_silent' }, { kind: 'never_ends', status: 200 }] as const) {
      server.be(mood);
      const failed = await fetchCalendar(`${server.url}?secret`, { ...OPTIONS, timeoutMs: 100 });
      expect(failed).toMatchObject({
        kind: 'failed',
        isPassing: true,
        reason: expect.stringContaining('no answer in time'),
      });
    }
    server.be({ kind: 'hangs_up' });
    const away = await fetchCalendar(`${server.url}?secret`, OPTIONS);
    expect(away).toMatchObject({ kind: 'failed', isPassing: true });
    expect(JSON.stringify(away)).not.toContain('secret');
  });

  it('is taken packed, and a small answer that unpacks to a huge one is not', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const packed = createServer((request, response) =>
      response
        .writeHead(200, { 'Content-Encoding': 'gzip' })
        .end(request.url === '/bomb' ? bomb : gzipSync(CALENDAR)),
    );
    await new Promise<void>((resolve) => packed.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has such an address.
    const url = `http://127.0.0.1:${(packed.address() as AddressInfo).port}`;
    try {
      expect(await fetchCalendar(`${url}/small`, OPTIONS)).toMatchObject({ kind: 'read', text: CALENDAR });
      expect(await fetchCalendar(`${url}/bomb`, OPTIONS)).toMatchObject({ kind: 'failed', isPassing: false });
    } finally {
      packed.closeAllConnections();
      packed.close();
    }
  });
});

describe('where a calendar may come from', () => {
  it('is not a private network unless that is meant, by address or by name', async () => {
    const open = { ...OPTIONS, privateNetwork: false };
    const { port } = new URL(server.url);
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '2130706433',
      '0x7f.1',
    ]) {
      const failed = await fetchCalendar(`http://${host}:${port}/hook`, open);
      expect(failed).toEqual({
        kind: 'failed',
        isPassing: false,
        reason: expect.stringContaining('private network. If that is meant, set `private_network: true`'),
      });
    }
    expect(server.received).toEqual([]);
  });

  it('is where redirects lead, unless they go round, elsewhere than the web, or from https to http', async () => {
    server.be({ kind: 'answers', status: 302, headers: { Location: '/hook' } });
    expect(await fetchCalendar(server.url, OPTIONS)).toMatchObject({
      reason: expect.stringContaining('redirects more than 5 times'),
    });
    server.be({ kind: 'answers', status: 302, headers: { Location: 'file:///etc/passwd' } });
    expect(await fetchCalendar(server.url, OPTIONS)).toMatchObject({
      reason: expect.stringContaining('which is not followed'),
    });
    server.be({ kind: 'answers', status: 302 });
    expect(await fetchCalendar(server.url, OPTIONS)).toMatchObject({
      reason: expect.stringContaining('redirects to nowhere'),
    });
  });
});
