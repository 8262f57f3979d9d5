import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { officialRest } from '../official-client.ts';
import { callLine } from './calls.ts';
import type { Fault } from './faults.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.stop());

const POSTS = /^POST .*\/messages$/;

function send(): Promise<unknown> {
  const { id } = discord.guild.channel('general');
  const body = { content: 'Page 7', nonce: 'page-7', enforce_nonce: true };
  return officialRest(discord).post(`/channels/${id}/messages`, { body });
}

const words = () => discord.guild.messages(discord.guild.channel('general')).map(({ content }) => content);

describe('a fault by script', () => {
  it.each<[string, Fault, object]>([
    ['too many', { kind: 'rate_limited', retryAfterMs: 30_000 }, { retryAfter: expect.any(Number) }],
    [
      'too many of everything',
      { kind: 'rate_limited', retryAfterMs: 30_000, scope: 'global' },
      { global: true },
    ],
    ['an outage', { kind: 'fails', status: 503 }, { status: 503 }],
    ['silence', { kind: 'hangs' }, { name: 'AbortError' }],
    ['a torn line', { kind: 'resets' }, { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) }],
    ['an overload', { kind: 'refuses', code: 130000 }, { status: 503 }],
    ['closed doors, once', { kind: 'refuses', code: 50007 }, { code: 50007 }],
    ['no such token, once', { kind: 'unauthorized' }, { status: 401 }],
  ])('%s: nothing is said, and the next try works', async (_, fault, error) => {
    discord.faults.add({ on: POSTS, fault });

    await expect(send()).rejects.toMatchObject(error);
    expect(words()).toEqual([]);
    await send();

    expect(words()).toEqual(['Page 7']);
  });

  it.each<[string, Fault]>([
    ['an outage', { kind: 'fails_after', status: 500 }],
    ['silence', { kind: 'hangs_after' }],
    ['a torn line', { kind: 'resets_after' }],
  ])('%s after the effect: it is said, and the nonce keeps it from being said twice', async (_, fault) => {
    discord.faults.add({ on: POSTS, fault });

    await expect(send()).rejects.toThrow();
    expect(words()).toEqual(['Page 7']);
    await send();

    expect(words()).toEqual(['Page 7']);
    expect(discord.calls.map(callLine).filter((line) => POSTS.test(line))).toHaveLength(2);
  });

  it('is over when it is cleared', async () => {
    discord.faults.add({ on: /./, times: 5, fault: { kind: 'fails', status: 500 } });
    await expect(send()).rejects.toThrow();

    discord.faults.clear();

    await expect(send()).resolves.toMatchObject({ content: 'Page 7' });
  });

  it('slowness is no failure', async () => {
    discord.faults.add({ on: POSTS, fault: { kind: 'is_slow', ms: 20 } });

    await expect(send()).resolves.toMatchObject({ content: 'Page 7' });
  });

  it('a channel that is gone is unknown, and so are its messages', async () => {
    const channel = discord.guild.channel('general');
    discord.guild.deletesChannel(channel);

    await expect(
      officialRest(discord).post(`/channels/${channel.id}/messages`, { body: { content: 'x' } }),
    ).rejects.toMatchObject({ code: 10003 });
  });
});
