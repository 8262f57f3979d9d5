import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { hmacHex } from '../../src/lib/signing.ts';
import { sharedFile, WITHOUT_DATA } from '../support/shared-data.ts';
import { openedRoom } from '../support/slack-room.ts';
import { startSlackBot } from '../support/slack-bot.ts';
import type { SlackBot } from '../support/slack-bot.ts';

const SAMPLES = sharedFile('slack', 'payload-samples.json');

it.skipIf(SAMPLES === null)(
  `takes every kind of thing that Slack was seen to send${SAMPLES === null ? ` (skipped: ${WITHOUT_DATA})` : ''}`,
  async () => {
    const bot = await startSlackBot({ settings: { mode: 'http' } });
    const room = await openedRoom(bot);
    const ana = bot.slack.workspace.person('ana').id;
    const text = readFileSync(SAMPLES ?? '', 'utf8')
      .replaceAll('https://hooks.slack.com', bot.slack.url)
      .replaceAll('"T111"', `"${bot.slack.bot.teamId}"`)
      .replaceAll('"C111"', `"${room.id}"`)
      .replaceAll('"W111"', `"${ana}"`)
      .replaceAll('"/hello-world"', '"/inc"');
    const { samples } = JSON.parse(text) as {
      samples: Readonly<Record<string, readonly { readonly payload: Readonly<Record<string, unknown>> }[]>>;
    };
    const all = Object.entries(samples).flatMap(([kind, some]) =>
      some.map(({ payload }) => ({ kind, payload })),
    );
    expect(all.length).toBeGreaterThan(20);
    for (const [n, { kind, payload }] of all.entries())
      expect((await send(bot, unique(payload, n))).status, kind).toBe(200);

    await vi.waitUntil(async () => (await bot.ready()).includes('0 inbound in hand'), { timeout: 20_000 });
    expect(await bot.ready()).not.toContain('set aside');
  },
  60_000,
);

it('refuses what Slack has not signed, and what was signed long ago', async () => {
  const bot = await startSlackBot({ settings: { mode: 'http' } });
  const body = { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention' } };
  expect((await send(bot, body, { secret: 'another secret altogether' })).status).toBe(401);
  expect((await send(bot, body, { at: Math.floor(Date.now() / 1000) - 3600 })).status).toBe(401);
});

it('does once what is brought twice', async () => {
  const bot = await startSlackBot({ settings: { mode: 'http' } });
  const room = await openedRoom(bot);
  const typed = (text: string, trigger: string) => ({
    command: '/inc',
    text,
    user_id: bot.slack.workspace.person('ana').id,
    team_id: bot.slack.bot.teamId,
    channel_id: room.id,
    trigger_id: trigger,
  });
  await Promise.all([1, 2, 3].map(() => send(bot, typed('note said once', '1.1.x'))));
  await send(bot, typed('note said after', '2.2.x'));
  const notes = () =>
    bot.slack.workspace.messages(room.id).flatMap(({ text }) => (text.includes('noted: said') ? [text] : []));
  await bot.slack.until('the last note', () => notes().find((text) => text.includes('after')));
  await bot.slack.until('the first note', () => notes().find((text) => text.includes('once')));
  expect(notes()).toHaveLength(2);
});

/** The samples share their ids; Slack's never do. */
function unique(payload: Readonly<Record<string, unknown>>, n: number): Readonly<Record<string, unknown>> {
  const ids = { event_id: `Ev${n}`, trigger_id: `${n}.1.x` };
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, ids[name as keyof typeof ids] ?? value]),
  );
}

async function send(
  { app, slack }: SlackBot,
  body: Readonly<Record<string, unknown>>,
  { secret = slack.tokens.signingSecret, at = Math.floor(Date.now() / 1000) } = {},
): Promise<Response> {
  const isEvent = body['type'] === 'event_callback';
  const isCommand = 'command' in body;
  const fields: [string, string][] = isCommand
    ? Object.entries(body).map(([name, value]) => [name, String(value)])
    : [['payload', JSON.stringify(body)]];
  const raw = isEvent ? JSON.stringify(body) : new URLSearchParams(fields).toString();
  return app.fetch(
    new Request('http://localhost:8080/slack/events', {
      method: 'POST',
      headers: {
        'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${hmacHex(secret, `v0:${at}:${raw}`)}`,
      },
      body: raw,
    }),
  );
}
