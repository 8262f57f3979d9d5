import { expect, it } from 'vitest';
import { wholeTranscript } from '../../src/store/platform-messages.ts';
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
