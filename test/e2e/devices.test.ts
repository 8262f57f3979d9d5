import type { AddressInfo } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleWorld } from '../support/console-world.ts';
import type { ConsoleWorld } from '../support/console-world.ts';
import { launchChromium, NO_CHROMIUM, violationsOf } from '../support/e2e/chromium.ts';

const title = NO_CHROMIUM === null ? 'notifications in Chromium' : `notifications (skipped: ${NO_CHROMIUM})`;

const MESSAGE = {
  title: '#42 sev1: Payments fail',
  body: 'One in three payments is refused.',
  tag: 'page-42',
  open: '/rooms/1',
  acknowledge: '/ack/a-token',
  decline: '/decline/a-token',
  urgent: true,
};

describe.skipIf(NO_CHROMIUM !== null)(title, () => {
  let world: ConsoleWorld;
  let server: ServerType;
  let browser: Browser;
  let url: string;
  const posted: string[] = [];

  beforeAll(async () => {
    world = await consoleWorld();
    world.app.post('/ack/:token', (c) => {
      posted.push(c.req.path);
      return c.json({ heading: 'You have it', lines: ['Everyone else is told.'] });
    });
    browser = await launchChromium();
    await new Promise<void>((resolve) => {
      server = serve({ fetch: world.app.fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
        url = `http://127.0.0.1:${info.port}`;
        resolve();
      });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
    server?.close();
  });

  it('shows a page with two buttons, of which one acknowledges without any page of the console', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    await context.grantPermissions(['notifications'], { origin: url });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const ready = context.waitForEvent('serviceworker');
    await page.goto(`${url}/devices`);
    const worker = await ready;
    await page.getByRole('button', { name: 'Notify me on this device' }).waitFor();
    expect(await page.getByRole('status').first().textContent()).toBe(
      'Pages do not reach you on this device yet.',
    );
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);

    const shown = await worker.evaluate(`(async () => {
      const push = new PushEvent('push', { data: ${JSON.stringify(JSON.stringify(MESSAGE))} });
      self.dispatchEvent(push);
      for (let n = 0; n < 100; n += 1) {
        const [notification] = await self.registration.getNotifications();
        if (notification) {
          const { title, body, actions, requireInteraction } = notification;
          return { title, body, requireInteraction, actions: actions.map((one) => one.action) };
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return null;
    })()`);
    expect(shown).toEqual({
      title: MESSAGE.title,
      body: MESSAGE.body,
      requireInteraction: true,
      actions: ['acknowledge', 'decline'],
    });

    const answered = await worker.evaluate(`(async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: 'acknowledge' }));
      for (let n = 0; n < 100; n += 1) {
        const [next] = await self.registration.getNotifications();
        if (next && next.body !== notification.body) return { body: next.body, actions: next.actions.length };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return null;
    })()`);
    expect(answered).toEqual({ body: 'You have it. Everyone else is told.', actions: 0 });
    expect(posted).toEqual(['/ack/a-token']);
    await context.close();
  });
});
