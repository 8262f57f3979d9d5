import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPushService } from '../../../../test/support/web-push/service.ts';
import type { PushBrowser, PushService } from '../../../../test/support/web-push/service.ts';
import { consoleWorld, PUSH_KEY } from '../../../../test/support/console-world.ts';
import type { Browser, ConsoleWorld } from '../../../../test/support/console-world.ts';

describe('the page of one’s devices', () => {
  let world: ConsoleWorld;
  let service: PushService;
  beforeAll(async () => {
    world = await consoleWorld();
    service = await startPushService();
  });
  afterAll(async () => {
    await world.close();
    await service.close();
  });

  const PHONE = {
    'user-agent':
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36',
    'hx-request': 'true',
  };
  const fieldsOf = ({ endpoint, p256dh, auth }: PushBrowser) => ({ endpoint, p256dh, auth });
  const allow = async (browser: Browser, over: Readonly<Record<string, string>> = {}): Promise<Response> => {
    await browser.page('/devices');
    return browser.post('/devices', { ...fieldsOf(service.subscribe(null)), ...over }, PHONE);
  };

  it('hands out the key to subscribe with, and lists what was allowed', async () => {
    const ana = await world.as('ana');
    expect(await ana.page('/devices')).toContain(`data-key="${PUSH_KEY}"`);
    expect((await allow(ana)).status).toBe(204);
    const page = await ana.page('/devices');
    expect(page).toContain('Chrome on Android');
    expect(page).not.toContain(service.url);
    expect(await (await world.as('ben')).page('/devices')).toContain('None yet.');
  });

  it('gives a browser to whoever allowed it last', async () => {
    const browser = fieldsOf(service.subscribe(null));
    const cleo = await world.as('cleo');
    const dev = await world.as('dev');
    await allow(cleo, browser);
    await allow(dev, browser);
    expect(await cleo.page('/devices')).toContain('None yet.');
    expect(await dev.page('/devices')).toContain('Chrome on Android');
  });

  it.each([
    ['an address inside our own network', { endpoint: 'https://internal.example/x' }, 400],
    ['no address', { endpoint: 'x' }, 400],
    ['a key that is none', { p256dh: 'AAAA' }, 400],
    ['a secret that is too short', { auth: 'AAAA' }, 400],
    ['another page’s token', { csrf: 'x' }, 403],
  ])('refuses %s', async (_, over, status) => {
    expect((await allow(await world.as('ana'), over)).status).toBe(status);
  });

  it('refuses what another site posts, and a guest', async () => {
    const ana = await world.as('ana');
    await ana.page('/devices');
    const fields = fieldsOf(service.subscribe(null));
    const foreign = await ana.post('/devices', fields, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    const guest = world.browser();
    await guest.get('/');
    await guest.post('/identity', { who: 'guest' });
    await guest.page('/devices');
    expect((await guest.post('/devices', fields, PHONE)).status).toBe(403);
    expect(await guest.page('/devices')).toContain('You are here as a guest');
  });

  it('follows a browser that changes its address, and nobody who does not know the old one', async () => {
    const ana = await world.as('ana');
    const old = fieldsOf(service.subscribe(null));
    await allow(ana, old);
    const next = fieldsOf(service.subscribe(null));
    const renew = (from: string, headers = {}) =>
      ana.post('/devices/renew', { old: from, ...next }, { 'hx-request': 'true', ...headers });
    expect((await renew('https://push.example/made-up')).status).toBe(404);
    expect((await renew(old.endpoint, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await renew(old.endpoint)).status).toBe(204);
    expect((await renew(old.endpoint)).status).toBe(404);
  });

  it('is installable: a manifest with icons, and a worker at the root, each allowed by the policy', async () => {
    const ana = await world.as('ana');
    const page = await ana.get('/devices');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("manifest-src 'self'");
    expect(policy).toContain("script-src 'self'");
    const manifest = (await (await ana.get('/console-assets/manifest.webmanifest')).json()) as {
      display: string;
      icons: readonly { src: string; type: string }[];
    };
    expect(manifest.display).toBe('standalone');
    for (const { src, type } of manifest.icons) {
      const icon = await ana.get(src);
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, type]);
    }
    expect((await ana.get('/push-worker.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
  });
});
