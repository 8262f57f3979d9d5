import { once } from 'node:events';
import { createServer } from 'node:http';
import { Routes } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startDiscord } from '../../../test/support/discord/emulator.ts';
import type { Discord } from '../../../test/support/discord/emulator.ts';
import type { Fault } from '../../../test/support/discord/rest/faults.ts';
import { createLogger } from '../../lib/logger.ts';
import { createApis } from './api.ts';
import type { Apis, Called } from './api.ts';
import { Nothing } from './shapes.ts';

interface Rig {
  readonly discord: Discord;
  readonly apis: Apis;
  /** Says something in #general. */
  readonly says: (text: string) => Promise<Called<unknown>>;
  /** How often Discord was asked to post. */
  readonly posts: () => number;
}

async function rig(): Promise<Rig> {
  const discord = await startDiscord();
  onTestFinished(() => discord.stop());
  const logger = createLogger({ level: 'silent' });
  const apis = createApis({ token: discord.token(), apiUrl: discord.apiUrl, logger });
  const channel = discord.guild.channel('general').id;
  return {
    discord,
    apis,
    says: (content) =>
      apis.house.call({ method: 'POST', route: Routes.channelMessages(channel), body: { content } }, Nothing),
    posts: () =>
      discord.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages')).length,
  };
}

it.each<[Fault['kind'], Fault]>([
  ['fails_after', { kind: 'fails_after', status: 503 }],
  ['resets_after', { kind: 'resets_after' }],
])('a request is sent once when it %s, and may have been done', async (_, fault) => {
  const { discord, says, posts } = await rig();
  discord.faults.add({ on: /^POST .*messages/, times: 4, fault });

  expect(await says('Hello')).toMatchObject({ ok: false, failure: { kind: 'temporary', ambiguous: true } });

  expect(posts()).toBe(1);
  expect(discord.guild.messages(discord.guild.channel('general'))).toHaveLength(1);
});

it.each<[number, string]>([
  [408, ''],
  [403, '<html>Blocked by the proxy of the house</html>'],
])('a %i that says nothing of Discord’s may pass, and may have been done', async (status, said) => {
  const proxy = createServer((_, response) => response.writeHead(status).end(said));
  onTestFinished(() => void proxy.close());
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = z.object({ port: z.number() }).parse(proxy.address());
  const logger = createLogger({ level: 'silent' });
  const { house } = createApis({ token: 'token', apiUrl: `http://127.0.0.1:${port}`, logger });

  const answer = await house.call({ method: 'GET', route: Routes.channel('1') }, Nothing);

  const reason = `Discord was not reached: something on the way answered ${status}`;
  expect(answer).toMatchObject({ failure: { kind: 'temporary', ambiguous: true, reason } });
});

it('one 401 does not make it forget its token', async () => {
  const { discord, apis, says } = await rig();
  discord.faults.add({ on: /^POST .*messages/, fault: { kind: 'unauthorized' } });

  expect(await says('Hello')).toMatchObject({ ok: false, failure: { kind: 'temporary' } });
  expect(apis.signedIn()).toBe(false);

  expect(await says('Hello')).toMatchObject({ ok: true });
  expect(apis.signedIn()).toBe(true);
});

it('a long wait for a rate limit fails at once, says how long, and holds up nothing else', async () => {
  const { discord, apis, says } = await rig();
  const retryAfterMs = 600_000;
  discord.faults.add({ on: /^POST .*messages/, fault: { kind: 'rate_limited', retryAfterMs } });

  const refused = await says('Hello');

  expect(refused).toMatchObject({ ok: false, failure: { kind: 'temporary', ambiguous: false } });
  expect(refused.ok ? 0 : refused.failure.afterMs).toBeGreaterThan(500_000);
  const me = { method: 'GET', route: Routes.user('@me') } as const;
  expect(await apis.house.call(me, Nothing)).toMatchObject({ ok: true });
});

it('what a name or a topic may be changed to waits for nobody', async () => {
  const { discord, apis } = await rig();
  const route = Routes.channel(discord.guild.channel('general').id);
  const topic = (text: string) => apis.house.call({ method: 'PATCH', route, body: { topic: text } }, Nothing);
  await topic('one');
  await topic('two');

  const third = await topic('three');

  expect(third).toMatchObject({ ok: false, failure: { kind: 'temporary' } });
  expect(third.ok ? 0 : third.failure.afterMs).toBeGreaterThan(500_000);
});
