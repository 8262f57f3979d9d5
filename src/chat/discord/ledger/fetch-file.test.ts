import { expect, it } from 'vitest';
import { discordParts } from '../../../../test/support/discord-parts.ts';
import type { RoomFile } from '../../../store/platform-files.ts';
import { discordFiles } from './fetch-file.ts';

it('asks the message for a new address when the old one has expired', async () => {
  const { fetchAt, file } = await posted();
  const expired = file.url?.replace(file.fileId, '1') ?? null;
  expect(await fetchAt({ url: expired })).toMatchObject({ kind: 'content', type: 'text/plain' });
  expect(await fetchAt({ url: null })).toMatchObject({ kind: 'content', content: Buffer.from('timed out') });
});

it('is told when the file is gone with its message', async () => {
  const { fetchAt, deletes } = await posted();
  deletes();
  expect(await fetchAt({})).toEqual({ kind: 'gone' });
});

it('goes nowhere but to Discord', async () => {
  const { fetchAt } = await posted();
  expect(await fetchAt({ url: 'https://cdn.discordapp.com.example.com/a.log' })).toMatchObject({
    kind: 'left',
    why: expect.stringContaining('where Firebell does not go'),
  });
});

/** A log that Ana posted in a room. */
async function posted() {
  const { parts, platform, discord, person } = await discordParts();
  const spec = { key: 'r', name: 'inc-1', topic: '', isPrivate: false, members: [person('ana')] };
  const made = await platform.ensureRoom(spec);
  if (!made.ok) throw new Error(made.failure.reason);
  const { roomId } = made.value;
  const ana = discord.guild.person('ana');
  const message = ana.says('look', {
    channel: roomId,
    files: [{ name: 'app.log', bytes: Buffer.from('timed out'), type: 'text/plain' }],
  });
  const [attachment] = message.attachments;
  const file: RoomFile = {
    platform: 'discord',
    roomId,
    messageId: message.id,
    fileId: attachment?.id ?? '',
    name: 'app.log',
    type: 'text/plain',
    size: 9,
    url: attachment?.url ?? null,
    at: new Date(),
    state: 'waiting',
    why: null,
    checksum: null,
    tries: 0,
    nextTryAt: new Date(),
  };
  return {
    file,
    deletes: () => ana.deletes(message),
    fetchAt: (changes: Partial<RoomFile>) => discordFiles(parts)({ ...file, ...changes }, 1_000),
  };
}
