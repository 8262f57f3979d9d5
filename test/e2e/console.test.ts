import type { AddressInfo } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Room } from '../../src/chat/platform.ts';
import type { ConsoleWorld } from '../support/console-world.ts';
import { consoleWorld, said, updateForm } from '../support/console-world.ts';
import { launchChromium, NO_CHROMIUM, violationsOf } from '../support/e2e/chromium.ts';
import { aDirectory, aPerson, byId, dailyRotation } from '../support/directory.ts';
import { anIncident } from '../support/incident.ts';

/** The reason stands in the name, so that the report of a run without Chromium says it. */
const title =
  NO_CHROMIUM === null ? 'the console in Chromium' : `the console in Chromium (skipped: ${NO_CHROMIUM})`;

describe.skipIf(NO_CHROMIUM !== null)(title, () => {
  let world: ConsoleWorld;
  let server: ServerType;
  let browser: Browser;
  let url: string;
  let room: Room;
  let direct: Room;

  beforeAll(async () => {
    const people = ['ana', 'ben', 'cleo', 'dev'].map((id) => aPerson(id));
    const schedules = byId([{ id: 'primary', name: 'Primary', schedule: dailyRotation('ana', 'ben') }]);
    world = await consoleWorld({ directory: { ...aDirectory(), schedules } });
    room = await world.room({ members: people });
    direct = await world.direct('ana');
    await fill(world, { room, direct });
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

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    return page;
  }

  const paths = (): readonly string[] => [
    '/',
    `/rooms/${room.roomId}`,
    `/rooms/${direct.roomId}`,
    '/incidents',
    '/schedules/primary',
    '/coverage',
    '/holidays',
    '/devices',
    '/incidents/42/timeline',
    '/incidents/42/pages',
    '/incidents/42/postmortem',
    '/rooms/999',
  ];

  it.each([
    { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'light', viewport: { width: 360, height: 640 } },
  ] as const)('has no accessibility violation: $colorScheme, $viewport.width wide', async (options) => {
    const page = await open('/', options);
    for (const path of paths()) {
      await page.goto(`${url}${path}`);
      expect([path, await violationsOf(page)]).toEqual([path, []]);
      expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
        path,
        true,
      ]);
    }
    await page.goto(`${url}/rooms/${room.roomId}`);
    await say(page, '/oncall');
    await page.waitForSelector('.only-you');
    await say(page, '/update');
    await page.waitForSelector('dialog[open]');
    await page.fill('#f-text', 'Rolled back');
    await page.fill('#f-next', 'soon');
    await page.click('dialog .send');
    await page.waitForSelector('#f-next-error');
    expect(await page.evaluate('document.activeElement.id')).toBe('f-next');
    expect(await violationsOf(page)).toEqual([]);
    await page.fill('#f-next', '30m');
    await page.click('dialog .send');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.context().close();
  });

  it('keeps the newest of the answers to what was typed before, and shows the next below it', async () => {
    const page = await open(`/rooms/${room.roomId}`);
    for (const verb of ['one', 'two', 'three']) {
      world.replies.set(verb, { kind: 'private', message: said(`Answer ${verb}`) });
      await say(page, `/${verb}`);
      await page.waitForSelector(`.only-you >> text=Answer ${verb}`);
    }
    const answers = await page.locator('.only-you .blocks').allInnerTexts();
    expect(answers).toEqual(['Answer two', 'Answer three']);
    await page.context().close();
  });

  it('shows at once what others say, and brings a page to wherever its person is', async () => {
    const page = await open(`/rooms/${room.roomId}`);
    await world.post(room, said('from somebody else'));
    await page.waitForSelector('text=from somebody else');
    await world.post(direct, said('SEV1: Payments fail', { notify: ['ana'], tone: 'danger' }), 'page');
    await page.waitForSelector('.toast >> text=SEV1: Payments fail');
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
    expect(await violationsOf(page)).toEqual([]);
    await page.click('.toast >> text=Open the page');
    await page.waitForSelector('h1:has-text("Firebell and you")');
    await page.context().close();
  });

  it('misses and doubles nothing when the server lets its connections go', async () => {
    const page = await open(`/rooms/${room.roomId}`);
    await say(page, 'before the tunnel');
    await page.waitForSelector('text=before the tunnel');
    await world.console.stop();
    for (const words of ['in the tunnel 1', 'in the tunnel 2']) await world.post(room, said(words));
    await page.waitForSelector('text=in the tunnel 2');
    const log = await page.textContent('#log');
    expect(
      ['before the tunnel', 'in the tunnel 1', 'in the tunnel 2'].map((words) => log?.split(words).length),
    ).toEqual([2, 2, 2]);
    await page.context().close();
  });

  it('works by keyboard: commands complete, rooms switch, Escape closes', async () => {
    const page = await open(`/rooms/${room.roomId}`);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    await page.keyboard.type('/es');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#text', 'aria-activedescendant')).toBe('completion-0');
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#text')).toBe('/escalate ');
    await say(page, '/update');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForURL('**/devices');
    await page.keyboard.press('Alt+ArrowUp');
    await page.waitForSelector('h1:has-text("Overview")');
    await page.context().close();
  });

  it('reads and sends without scripts, on a phone', async () => {
    const page = await open(`/rooms/${room.roomId}`, {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 640 },
    });
    await page.fill('#text', 'sent without scripts');
    await page.click('.send');
    await page.waitForSelector('.talk >> text=sent without scripts');
    await page.fill('#text', '/update');
    await page.click('.send');
    await page.waitForSelector('#f-text');
    await page.goto(`${url}/rooms/${room.roomId}`);
    await page.click('.open-rail');
    await page.click('#rail >> text=Overview');
    await page.waitForSelector('h1:has-text("Overview")');
    await page.context().close();
  });

  it('runs no script of a message', async () => {
    const page = await open(`/rooms/${room.roomId}`);
    const problems: string[] = [];
    page.on('dialog', (dialog) => problems.push(dialog.message()));
    await say(page, '<img src=x onerror=alert(1)><script>alert(2)</script>');
    await world.post(
      room,
      said('hostile', {
        blocks: [
          { kind: 'heading', text: '<svg onload=alert(3)>' },
          { kind: 'text', line: [{ link: 'javascript:alert(4)', label: 'click' }] },
        ],
      }),
    );
    await page.waitForSelector('text=<svg onload=alert(3)>');
    expect(await page.$$('#log img, #log script, #log svg, #log a[href^="javascript"]')).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

async function say(page: Page, words: string): Promise<void> {
  await page.fill('#text', words);
  await page.press('#text', 'Enter');
}

async function fill(world: ConsoleWorld, { room, direct }: { room: Room; direct: Room }): Promise<void> {
  const ref = { platform: 'console', roomId: room.roomId, name: room.name };
  world.facts.incidents.push(anIncident({ room: ref, postmortemAt: world.clock.now() }));
  world.facts.postmortem =
    '# Payments failed\n\n- **Summary:** somebody *said* so [1]\n\n| when | what |\n| --- | --- |\n| now | this |\n';
  const at = world.clock.now();
  world.facts.events.push({
    incidentId: 42,
    seq: 1,
    at,
    by: { kind: 'person', id: 'ana' },
    event: { type: 'incident.acknowledged' },
  });
  world.facts.pages.push({
    id: '42/1/1',
    runId: '42/1',
    personId: 'ana',
    startedAt: at,
    ackBy: at,
    heldUntil: null,
    rules: [],
    nextRule: 1,
    message: null,
    end: null,
    attempts: [
      {
        id: '42/1/1/0',
        rule: 0,
        channel: 'dm',
        intendedAt: at,
        actedAt: null,
        bundle: null,
        outcome: { state: 'sent', messageId: '2/1', at },
      },
    ],
  });
  const buttons = [{ action: 'acknowledge', value: '42', label: 'Acknowledge', style: 'primary' as const }];
  const tones = ['calm', 'news', 'warning', 'danger', 'good', 'drill'] as const;
  for (const tone of tones) {
    const id = await world.post(
      room,
      said(tone, {
        tone,
        notify: ['ana'],
        blocks: [
          { kind: 'heading', text: `A ${tone} heading` },
          {
            kind: 'text',
            line: [
              'Said by ',
              { person: 'ana' },
              ' at ',
              { time: at },
              ' about ',
              { incident: 42 },
              ', ',
              { link: 'https://runbook.example', label: 'runbook' },
            ],
          },
          { kind: 'context', line: ['quiet ', { code: 'code' }] },
          { kind: 'facts', facts: [{ label: 'Status', value: [{ bold: 'investigating' }] }] },
          { kind: 'list', items: [['one'], ['two']] },
          { kind: 'quote', text: 'quoted' },
          { kind: 'code', text: 'code' },
          { kind: 'document', title: 'A document', markdown: '# Title\n\n*quiet*' },
          { kind: 'buttons', buttons },
        ],
      }),
    );
    if (tone === 'danger') await world.console.platform.pin({ roomId: room.roomId, messageId: id });
  }
  await world.post(
    direct,
    said('Wake up', {
      notify: ['ana'],
      tone: 'danger',
      blocks: [
        { kind: 'text', line: ['Wake up'] },
        { kind: 'buttons', buttons },
      ],
    }),
  );
  world.replies.set('oncall', { kind: 'private', message: said('Ana is on call') });
  world.replies.set('update', { kind: 'form', form: updateForm() });
  world.formReplies.set('post-update', ({ next }) =>
    next === 'soon'
      ? { kind: 'field_errors', errors: { next: 'Say a duration like 30m.' } }
      : { kind: 'nothing' },
  );
}
