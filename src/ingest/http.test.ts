import { describe, expect, it } from 'vitest';
import type { Signal } from '../domain/alert/signal.ts';
import { createLogger } from '../lib/logger.ts';
import { hashToken } from '../store/tokens.ts';
import type { UnparsedPost } from '../store/unparsed.ts';
import { ingestRoutes } from './http.ts';
import type { IngestPorts, PostResult } from './take-post.ts';
import { INGEST_LIMITS } from './limits.ts';

const TOKENS = [
  { id: 1, kind: 'source', subject: 'generic', token: 'good' },
  { id: 2, kind: 'source', subject: 'alertmanager', token: 'am' },
  { id: 4, kind: 'source', subject: 'ours', token: 'ours' },
  { id: 3, kind: 'person', subject: 'generic', token: 'person' },
] as const;

function world(change: Partial<IngestPorts> = {}) {
  const received: Signal[][] = [];
  const kept: UnparsedPost[] = [];
  const results: (readonly [string, PostResult])[] = [];
  let lookups = 0;
  const { routes } = ingestRoutes({
    receive: (signals) => {
      received.push([...signals]);
      return Promise.resolve();
    },
    findToken: (hash) => {
      lookups += 1;
      const found = TOKENS.find(({ token }) => hashToken(token) === hash);
      return Promise.resolve(found ? { ...found, hash } : null);
    },
    sources: () => new Map([['ours', { type: 'generic' }]]),
    touchToken: () => Promise.resolve(),
    keepUnparsed: (post) => Promise.resolve(void kept.push(post)),
    clock: { now: () => new Date('2026-03-02T06:00:00Z') },
    logger: createLogger({ level: 'silent' }),
    metrics: { post: (source, result) => void results.push([source, result]), signals: () => undefined },
    ...change,
  });
  const post = (
    body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
    headers: Record<string, string> = {},
    path = '/generic',
  ) => {
    const init: RequestInit = {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer good', ...headers },
      duplex: 'half',
    };
    return Promise.resolve(routes.request(path, init));
  };
  return { routes, post, received, kept, results, lookups: () => lookups };
}

const ALERT = JSON.stringify({ title: 'Disk full', dedup_key: 'disk' });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('a post of alerts', () => {
  it('is answered with what became of it, after the commit', async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const { post, results } = world({ receive: () => committed });
    let isAnswered = false;
    const answer = post(ALERT).then((response) => {
      isAnswered = true;
      return response;
    });
    await new Promise(setImmediate);
    expect(isAnswered).toBe(false);
    commit();
    const response = await answer;
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'accepted', accepted: 1, rejected: [] });
    expect(results).toEqual([['generic', 'accepted']]);
  });

  it.each([
    ['a bearer', '/generic', { authorization: 'bearer good' }],
    ['the password', '/generic', basic('firebell:good')],
    ['the user without a password', '/generic', basic('good:')],
    ['the end of the path', '/generic/good', { authorization: '' }],
    ['the end of the path and a slash', '/generic/good/', { authorization: '' }],
    ['a bearer, with a slash', '/generic/', {}],
  ])('brings its token as %s', async (_how, path, headers) => {
    expect((await world().post(ALERT, headers, path)).status).toBe(200);
  });

  it('without a token is 401, with a wrong one or that of another 403, and says how to make one', async () => {
    const { post, received } = world();
    const none = await post(ALERT, { authorization: '' });
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    for (const token of ['wrong', 'am', 'person']) {
      const refused = await post(ALERT, { authorization: `Bearer ${token}` });
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain('firebell token create --source generic');
    }
    expect(received).toEqual([]);
  });

  it('to a source of the configuration is read by its type and carries its name', async () => {
    const { post, received } = world();
    expect((await post(ALERT, { authorization: 'Bearer ours' }, '/ours')).status).toBe(200);
    expect(received[0]).toMatchObject([{ source: 'ours', key: 'disk' }]);
    expect((await post(ALERT, {}, '/ours')).status).toBe(403);
  });

  it('does not ask the store for its token every time', async () => {
    const { post, lookups } = world();
    await post(ALERT);
    await post(ALERT);
    expect(lookups()).toBe(1);
  });

  it('for an unknown source is 404 and names the known ones; every other method is 405', async () => {
    const { post, routes } = world();
    const unknown = await post(ALERT, {}, '/nagios-xyz');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      known: expect.arrayContaining(['alertmanager', 'generic']),
    });
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const response = await routes.request('/generic', { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    }
  });

  it('that is partly bad is accepted, and the bad part is kept', async () => {
    const { post, received, kept, results } = world();
    const response = await post(JSON.stringify([{ title: 'good' }, { nothing: { at: 'all' } }]));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1, reason: /title/ }] });
    expect(received[0]).toHaveLength(1);
    expect(kept).toMatchObject([{ source: 'generic', body: '{"nothing":{"at":"all"}}' }]);
    expect(results).toEqual([['generic', 'partly_accepted']]);
  });

  it.each([
    ['broken JSON', '{"title":', /not JSON/],
    ['nothing', '', /empty/],
    ['an empty object', '{}', /title/],
    ['an empty list', '[]', /no alert/],
    ['deep nesting', '['.repeat(100_000), /deeper than 100/],
    ['deep objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, /deeper than 100/],
    ['a number', '17', /alert is an object/],
    ['null', 'null', /alert is an object/],
    ['bytes', Uint8Array.of(0xff, 0xfe, 0x00, 0x01), /not JSON/],
  ])('of %s is 400 with the reason, and kept to be looked at', async (_what, body, reason) => {
    const { post, kept, received } = world();
    const response = await post(body, { 'content-type': 'application/json' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: expect.stringMatching(reason) });
    expect(kept).toHaveLength(1);
    expect(received).toEqual([]);
  });

  it('with a mark, NUL, half a character, wild dates and a prototype in it is an alert all the same', async () => {
    const { post, received } = world();
    const evil =
      '\uFEFF{"title":"a\\u0000\\ud800 <!channel> @everyone","dedup_key":"k\\u0000","starts_at":"9999-01-01T00:00:00Z",' +
      '"links":["javascript:alert(1)","https://ok.example.com/"],"labels":{"__proto__":{"x":1},"n":1}}';
    expect((await post(evil)).status).toBe(200);
    expect(received[0]).toMatchObject([
      { startsAtGuessed: true, links: ['https://ok.example.com/'], labels: { n: '1' } },
    ]);
    expect(JSON.stringify(received)).not.toMatch(/\\u0000|\\ud800/);
    expect('x' in {}).toBe(false);
  });

  it('that is compressed is 415', async () => {
    expect((await world().post(ALERT, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('of 10 MB is 413, and no more than the limit is read', async () => {
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 64 * 1024;
        if (sent > 10 * 1024 * 1024) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const { post, received } = world();
    expect((await post(stream)).status).toBe(413);
    expect(sent).toBeLessThan(INGEST_LIMITS.body + 256 * 1024);
    const announced = await post('x', { 'content-length': String(10 * 1024 * 1024) });
    expect(announced.status).toBe(413);
    expect(received).toEqual([]);
  });

  it('with too many alerts is 413', async () => {
    const { post } = world({ limits: { ...INGEST_LIMITS, alerts: 2 } });
    expect((await post(JSON.stringify([1, 2, 3].map((title) => ({ title }))))).status).toBe(413);
  });

  it('is 503 with a time to come back while its source is overloaded, never 429, and other sources go on', async () => {
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const limits = { ...INGEST_LIMITS, posts: 2 };
    const { post } = world({ receive: () => blocked, limits });
    const waiting = [post(ALERT), post(ALERT)];
    const refused = await post(ALERT);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const am = JSON.stringify({ alerts: [{ labels: { alertname: 'X' } }] });
    const other = post(am, { authorization: 'Bearer am' }, '/alertmanager');
    release();
    expect((await Promise.all([...waiting, other])).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await post(ALERT)).status).toBe(200);
  });

  it('is 503 while too many alerts of its source are under way', async () => {
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { post } = world({ receive: () => blocked, limits: { ...INGEST_LIMITS, signals: 3 } });
    const four = JSON.stringify([1, 2, 3, 4].map((title) => ({ title })));
    const first = post(four);
    await new Promise(setImmediate);
    expect((await post(ALERT)).status).toBe(503);
    release();
    expect((await first).status).toBe(200);
  });

  it('is 503 when it could not be stored, and 400 all the same when it could not be kept', async () => {
    const broken = () => Promise.reject(new Error('disk full'));
    const { post } = world({ receive: broken, keepUnparsed: broken });
    const response = await post(ALERT);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect((await post('{}')).status).toBe(400);
    const { post: postElsewhere } = world({ findToken: broken });
    expect((await postElsewhere(ALERT)).status).toBe(503);
  });
});
