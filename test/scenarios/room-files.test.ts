import { expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { Browser } from '../support/console-world.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';
import { listeningBot, openedRoom } from '../support/slack-room.ts';

const PAGE = '<script>alert(1)</script>\nupstream timed out\n';

it('keeps what people post in a room on Slack, and gives it to whoever may see the incident, never as a page', async () => {
  const { app, slack, ...bot } = await listeningBot();
  const room = await openedRoom({ app, slack, ...bot });
  const ana = slack.workspace.person('ana');
  await ana.says(room.id, 'this is from the gateway', {
    files: [{ name: 'app "1"\u202e.html', content: PAGE, mimetype: 'text/html' }],
  });
  const browser = await signedIn(app, 'ben');
  const path = await downloadIn(browser, 1);
  const file = await browser.get(path);
  expect(await file.text()).toBe(PAGE);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="app _1_.html"; filename*=UTF-8''app%20%221%22.html`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });

  await ana.deletesFile('app "1"\u202e.html');
  await until(async () => expect(await browser.page('/incidents/1/files')).toContain('Deleted by whoever'));
  expect((await browser.get(path)).status).toBe(404);
});

it('shows the files of a private incident to nobody else', async () => {
  const { app, slack } = await listeningBot();
  const ana = slack.workspace.person('ana');
  await ana.types('/inc new Leaked keys private', { channel: '#general' });
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(({ name }) => name.startsWith('inc-1-')),
  );
  await slack.until('the card', () => slack.workspace.messages(room.id).find(({ isPinned }) => isPinned));
  await ana.says(room.id, 'these', { files: [{ name: 'keys.txt', content: 'AKIA' }] });
  const path = await downloadIn(await signedIn(app, 'ana'), 1);
  const browser = await signedIn(app, 'cleo');
  expect((await browser.get('/incidents/1/files')).status).toBe(404);
  expect((await browser.get(path)).status).toBe(404);
});

it('keeps what people post in a room on Discord, whose addresses expire', async () => {
  const { app, discord, alert, room } = await startDiscordBot();
  const number = await alert();
  const channel = await room(number);
  const ana = discord.guild.person('ana');
  await until(() => expect(ana.sees({ id: channel })).toBe(true));
  ana.says('look', {
    channel,
    files: [{ name: 'app.log', bytes: Buffer.from('timed out'), type: 'text/plain' }],
  });
  const browser = await signedIn(app, 'ana');
  expect(await (await browser.get(await downloadIn(browser, number))).text()).toBe('timed out');
});

async function signedIn(app: App, person: string): Promise<Browser> {
  const browser = new Browser({
    request: (input, init) => app.fetch(input instanceof Request ? input : new Request(input, init)),
  });
  await browser.get('/');
  await browser.post('/identity', { who: `person ${person}` });
  return browser;
}

/** The address of the one file, once it is kept. */
async function downloadIn(browser: Browser, incidentId: number): Promise<string> {
  return until(async () => {
    const page = await browser.page(`/incidents/${incidentId}/files`);
    const [, path] = /href="(\/incidents\/\d+\/files\/[^"]+)"/.exec(page) ?? [];
    if (path === undefined) throw new Error(`no file is kept yet: ${page}`);
    return path;
  });
}
