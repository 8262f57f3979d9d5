import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_ALERTMANAGER, startAlertmanager } from '../support/e2e/alertmanager.ts';
import type { Alertmanager } from '../support/e2e/alertmanager.ts';
import { launchChromium, NO_CHROMIUM, violationsOf } from '../support/e2e/chromium.ts';
import { startFirebell } from '../support/e2e/firebell.ts';
import type { Firebell } from '../support/e2e/firebell.ts';

const SHOTS = join(import.meta.dirname, '..', '..', 'test-results', 'story');
const SKIPPED = NO_CHROMIUM ?? NO_ALERTMANAGER;
const NAMES: Readonly<Record<string, string>> = {
  ana: 'Ana Silva',
  ben: 'Ben Okafor',
  cleo: 'Cleo Martin',
  dev: 'Dev Patel',
};
const ROOM = 'a.room:has-text("inc-1")';
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const PHONE_PAGES = [
  ['home', '/'],
  ['room', '/incidents/1'],
  ['page', '/direct'],
  ['timeline', '/incidents/1/timeline'],
] as const;

const title =
  SKIPPED === null
    ? 'from a real alert to the postmortem'
    : `from a real alert to the postmortem (skipped: ${SKIPPED})`;

describe.skipIf(SKIPPED !== null)(title, () => {
  let folder: string;
  let firebell: Firebell;
  let alertmanager: Alertmanager;
  let browser: Browser;
  let page: Page;
  /** Who is on call, and who comes next. */
  let first: string;
  let second: string;

  const alert = {
    labels: { alertname: 'CheckoutErrors', service: 'checkout', severity: 'critical' },
    annotations: {
      summary: 'Checkout answers with errors',
      description: '31% of requests fail since 14:02.',
    },
    startsAt: new Date().toISOString(),
  };

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'firebell-story-'));
    firebell = await startFirebell(folder);
    [first, second] = [await firebell.onCall('primary'), await firebell.onCall('secondary')];
    const token = await firebell.run('token', 'create', '--source', 'alertmanager');
    alertmanager = await startAlertmanager({ folder, firebell: firebell.url, token: token.trim() });
    browser = await launchChromium();
    const context = await browser.newContext({ viewport: DESKTOP, acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await alertmanager?.stop();
    await firebell?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Keeps a picture for people to look at, and holds that the page is one for everybody. */
  async function look(name: string): Promise<void> {
    await page.screenshot({ path: join(SHOTS, `${name}.png`) });
    expect([name, await violationsOf(page)]).toEqual([name, []]);
  }

  async function become(personId: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.selectOption('#who', `person ${personId}`)]);
  }

  async function type(words: string): Promise<void> {
    await page.fill('#text', words);
    await page.press('#text', 'Enter');
  }

  /** Waits until this stands in the conversation, without a reload. */
  async function read(words: string, timeout = 20_000): Promise<void> {
    await page.waitForSelector(`#log >> text=${words} >> visible=true`, { timeout });
  }

  it('a room opens in the open browser when Alertmanager sends the alert', async () => {
    await page.goto(firebell.url);
    await become('sue');
    await look('1-home');

    await alertmanager.post(alert);

    await page.waitForSelector(ROOM);
    await look('2-home-with-an-incident');
    await page.click(ROOM);
    await read('Checkout answers with errors');
    await read(`Step 1 pages ${NAMES[first]}`);
    await page.waitForSelector('#details >> text=nobody yet');
    await look('3-room');
  });

  it('the one on call sees the page and does not answer, so the next one is paged', async () => {
    await become(first);
    await page.goto(`${firebell.url}/direct`);
    await page.waitForSelector('#log >> role=button[name="Acknowledge"]');
    await look('4-page');

    await read(`It went on to ${NAMES[second]}`, 90_000);

    // Whoever wakes a little late may still take it.
    const buttons = await page.$$eval('#log button', (all) => all.map((one) => one.textContent.trim()));
    expect(buttons).toContain('Acknowledge');
    // A reminder of a shift may be there too, with buttons of its own.
    for (const over of ['Escalate now', 'I can’t', "I can't"]) expect(buttons).not.toContain(over);
    await look('5-page-that-went-on');
  }, 120_000);

  it('the next one acknowledges, takes command and posts updates', async () => {
    await become(second);
    await page.goto(firebell.url);
    await page.waitForSelector('text=Waiting for you');
    await look('6-waiting-for-you');
    await page.goto(`${firebell.url}/direct`);
    await page.click('#log >> role=button[name="Acknowledge"]');
    await read('You acknowledged');
    await page.click('#log >> text=Go to the incident');
    await read(`${NAMES[second]} acknowledged.`);

    await page.click('#details >> role=button[name="Take command"]');
    await read(`${NAMES[second]} is now commander.`);
    await page.click('#details >> role=button[name="Post update"]');
    await page.waitForSelector('dialog[open]');
    await page.fill('#f-text', 'One in three payments fails. The deploy of 14:00 is being rolled back.');
    await page.selectOption('#f-status', 'identified');
    await page.fill('#f-next', '20m');
    await look('7-form');
    await page.click('dialog .send');
    await page.waitForSelector('dialog', { state: 'detached' });
    await read('The deploy of 14:00 is being rolled back.');

    await type('the root cause is the pool size in deploy 4711, it went from 50 to 5');
    await read('the root cause is the pool size');
    await type('/inc update Rolled back, errors are falling. next in 30m');
    await read('Rolled back, errors are falling.');
    await type('/inc status monitoring watching the error rate');
    await page.waitForSelector('#room-head >> text=monitoring');
    await look('8-room-at-work');
  });

  it('stakeholders follow in the announcement room', async () => {
    await page.click('a.room:has-text("incidents")');
    await read('One in three payments fails.');
    await read('Rolled back, errors are falling.');
    await look('9-announcements');
    await page.click(ROOM);
  });

  it('resolves, hears that the alert is over, and drafts the postmortem', async () => {
    await type('/inc resolve rolled back deploy 4711');
    await read(`${NAMES[second]} resolved it: rolled back deploy 4711`);
    await alertmanager.post({ ...alert, endsAt: new Date().toISOString() });
    await page.waitForSelector('#details >> text=0 of 1 firing');

    await page.click('#details >> role=button[name="Draft postmortem"]');
    await read('Postmortem draft');
    await look('10-postmortem-in-the-room');

    await page.click('#room-head >> text=Postmortem');
    await page.waitForSelector('h1:has-text("Postmortem of #1")');
    await look('11-postmortem');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=Download as Markdown'),
    ]);
    expect(download.suggestedFilename()).toBe('postmortem-1.md');
    const markdown = readFileSync(await download.path(), 'utf8');
    expect(markdown).toMatch(/^# .*Checkout answers with errors/m);
    expect(markdown).toContain('the root cause is the pool size in deploy 4711');
  });

  it('timeline and page ledger say the truth', async () => {
    await page.click('text=Timeline');
    await page.waitForSelector('h1:has-text("Timeline of #1")');
    const timeline = (await page.textContent('.reading')) ?? '';
    const order = [
      'Checkout answers with errors',
      `Step 1 pages ${NAMES[first]}`,
      `Step 2 pages ${NAMES[second]}`,
      `${NAMES[second]} acknowledged.`,
      `${NAMES[second]} is now commander`,
      'One in three payments fails.',
      'Rolled back, errors are falling.',
      'set the status to monitoring',
      'resolved it: rolled back deploy 4711',
      'The postmortem was drafted',
    ].map((words) => timeline.replaceAll(/\s+/g, ' ').indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    await look('12-timeline');

    await page.click('text=Pages');
    await page.waitForSelector('h1:has-text("Pages of #1")');
    const pages = await page.$$eval('.reading section', (boxes) =>
      boxes.map((box) => box.textContent.replaceAll(/\s+/g, ' ').trim()),
    );
    expect(pages).toHaveLength(2);
    expect(pages[0]).toMatch(new RegExp(`^${NAMES[first]} no answer, went on .* dm .* sent at `));
    expect(pages[1]).toMatch(new RegExp(`^${NAMES[second]} acknowledged .* dm .* sent at .*, answered at `));
    await look('13-ledger');
  });

  it('is as good on a phone', async () => {
    await page.setViewportSize(PHONE);
    for (const [name, path] of PHONE_PAGES) {
      await page.goto(`${firebell.url}${path}`);
      await look(`14-phone-${name}`);
      expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
        path,
        true,
      ]);
    }
  });

  it('ends gracefully', async () => {
    await page.close();
    expect(await firebell.stop()).toBe(0);
  });
});
