import { expect, it } from 'vitest';
import { startDiscordBot, until } from '../support/discord-bot.ts';

it('an alert opens a channel with a card, pages by direct message, and a press on the button ends it', async () => {
  const { discord, alert, room, pages, incident } = await startDiscordBot();
  const ana = discord.guild.person('ana');

  const id = await alert();
  const roomId = await room(id);
  const page = await until(() => {
    const [message] = ana.directMessages();
    if (!message) throw new Error('Ana was not paged yet');
    return message;
  });
  const card = await until(() => {
    const pinned = discord.guild.messages({ id: roomId }).filter((message) => message.pinned);
    if (pinned.length === 0) throw new Error('no card is pinned yet');
    return pinned;
  });

  expect(page.content).toContain(`<@${ana.id}>`);
  expect(card).toHaveLength(1);

  const seen = await ana.clicks(page, 'Acknowledge');
  expect(seen.kind).not.toBe('did_not_respond');
  await until(async () => expect(await pages(id)).toEqual(['ana dm sent > acknowledged']));
  await until(() => {
    const [message] = ana.directMessages();
    expect(JSON.stringify(message?.embeds)).toContain('You acknowledged');
    expect(message?.components).toEqual([]);
  });
  expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
});
