import { expect, it } from 'vitest';
import { freshStore } from '../support/database.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';

it('another process takes the gateway over, and what people do is answered once', async () => {
  const store = await freshStore('pglite');
  const { discord, alert, app, neighbour, incident, room } = await startDiscordBot({
    store: { ...store, close: () => Promise.resolve() },
  });
  const other = await neighbour();
  const id = await alert();
  const ana = discord.guild.person('ana');

  await ana.uses('/ack', { options: { incident: `#${id}` } });
  expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
  const { form } = await ana.uses('/inc update', { channel: await room(id) });
  if (form === null) throw new Error('the form of an update was to be open');
  await app.stop();
  await until(async () => {
    const response = await other.fetch(new Request('http://localhost:8080/readyz'));
    expect(await response.text()).toContain('"chat discord":{"ok":true,"detail":"connected"}');
  });
  const answered = await ana.uses('/inc do', { options: { text: 'whoami' } });
  expect(answered.text).toContain('Ana Souza');
  expect(
    discord.calls.filter(({ path }) => path.includes(`/interactions/${answered.interaction.id}/`)),
  ).toHaveLength(1);

  // The form was opened by the process that is gone.
  const wrong = await ana.submits(form, { text: 'We know why', next: 'soon' });
  expect(wrong.text).toContain('duration');
  if (wrong.message === null) throw new Error('an answer was to be there');
  const again = (await ana.clicks(wrong.message, 'Correct it')).form;
  expect(JSON.stringify(again)).toContain('We know why');
});

it('without the right to read messages, buttons and commands work, and that is said loudly', async () => {
  const { discord, health } = await startDiscordBot();
  discord.gateway.closes(4014);
  await until(async () => expect(await health()).toContain('switch on Message Content Intent'));
  expect((await discord.guild.person('ana').uses('/oncall')).text).toContain('Ana');
});

it('a page whose first try was lost on its way back is there once', async () => {
  const { discord, alert, pages } = await startDiscordBot();
  discord.faults.add({ on: /^POST \/channels\/\d+\/messages/, times: 2, fault: { kind: 'resets_after' } });
  const id = await alert();
  await until(async () => expect(await pages(id)).toEqual(['ana dm sent > waiting']));
  expect(discord.guild.person('ana').directMessages()).toHaveLength(1);
});

it('a room whose making was lost on its way back is found, not made again', async () => {
  const { discord, alert, room } = await startDiscordBot();
  discord.faults.add({ on: /^POST \/guilds\/\d+\/channels/, times: 3, fault: { kind: 'resets_after' } });
  await room(await alert());
  const rooms = discord.guild.channels().filter(({ name }) => name.startsWith('inc-'));
  expect(rooms).toHaveLength(1);
});

it('over HTTP, Discord is answered when its signature fits, and nobody else is', async () => {
  const {
    discord,
    app,
    url: base,
    alert,
    incident,
  } = await startDiscordBot({
    settings: { mode: 'http' },
    hasPublicKey: true,
  });
  const url = 'http://localhost:8080/discord/interactions';
  const forged = await app.fetch(
    new Request(url, {
      method: 'POST',
      body: JSON.stringify({ id: '1', type: 1, token: 't', application_id: '2' }),
      headers: {
        'x-signature-ed25519': '0'.repeat(128),
        'x-signature-timestamp': `${Math.floor(Date.now() / 1000)}`,
      },
    }),
  );
  expect(forged.status).toBe(401);
  expect(await discord.setsEndpoint(`${base}/discord/interactions`)).toBeNull();
  const id = await alert();
  await discord.guild.person('ana').uses('/ack', { options: { incident: `#${id}` } });
  expect((await incident(id)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
});
