import { expect, it, vi } from 'vitest';
import { wholeTranscript } from '../../src/store/platform-messages.ts';
import { bits } from '../support/discord/permissions.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';

it('what is said in a room is kept: edits, deletions, files, and reactions', async () => {
  const { discord, alert, room, store } = await startDiscordBot();
  const ben = discord.guild.person('ben');
  const roomId = await room(await alert());
  const words = async () =>
    (await wholeTranscript(store.db, 'discord', roomId)).filter(({ isBot }) => !isBot);

  const first = ben.says('the shop is solw', { channel: roomId });
  const secret = ben.says('my password is hunter2', { channel: roomId });
  ben.says('see the graph', {
    channel: roomId,
    files: [{ name: 'graph.png', bytes: new Uint8Array([1, 2, 3]), type: 'image/png' }],
  });
  ben.edits(first, 'the shop is slow');
  ben.deletes(secret);
  ben.reacts(first, '👀');
  await until(async () => {
    const kept = await words();
    expect(kept.map(({ text }) => text)).toEqual(['the shop is slow', '', 'see the graph']);
    expect(kept[0]?.reactions).toEqual([{ name: '👀', count: 1 }]);
    expect(kept[2]?.files).toMatchObject([{ name: 'graph.png', type: 'image/png' }]);
  });
  expect(JSON.stringify(await words())).not.toContain('hunter2');
  const whole = await wholeTranscript(store.db, 'discord', roomId);
  expect(whole.some(({ event }) => event === 'incident.declared')).toBe(true);
});

it('reactions that a moderator takes off a message are gone from what is kept, one kind or all', async () => {
  const { discord, alert, room, store } = await startDiscordBot();
  const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map((name) => discord.guild.person(name));
  if (!ana || !ben || !cleo) throw new Error('three people were to be there');
  discord.guild.grants(
    ana,
    discord.guild.makesRole({ name: 'Moderators', permissions: bits('ManageMessages') }),
  );
  const roomId = await room(await alert());
  const reactions = async () =>
    (await wholeTranscript(store.db, 'discord', roomId)).find(({ text }) => text === 'it was the cache')
      ?.reactions;

  const said = ben.says('it was the cache', { channel: roomId });
  for (const somebody of [ana, cleo]) somebody.reacts(said, '👀');
  for (const emoji of ['🔥', '✅']) cleo.reacts(said, emoji);
  await until(async () => expect(await reactions()).toHaveLength(3));
  expect(await reactions()).toContainEqual({ name: '👀', count: 2 });

  ana.clearsReactions(said, '👀');
  await until(async () => expect((await reactions())?.map(({ name }) => name)).toEqual(['🔥', '✅']));
  ana.clearsReactions(said);
  await until(async () => expect(await reactions()).toEqual([]));
});

it('what was edited, deleted and said while the gateway was away is made up for when it is back', async () => {
  const { discord, alert, room, store } = await startDiscordBot();
  const ben = discord.guild.person('ben');
  const roomId = await room(await alert());
  const words = async () =>
    (await wholeTranscript(store.db, 'discord', roomId))
      .filter(({ isBot }) => !isBot)
      .map(({ text, deletedAt }) => (deletedAt === null ? text : 'deleted'));
  const typo = ben.says('the shop is solw', { channel: roomId });
  const secret = ben.says('my password is hunter2', { channel: roomId });
  await until(async () => expect(await words()).toHaveLength(2));

  // Discord forgets the session; the next one starts five seconds after the first at the earliest.
  discord.gateway.invalidates(false);
  ben.edits(typo, 'the shop is slow');
  ben.deletes(secret);
  ben.says('it was the cache', { channel: roomId });

  await vi.waitFor(
    async () => expect(await words()).toEqual(['the shop is slow', 'deleted', 'it was the cache']),
    { timeout: 45_000, interval: 50 },
  );
  expect(discord.gateway.counts.identified).toBe(2);
});
