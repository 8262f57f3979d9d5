import { describe, expect, it } from 'vitest';
import { discordParts } from '../../../test/support/discord-parts.ts';
import type { DiscordPartsWorld } from '../../../test/support/discord-parts.ts';
import type { Message } from '../message.ts';
import type { Api } from './api.ts';
import { createGuild } from './guild.ts';
import { createDiscordPlatform } from './platform.ts';
import type { Answer, MessageRef } from '../platform.ts';

const HOUR = 3_600_000;

function says(plain: string): Message {
  return { blocks: [{ kind: 'text', line: [plain] }], tone: 'calm', plain, notify: [] };
}

function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(answer.failure.reason);
}

/** A message of two hours ago that was edited as often as Discord lets an old one be. */
async function worn({ platform, passes }: DiscordPartsWorld, isPinned: boolean): Promise<MessageRef> {
  const spec = { key: 'incident:1', name: 'inc-1', topic: 'SEV1', isPrivate: false, members: [] };
  const { roomId } = value(await platform.ensureRoom(spec));
  const ref = value(await platform.post(roomId, says('It began'), 'card'));
  if (isPinned) value(await platform.pin(ref));
  passes(2 * HOUR);
  for (let i = 1; i <= 5; i += 1) value(await platform.edit(ref, says(`Update ${i}`)));
  return ref;
}

describe('a message that is too old to be edited again', { timeout: 180_000 }, () => {
  it('is posted and pinned anew when it is the card, and whoever has the old one finds the new one', async () => {
    const world = await discordParts();
    const { platform, discord } = world;
    const ref = await worn(world, true);

    value(await platform.edit(ref, says('Update 6')));
    value(await platform.edit(ref, says('Update 7')));

    const shown = discord.guild.messages({ id: ref.roomId }).filter(({ type }) => type === 0);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.id).not.toBe(ref.messageId);
    expect(shown[0]?.pinned).toBe(true);
    expect(JSON.stringify(shown[0]?.embeds)).toContain('Update 7');
    expect(value(await platform.posted(ref.roomId, 'card'))?.messageId).toBe(shown[0]?.id);
  });

  it('stays as it is when it is not pinned, and is tried again later', async () => {
    const world = await discordParts();
    const ref = await worn(world, false);

    const answer = await world.platform.edit(ref, says('Update 6'));

    expect(answer).toMatchObject({ ok: false, failure: { kind: 'temporary' } });
    expect(answer.ok ? 0 : answer.failure.afterMs).toBeGreaterThan(0);
    expect(JSON.stringify(world.discord.guild.messages({ id: ref.roomId }))).toContain('Update 5');
  });
});

it(
  'somebody who is to be told twice is told once, which Discord insists on',
  { timeout: 180_000 },
  async () => {
    const { platform, discord } = await discordParts();
    const spec = { key: 'incident:1', name: 'inc-1', topic: 'SEV1', isPrivate: false, members: [] };
    const { roomId } = value(await platform.ensureRoom(spec));

    value(await platform.post(roomId, { ...says('Look here'), notify: ['ana', 'ana'] }, 'look'));

    const [said] = discord.guild.messages({ id: roomId });
    expect(said?.mentions.map(({ id }) => id)).toEqual([discord.guild.person('ana').id]);
  },
);

it('what is said to one person goes by the way of the pages alone, which no room can hold up', async () => {
  const { parts, person } = await discordParts();
  const ways: string[] = [];
  const noted = (way: 'house' | 'pages'): Api => ({
    call: (request, answer) => {
      ways.push(`${way} ${request.method} ${request.route.replaceAll(/\d{17,}/g, 'id')}`);
      return parts.apis[way].call(request, answer);
    },
  });
  const watched = { ...parts, apis: { ...parts.apis, house: noted('house'), pages: noted('pages') } };
  const platform = createDiscordPlatform({
    ...watched,
    guild: createGuild(watched),
    catchUp: () => Promise.resolve(),
    health: () => Promise.resolve({ ok: true, detail: 'not connected' }),
  });

  const { roomId } = value(await platform.directRoom(person('ana')));
  const ref = value(await platform.post(roomId, says('Wake up'), 'page'));
  value(await platform.edit(ref, says('It is over')));

  expect(ways).toEqual([
    'pages POST /users/@me/channels',
    'pages POST /channels/id/messages',
    'pages PATCH /channels/id/messages/id',
  ]);
}, 180_000);
