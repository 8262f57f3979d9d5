import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import type { Bot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startPushService } from '../support/web-push/service.ts';
import type { PushBrowser, PushService } from '../support/web-push/service.ts';

const ALERT = { title: 'Checkout answers with errors' };

async function startBotWithPush(rules?: readonly string[]) {
  const service = await startPushService();
  onTestFinished(() => service.close());
  const bot = await startBot({
    ...peopleWith({ ana: rules ? { rules: { high: rules } } : {} }),
    notify: { web_push: { services: [service.url] } },
  });
  return { bot, service };
}

/** Somebody presses *Notify me on this device* in a browser. */
async function allows(bot: Bot, service: PushService, who = 'ana'): Promise<PushBrowser> {
  const { html } = await bot.as(who).opens('/devices');
  const browser = service.subscribe(/data-key="([^"]+)"/.exec(html)?.[1] ?? '');
  const { endpoint, p256dh, auth } = browser;
  const answer = await bot.as(who).sends('/devices', { endpoint, p256dh, auth });
  expect([answer.status, answer.words]).toEqual([204, '']);
  return browser;
}

/** What the service worker does when a button of the newest notification is pressed. */
async function press(bot: Bot, browser: PushBrowser, action: 'acknowledge' | 'decline') {
  const path = String(browser.screen().at(-1)?.[action]);
  const response = await bot.request(path, { method: 'POST', headers: { accept: 'application/json' } });
  return { status: response.status, said: (await response.json()) as { heading: string } };
}

it('the button on the phone acknowledges; every other device of the person says so, without a sound', async () => {
  const { bot, service } = await startBotWithPush(['web_push']);
  const phone = await allows(bot, service);
  const laptop = await allows(bot, service);
  await bot.alert(ALERT);
  expect(phone.screen()).toEqual([
    expect.objectContaining({ title: '#1 sev1: Checkout answers with errors', urgent: true }),
  ]);

  const { status, said } = await press(bot, phone, 'acknowledge');

  expect([status, said.heading]).toEqual([200, 'You have it']);
  expect(await bot.ledger(1)).toEqual(['ana web_push sent answered > acknowledged']);
  expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
  expect(laptop.screen()).toEqual([
    expect.objectContaining({ body: expect.stringContaining('Ana Souza has it'), acknowledge: null }),
  ]);
});

it('“I can’t” goes on to the next person at once', async () => {
  const { bot, service } = await startBotWithPush(['web_push']);
  const phone = await allows(bot, service);
  await bot.alert(ALERT);

  expect((await press(bot, phone, 'decline')).said.heading).toBe('Understood, it goes on to others');

  expect(await bot.ledger(1)).toEqual(['ana web_push sent answered > declined', 'ben dm sent > waiting']);
});

it('a device that is allowed belongs to the usual rules at once, and to them only', async () => {
  const { bot, service } = await startBotWithPush();
  const phone = await allows(bot, service);
  await bot.alert(ALERT);
  expect(phone.received).toEqual([]);
  await bot.wait(minutes(2));
  expect(phone.received).toHaveLength(1);
  expect(await bot.ledger(1)).toEqual(['ana dm sent, web_push sent > waiting']);
});

it('survives a restart, with the same keys', async () => {
  const { bot, service } = await startBotWithPush(['web_push']);
  const phone = await allows(bot, service);
  await bot.isDownFor(minutes(1));
  await bot.alert(ALERT);
  expect(phone.received).toHaveLength(1);
});

it('when the last device is gone the page goes on at once, and the person is not reached there any more', async () => {
  const { bot, service } = await startBotWithPush(['web_push', 'dm after 3m']);
  const phone = await allows(bot, service);
  phone.leave();

  await bot.alert(ALERT);

  const [line] = await bot.ledger(1);
  expect(line).toMatch(/^ana web_push failed \(No device of this person .*\), dm sent > waiting$/);
  expect((await bot.as('ana').opens('/devices')).words).toContain('None yet.');
  await bot.as('ana').types('/inc resolve', await bot.room(1));
  await bot.alert({ title: 'Search is slow', service: 'search' });
  expect((await bot.ledger(2))[0]).toContain('has no address for web_push');
});

it('a device that is removed hears nothing more', async () => {
  const { bot, service } = await startBotWithPush(['web_push', 'dm after 3m']);
  const phone = await allows(bot, service);
  const { html } = await bot.as('ana').opens('/devices');
  const path = /action="(\/devices\/\d+\/remove)"/.exec(html)?.[1] ?? '';
  expect((await bot.as('ben').sends(path, {})).status).toBe(404);
  await bot.as('ana').sends(path, {});

  await bot.alert(ALERT);

  expect(phone.received).toEqual([]);
});
