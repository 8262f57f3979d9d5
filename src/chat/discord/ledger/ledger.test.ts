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
    const reads = discord.calls
      .slice(before)
      .filter(({ path }) => path.endsWith(`/${roomId}/messages`))
      .map(({ query }) => new URLSearchParams(query).get('after'))
      .filter((after) => after !== null);
    expect(reads).toHaveLength(2);
    expect(reads[0]).toBe(last.id);
  });

  it('learns of what was edited, deleted, reacted to and pinned while nobody listened', async () => {
    const world = await discordParts();
    const { discord, passes } = world;
    const ben = discord.guild.person('ben');
    const roomId = await aRoom(world);
    const typo = ben.says('the shop is solw', { channel: roomId });
    const secret = ben.says('my password is hunter2', { channel: roomId });
    const cause = ben.says('the cache was cold', { channel: roomId });
    const answer = ben.says('it was', { channel: roomId, replyTo: cause });
    await told(world, roomId);

    passes(60_000);
    ben.edits(typo, 'the shop is slow');
    ben.deletes(secret);
    ben.deletes(answer);
    ben.reacts(cause, '👀');
    ben.pins(cause);
    const known = await told(world, roomId);

    expect(known.map(({ text, deletedAt }) => [text, deletedAt !== null])).toEqual([
      ['the shop is slow', false],
      ['', true],
      ['the cache was cold', false],
      ['', true],
    ]);
    expect(known[0]?.editedAt).not.toBeNull();
    expect(known[2]).toMatchObject({ pinnedBy: ben.id, reactions: [{ name: '👀', count: 1 }] });

    ben.unpins(cause);
    ben.unreacts(cause, '👀');
    expect((await told(world, roomId))[2]).toMatchObject({ pinnedBy: null, reactions: [] });
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

    const last = ben.says('and done', { channel: thread.value.id });
    const route = Routes.channel(thread.value.id);
    await parts.apis.house.call({ method: 'PATCH', route, body: { archived: true } }, Made);
    expect((await told(world, roomId)).at(-1)).toMatchObject({ id: last.id, thread: thread.value.id });
  });
});
