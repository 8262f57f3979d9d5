import { getRequestListener } from '@hono/node-server';
import { Events } from 'discord.js';
import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { loggedIn } from '../official-client.ts';
import { pageApp } from './app.ts';

let discord: Discord;
let client: Client<true>;

beforeEach(async () => {
  discord = await startDiscord({ page: (made) => getRequestListener(pageApp(made).fetch) });
  client = await loggedIn(discord);
  const options = [
    { type: 3, name: 'incident', description: 'Which', required: true, autocomplete: true },
    { type: 6, name: 'with', description: 'Who helps' },
  ] as const;
  await client.application.commands.set(
    [
      {
        name: 'inc',
        description: 'Incidents',
        options: [{ type: 1, name: 'ack', description: 'I have it', options }],
      },
      { name: 'declare', description: 'Something is broken' },
    ],
    discord.guild.id,
  );
  client.on(Events.InteractionCreate, (it) => {
    void (async () => {
      if (it.isAutocomplete()) await it.respond([{ name: 'Checkout fails', value: '7' }]);
      if (it.isModalSubmit()) await it.reply(`Declared: ${it.fields.getTextInputValue('title')}`);
      if (it.isButton()) await it.update({ content: `${it.user.username} has it`, components: [] });
      if (!it.isChatInputCommand()) return;
      if (it.commandName === 'inc')
        return void (await it.reply({
          content: `#${it.options.getString('incident')} with ${it.options.getUser('with')?.username}`,
          flags: 64,
        }));
      const field = { type: 4, custom_id: 'title', style: 1, max_length: 40 } as const;
      await it.showModal({
        title: 'Declare',
        custom_id: 'declare',
        components: [{ type: 18, label: 'What is broken?', component: field }],
      });
    })();
  });
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
});

const look = async (who: string): Promise<string> => (await fetch(`${discord.url}/?as=${who}`)).text();

const act = async (what: string, who: string, fields: Readonly<Record<string, string>>): Promise<string> => {
  const body = new URLSearchParams(fields);
  return (await fetch(`${discord.url}/act/${what}?as=${who}`, { method: 'POST', body })).text();
};

describe('the page of this Discord', () => {
  it('shows what one wrote, as text', async () => {
    await act('say', 'ana', { text: '<script>alert(1)</script> **loud**' });

    const shown = await look('ben');
    expect(shown).toContain('&lt;script&gt;');
    expect(shown).toContain('<strong>loud</strong>');
  });

  it('sends a typed command with its options, and shows the answer to nobody else', async () => {
    const shown = await act('say', 'ana', { text: '/inc ack 7 with:ben' });

    expect(shown).toContain('#7 with ben');
    expect(shown).toContain('Only you can see this');
    expect(await look('ben')).not.toContain('#7 with ben');
  });

  it('says what a client would not send', async () => {
    expect(await act('say', 'ana', { text: '/inc ack' })).toContain('/inc needs the option incident');
    expect(await act('say', 'ana', { text: '/incident' })).toContain('No command /incident is registered');
  });

  it('suggests values', async () => {
    const query = new URLSearchParams({ as: 'ana', line: '/inc ack', option: 'incident', typed: 'ch' });

    const response = await fetch(`${discord.url}/suggest?${query.toString()}`);

    expect(await response.json()).toEqual([{ name: 'Checkout fails', value: '7' }]);
  });

  it('opens a form, keeps it until it is sent, and shows the answer', async () => {
    expect(await act('command', 'ana', { line: '/declare' })).toContain('What is broken?');
    expect(await look('ana')).toContain('role="dialog"');

    const shown = await act('submit', 'ana', { 'field.title': 'Search' });

    expect(shown).toContain('Declared: Search');
    expect(shown).not.toContain('role="dialog"');
  });

  it('presses buttons in a direct message', async () => {
    const ana = discord.guild.person('ana');
    const user = await client.users.fetch(ana.id);
    const sent = await user.send({
      content: 'Page 7',
      components: [{ type: 1, components: [{ type: 2, style: 3, label: 'Acknowledge', custom_id: 'ack' }] }],
    });

    await act('click', 'ana', { message: sent.id, component: 'ack' });

    expect(ana.directMessages().map(({ content }) => content)).toEqual(['ana has it']);
  });

  it('tells what is new, and nothing when nothing is', async () => {
    const first = await fetch(`${discord.url}/live?as=ana`);
    const mark = first.headers.get('x-mark') ?? '';
    const same = await fetch(`${discord.url}/live?as=ana&mark=${mark}`);
    discord.guild.person('ben').says('News');
    const fresh = await fetch(`${discord.url}/live?as=ana&mark=${mark}`);

    expect([first.status, same.status, fresh.status]).toEqual([200, 204, 200]);
    expect(await fresh.text()).toContain('News');
  });
});
