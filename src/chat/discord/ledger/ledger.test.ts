import { ChannelType, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../../test/support/discord-parts.ts';
import type { Answer, SpokenMessage } from '../../platform.ts';
import { Made } from '../shapes.ts';

function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(answer.failure.reason);
}

async function aRoom({ platform }: DiscordPartsWorld): Promise<string> {
  const spec = { key: 'incident:1', name: 'inc-1', topic: 'SEV1', isPrivate: false, members: [] };
  return value(await platform.ensureRoom(spec)).roomId;
}

async function told({ platform }: DiscordPartsWorld, roomId: string): Promise<readonly SpokenMessage[]> {
  return value(await platform.transcript(roomId));
}

describe('the transcript of a room on Discord', { timeout: 180_000 }, () => {
  it('is read on from where it ended, whole and once, however much was said in between', async () => {
    const world = await discordParts();
    const { discord, passes } = world;
    const ben = discord.guild.person('ben');
    const roomId = await aRoom(world);
    const last = ben.says('before', { channel: roomId });
    expect((await told(world, roomId)).map(({ text }) => text)).toEqual(['before']);

    for (let i = 1; i <= 120; i += 1) {
      passes(1_000);
      ben.says(`in the gap ${i}`, { channel: roomId });
    }
    const before = discord.calls.length;
    const words = (await told(world, roomId)).map(({ text }) => text);

    expect(words).toEqual(['before', ...Array.from({ length: 120 }, (_, i) => `in the gap ${i + 1}`)]);
    const reads = discord.calls.slice(before).filter(({ path }) => path.endsWith(`/${roomId}/messages`));
    expect(reads).toHaveLength(2);
    expect(new URLSearchParams(reads[0]?.query).get('after')).toBe(last.id);
  });

  it('has what is said in threads, and says in which', async () => {
    const world = await discordParts();
    const { discord, parts } = world;
    const ben = discord.guild.person('ben');
    const roomId = await aRoom(world);
    const body = { name: 'the cache', type: ChannelType.PublicThread };
    const thread = await parts.apis.house.call({ method: 'POST', route: Routes.threads(roomId), body }, Made);
    if (!thread.ok) throw new Error(thread.failure.reason);
    ben.says('in the room', { channel: roomId });
    ben.says('in the thread', { channel: thread.value.id });

    const words = (await told(world, roomId)).map(({ text, thread: place }) => [text, place]);

    expect(words).toEqual([
      ['in the room', null],
      ['in the thread', thread.value.id],
    ]);
  });
});
