import { expect, it } from 'vitest';
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { startDiscordBot, until } from '../support/discord-bot.ts';

it('a private incident has a channel that nobody else ever sees, and whoever is invited comes in', async () => {
  const { discord, room } = await startDiscordBot();
  const [ana, ben, guest] = ['ana', 'ben', 'guest'].map((name) => discord.guild.person(name));
  if (!ana || !ben || !guest) throw new Error('three people were to be there');

  await ana.uses('/inc new', { options: { title: 'Leaked key', severity: 'sev2', private: true } });
  const roomId = await room(1);
  const channel = discord.guild.channel(roomId);
  expect([ana.sees(channel), ben.sees(channel), guest.sees(channel)]).toEqual([true, false, false]);
  const made = discord.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/channels'));
  expect(made).toBeDefined();
  await ana.uses('/inc invite', { channel: roomId, options: { people: '@ben' } });
  await until(() => expect(ben.sees(channel)).toBe(true));
  expect(guest.sees(channel)).toBe(false);
});

it('the worst incidents get a voice channel; a closed room moves and falls silent, a reopened one comes back; no name or topic is edited', async () => {
  const { discord, alert, room } = await startDiscordBot();
  const ana = discord.guild.person('ana');
  const id = await alert();
  const roomId = await room(id);
  await ana.uses('/inc severity', { channel: roomId, options: { severity: 'sev1' } });
  const voices = () => discord.guild.channels().filter(({ type }) => type === ChannelType.GuildVoice);
  await until(() => expect(voices()).toHaveLength(1));

  const place = () => {
    const { parentId } = discord.guild.channel(roomId);
    return discord.guild.channels().find(({ id: channelId }) => channelId === parentId)?.name;
  };
  expect(place()).toBe('Incidents');
  await ana.uses('/inc resolve', { channel: roomId });
  await ana.uses('/inc do', { channel: roomId, options: { text: 'status closed' } });
  await until(() => expect(place()).toBe('Incident archive'));
  await until(() => expect(voices()).toHaveLength(0));
  expect(() => ana.says('too late', { channel: roomId })).toThrow('may not write');
  await ana.uses('/inc reopen', { channel: roomId, options: { reason: 'it is back' } });
  await until(() => expect(place()).toBe('Incidents'));
  expect(ana.says('here again', { channel: roomId }).content).toBe('here again');
});

it('mild incidents are posts of a forum with their severity as a tag', async () => {
  const { discord, room } = await startDiscordBot({ settings: { forum: { severities: ['sev3'] } } });
  const ana = discord.guild.person('ana');
  await ana.uses('/inc new', { options: { title: 'A slow page', severity: 'sev3' } });
  const roomId = await room(1);
  const post = discord.guild.threads().find(({ id }) => id === roomId);
  expect(post?.name).toContain('slow-page');
  await until(() => expect(discord.guild.messages({ id: roomId }).length).toBeGreaterThan(1));
});

it('a room that is deleted by hand is noticed at once, and another one takes its place with all that is known', async () => {
  const { discord, alert, room, incident } = await startDiscordBot();
  const ana = discord.guild.person('ana');
  const id = await alert();
  const before = await room(id);
  await ana.uses('/inc note', { channel: before, options: { text: 'The cache is cold' } });
  discord.guild.deletesChannel(discord.guild.channel(before));

  const after = await until(async () => {
    const now = await room(id);
    expect(now).not.toBe(before);
    return now;
  });
  const words = (channelId: string) => JSON.stringify(discord.guild.messages({ id: channelId }));
  await until(() => expect(words(after)).toContain('deleted or archived by hand'));
  await until(() => expect(discord.guild.messages({ id: after }).some(({ pinned }) => pinned)).toBe(true));
  const announced = await until(() => discord.guild.channel('incidents'));
  await until(() => expect(words(announced.id)).toContain('deleted or archived by hand'));
  await ana.uses('/ack', { channel: after });
  expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
  await until(() => expect(words(after)).toContain('acknowledged'));
});

it('a card that a moderator deletes is posted and pinned anew', async () => {
  const { discord, alert, room } = await startDiscordBot();
  const ana = discord.guild.person('ana');
  discord.guild.grants(
    ana,
    discord.guild.makesRole({ name: 'moderators', permissions: PermissionFlagsBits.ManageMessages }),
  );
  const id = await alert();
  const roomId = await room(id);
  const card = () => discord.guild.messages({ id: roomId }).find(({ pinned }) => pinned);
  const first = await until(() => {
    const there = card();
    if (!there) throw new Error('there is no card yet');
    return there;
  });

  ana.deletes(first);
  await ana.uses('/inc do', { channel: roomId, options: { text: 'rename The till is down' } });

  await until(() => expect(card()?.id).not.toBe(undefined));
  expect(card()?.id).not.toBe(first.id);
  await ana.uses('/inc do', { channel: roomId, options: { text: 'rename The till is back' } });
  await until(() => expect(JSON.stringify(card())).toContain('The till is back'));
});

it('a room that was deleted while nobody listened is replaced when something is to be said in it', async () => {
  const { discord, app, alert, room } = await startDiscordBot({
    settings: { mode: 'http' },
    hasPublicKey: true,
  });
  const id = await alert();
  const before = await room(id);
  discord.guild.deletesChannel(discord.guild.channel(before));
  const by = { kind: 'person', id: 'ana' } as const;
  await app.engine.door.say({
    type: 'incident.add_note',
    by,
    incidentId: id,
    text: 'The cache is cold',
    at: null,
  });

  await until(async () => expect(await room(id)).not.toBe(before));
  const after = await room(id);
  await until(() =>
    expect(JSON.stringify(discord.guild.messages({ id: after }))).toContain('The cache is cold'),
  );
});

it('nobody misses the room of an incident that is over', async () => {
  const { discord, alert, room, incident } = await startDiscordBot();
  const ana = discord.guild.person('ana');
  const id = await alert();
  const before = await room(id);
  await ana.uses('/inc resolve', { channel: before });
  discord.guild.deletesChannel(discord.guild.channel(before));
  await ana.uses('/inc do', { options: { text: `status closed #${id}` } });
  await until(async () => expect((await incident(id)).status).toBe('closed'));
  await ana.uses('/inc do', { options: { text: `reopen it is back #${id}` } });

  await until(async () => expect(await room(id)).not.toBe(before));
  // It could not be said in the room that it was closed, and nobody is bothered with that.
  expect(discord.guild.channels().map(({ name }) => name)).not.toContain('firebell-admin');
});

it('closed direct messages are a no at once, and the next in line is paged', async () => {
  const { discord, alert, pages } = await startDiscordBot();
  discord.guild.person('ana').takesDms(false);
  const id = await alert();
  await until(async () => expect((await pages(id))[0]).toContain('ana dm failed'));
  await until(() => expect(discord.guild.person('ben').directMessages()).toHaveLength(1));
});
