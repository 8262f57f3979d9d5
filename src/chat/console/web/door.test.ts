import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleWorld, WorldOptions } from '../../../../test/support/console-world.ts';
import { consoleWorld } from '../../../../test/support/console-world.ts';
import type { Store } from '../../../store/db.ts';
import { openStore } from '../../../store/open-store.ts';

let store: Store;
let world: ConsoleWorld;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(() => store.close());
afterEach(() => world.close());

async function open(options: WorldOptions = {}): Promise<ConsoleWorld> {
  world = await consoleWorld({ ...options, store });
  return world;
}

describe('the door of the console', () => {
  it('sends headers that keep scripts and frames of others out', async () => {
    const { headers } = await (await open()).browser().get('/');
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves its own files and htmx, and says when nothing changed', async () => {
    const browser = (await open()).browser();
    for (const file of ['console.css', 'console.js', 'htmx.min.js', 'bell.svg', 'lock.svg']) {
      const first = await browser.get(`/console-assets/${file}`);
      expect([first.status, (await first.text()).length > 100]).toEqual([200, true]);
      const again = await browser.get(`/console-assets/${file}`, {
        'if-none-match': first.headers.get('etag') ?? '',
      });
      expect(again.status).toBe(304);
    }
  });

  it('takes nothing from another site, nor without the token of the session', async () => {
    const ana = await (await open()).as('ana');
    const room = await world.room();
    const path = `/rooms/${room.roomId}/say`;
    const tries = [
      await ana.post(path, { text: 'x' }, { 'sec-fetch-site': 'cross-site' }),
      await ana.post(path, { text: 'x' }, { 'sec-fetch-site': 'same-site' }),
      await ana.post(path, { text: 'x' }, { origin: 'https://evil.example' }),
      await ana.post(path, { text: 'x' }, { origin: 'null' }),
      await ana.post(path, { text: 'x', csrf: 'guess' }),
      await ana.post(path, { text: 'x', csrf: '' }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    const [ben] = [await world.as('ben')];
    await ben.page('/');
    expect((await ana.post(path, { text: 'x', csrf: ben.csrf })).status).toBe(403);
    expect(world.heard).toEqual([]);
  });

  it('answers a sandbox under names of this machine alone', async () => {
    const browser = (await open()).browser();
    expect((await browser.get('/', { host: 'evil.example:8080' })).status).toBe(403);
    expect((await browser.get('/', { host: '127.0.0.1:8080' })).status).toBe(200);
    expect((await browser.get('/', { host: '[::1]:8080' })).status).toBe(200);
  });

  it('refuses a body that is too big, and one session that writes too fast', async () => {
    const ana = await (await open()).as('ana');
    expect((await ana.post('/ask', { command: 'x'.repeat(200_000) })).status).toBe(413);
    const statuses = new Set<number>();
    for (let i = 0; i < 80; i += 1) statuses.add((await ana.post('/ask', { command: 'list' })).status);
    expect(statuses).toContain(429);
    world.clock.pass(5000);
    expect((await ana.post('/ask', { command: 'list' })).status).toBe(303);
  });
});

describe('identity', () => {
  it('lets a sandbox visitor be anyone, says so, and lets a guest be nobody', async () => {
    const browser = (await open()).browser();
    expect(await browser.page('/')).toContain(
      'anyone who can open this page can be anyone. It listens on this machine only.',
    );
    await browser.post('/identity', { who: 'person cleo', next: '/incidents' });
    expect(await browser.page('/')).toMatch(/<option value="person cleo" selected/);
    await browser.post('/identity', { who: 'guest' });
    await browser.post('/ask', { command: 'whoami' });
    expect(world.heard[0]?.by).not.toBe('cleo');
    expect((await browser.post('/identity', { who: 'person nobody' })).status).toBe(400);
  });

  it('never leads away from here after a switch', async () => {
    const browser = (await open()).browser();
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      expect((await browser.post('/identity', { who: 'person ben', next })).headers.get('location')).toBe(
        '/',
      );
    }
  });

  it('asks for a personal token outside the sandbox', async () => {
    await open({ sandbox: false, tokens: { 'a-good-token': 'ben' }, publicUrl: 'https://bell.example' });
    const browser = world.browser();
    expect((await browser.get('/')).headers.get('location')).toBe('/sign-in');
    expect((await browser.get('/live')).status).toBe(303);
    const wrong = await browser.post('/sign-in', { token: 'a bad token' });
    expect([wrong.status, await wrong.text()]).toEqual([
      403,
      expect.stringContaining('That token is not known'),
    ]);
    const right = await browser.post('/sign-in', { token: ' a-good-token ' });
    expect(right.headers.get('set-cookie')).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    expect(await browser.page('/')).toContain('Ben');
    expect((await browser.post('/identity', { who: 'person ana' })).status).toBe(403);
    await browser.post('/sign-out', {});
    expect((await browser.get('/')).headers.get('location')).toBe('/sign-in');
  });

  it('forgets a session after thirty days, and one that was tampered with at once', async () => {
    const ana = (await open({ sandbox: false, tokens: { t: 'ana' } })).browser();
    await ana.post('/sign-in', { token: 't' });
    expect((await ana.get('/')).status).toBe(200);
    const { cookie } = ana;
    ana.cookie = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await ana.get('/')).status).toBe(303);
    ana.cookie = cookie;
    world.clock.pass(30 * 24 * 3_600_000);
    expect((await ana.get('/')).status).toBe(303);
  });
});
