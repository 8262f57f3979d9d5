import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPublicKey, verify } from 'node:crypto';

import { Events } from 'discord.js';
import type { Client, Interaction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { loggedIn, officialRest } from '../official-client.ts';
import { DID_NOT_RESPOND } from '../people/seen.ts';

let discord: Discord;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-03-01T09:00:00Z');
  discord = await startDiscord({ clock: { now: () => now } });
});

afterEach(() => discord.stop());

const later = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

const COMMANDS = [
  {
    name: 'inc',
    description: 'Incidents',
    options: [
      {
        type: 1,
        name: 'ack',
        description: 'I have it',
        options: [
          { type: 3, name: 'incident', description: 'Which', autocomplete: true, required: true },
          { type: 6, name: 'with', description: 'Who helps' },
          { type: 4, name: 'minutes', description: 'For how long' },
        ],
      },
      { type: 1, name: 'declare', description: 'Something is broken' },
    ],
  },
  { name: 'Add to timeline', type: 3 },
  { name: 'Page', type: 2 },
];

describe('a bot at the gateway', () => {
  let client: Client<true>;

  beforeEach(async () => {
    client = await loggedIn(discord);
    await client.application.commands.set(COMMANDS, discord.guild.id);
  });

  afterEach(() => client.destroy());

  const answers = (answer: (interaction: Interaction) => Promise<unknown>): void => {
    client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch(() => undefined));
  };

  it('gets a subcommand with its typed options, and the people in them', async () => {
    const ben = discord.guild.person('ben');
    answers(async (it) => {
      if (!it.isChatInputCommand()) return;
      const { options } = it;
      await it.reply(
        `${options.getSubcommand()} ${options.getString('incident')} with ${options.getUser('with')?.username} for ${options.getInteger('minutes')}`,
      );
    });

    const seen = await discord.guild
      .person('ana')
      .uses('/inc ack', { options: { incident: '7', with: ben.id, minutes: 15 } });

    expect(seen.text).toBe('ack 7 with ben for 15');
    expect(seen.isEphemeral).toBe(false);
  });

  it('is not bothered with what the client itself refuses', async () => {
    const ana = discord.guild.person('ana');

    await expect(ana.uses('/inc resolve')).rejects.toThrow('no subcommand resolve; there are ack, declare');
    await expect(ana.uses('/inc ack')).rejects.toThrow('needs the option incident');
    await expect(ana.uses('/inc ack', { options: { incident: '7', minutes: 'ten' } })).rejects.toThrow(
      'wants a number',
    );
    await expect(ana.uses('/incident')).rejects.toThrow('No command /incident is registered');
  });

  it('suggests while somebody types', async () => {
    answers(async (it) => {
      if (it.isAutocomplete()) await it.respond([{ name: `#7 ${it.options.getFocused()}`, value: '7' }]);
    });

    const { choices } = await discord.guild
      .person('ana')
      .autocompletes('/inc ack', { option: 'incident', typed: 'check' });

    expect(choices).toEqual([{ name: '#7 check', value: '7' }]);
  });

  it('shows a form, reads it, and answers under it', async () => {
    answers(async (it) => {
      if (it.isChatInputCommand())
        await it.showModal({
          title: 'Declare',
          custom_id: 'declare',
          components: [
            {
              type: 18,
              label: 'What is broken?',
              component: { type: 4, custom_id: 'title', style: 1, max_length: 20 },
            },
            {
              type: 18,
              label: 'How bad?',
              component: { type: 3, custom_id: 'severity', options: [{ label: 'Very', value: 'sev1' }] },
            },
          ],
        });
      if (it.isModalSubmit())
        await it.reply({
          content: `${it.fields.getTextInputValue('title')} ${it.fields.getStringSelectValues('severity').join()}`,
          flags: 64,
        });
    });
    const ana = discord.guild.person('ana');
    const { form } = await ana.uses('/inc declare');
    if (form === null) throw new Error('A form is shown');

    const seen = await ana.submits(form, { 'What is broken?': 'Checkout', severity: 'sev1' });

    expect(seen).toMatchObject({ text: 'Checkout sev1', isEphemeral: true });
    await expect(ana.submits(form, { severity: 'sev1' })).rejects.toThrow('needs title');
    await expect(ana.submits(form, { title: 'x'.repeat(21), severity: 'sev1' })).rejects.toThrow(
      '0 to 20 characters',
    );
  });

  it('reads ticks, people and one of several from a form', async () => {
    const options = [
      { label: 'Private', value: 'private' },
      { label: 'Drill', value: 'drill' },
    ];
    answers(async (it) => {
      if (it.isChatInputCommand())
        await it.showModal({
          title: 'More',
          custom_id: 'more',
          components: [
            { type: 18, label: 'Kind', component: { type: 21, custom_id: 'kind', options } },
            { type: 18, label: 'Also', component: { type: 22, custom_id: 'also', options, required: false } },
            { type: 18, label: 'Sure', component: { type: 23, custom_id: 'sure' } },
            { type: 18, label: 'Who', component: { type: 5, custom_id: 'who', max_values: 2 } },
          ],
        });
      if (!it.isModalSubmit()) return;
      const { fields } = it;
      const who = fields.getSelectedUsers('who')?.map(({ username }) => username);
      await it.reply(
        [fields.getRadioGroup('kind'), fields.getCheckboxGroup('also'), fields.getCheckbox('sure'), who].join(
          ' ',
        ),
      );
    });
    const ana = discord.guild.person('ana');
    const { form } = await ana.uses('/inc declare');
    if (form === null) throw new Error('A form is shown');
    const people = [ana.id, discord.guild.person('ben').id];

    const seen = await ana.submits(form, {
      Kind: 'drill',
      Also: ['private', 'drill'],
      Sure: 'true',
      Who: people,
    });

    expect(seen.text).toBe('drill private,drill true ana,ben');
    await expect(ana.submits(form, { Kind: 'real', Who: people })).rejects.toThrow(
      'real is none of private, drill',
    );
  });

  it('updates the message whose button is clicked, and follows up for one person only', async () => {
    const channel = await client.channels.fetch(discord.guild.channel('general').id);
    if (!channel?.isSendable()) throw new Error('general takes messages');
    const sent = await channel.send({
      content: 'Page 7',
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: 'I have it', custom_id: 'ack:7' }] },
        {
          type: 1,
          components: [{ type: 3, custom_id: 'severity', options: [{ label: 'Sev 1', value: 'sev1' }] }],
        },
      ],
    });
    answers(async (it) => {
      if (it.isButton()) {
        await it.update({ content: `${it.user.username} has it`, components: it.message.components });
        await it.followUp({ content: 'Thank you', flags: 64 });
      }
      if (it.isStringSelectMenu())
        await it.deferUpdate().then(() => it.editReply(`Set to ${it.values.join()}`));
    });
    const ana = discord.guild.person('ana');

    const seen = await ana.clicks(sent, 'I have it');
    const chosen = await ana.selects(sent, 'severity', ['sev1']);

    expect(seen.kind).toBe('update');
    expect(seen.followUps.map(({ content }) => content)).toEqual(['Thank you']);
    expect(chosen.message?.content).toBe('Set to sev1');
    expect(
      discord.guild
        .person('ben')
        .reads()
        .map(({ content }) => content),
    ).toEqual(['Set to sev1']);
    await expect(ana.clicks(sent, 'Resolve')).rejects.toThrow('it has I have it (ack:7)');
  });

  it('is shown the message that somebody points at, and the person', async () => {
    answers(async (it) => {
      if (it.isMessageContextMenuCommand()) await it.reply(`Noted: ${it.targetMessage.content}`);
      if (it.isUserContextMenuCommand()) await it.reply(`Paging ${it.targetUser.username}`);
    });
    const ana = discord.guild.person('ana');
    const message = discord.guild.person('ben').says('I restarted it');

    expect((await ana.usesOnMessage('Add to timeline', message)).text).toBe('Noted: I restarted it');
    expect((await ana.usesOnPerson('Page', discord.guild.person('cleo'))).text).toBe('Paging cleo');
  });

  it('may not answer twice, nor show a form after another answer', async () => {
    const codes: unknown[] = [];
    answers(async (it) => {
      if (!it.isChatInputCommand()) return;
      const path = `/interactions/${it.id}/${it.token}/callback` as const;
      await officialRest(discord).post(path, { auth: false, body: { type: 5 } });
      const why = { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 1 } };
      for (const components of [[], [why]])
        codes.push(
          await officialRest(discord)
            .post(path, { auth: false, body: { type: 9, data: { custom_id: 'x', title: 'X', components } } })
            .catch((error: unknown) => error),
        );
      await it.webhook.editMessage('@original', 'Done');
    });

    const seen = await discord.guild.person('ana').uses('/inc declare');

    expect(seen.text).toBe('Done');
    // A form of nothing is refused for itself, a whole one because it comes second.
    expect(codes).toEqual([
      expect.objectContaining({ code: 50035 }),
      expect.objectContaining({ code: 40060 }),
    ]);
  });

  it('is too late after three seconds, and the person reads so', async () => {
    const code = new Promise((resolve) => {
      answers(async (it) => {
        later(3_001);
        if (it.isChatInputCommand()) resolve(await it.reply('Late').catch((error: unknown) => error));
      });
    });

    const seen = await discord.guild.person('ana').uses('/inc declare');

    expect(seen).toMatchObject({ kind: 'did_not_respond', text: DID_NOT_RESPOND });
    expect(await code).toMatchObject({ code: 10062 });
  });

  it('may speak for a quarter of an hour', async () => {
    const got = Promise.withResolvers<Interaction>();
    answers(async (it) => {
      if (it.isChatInputCommand()) await it.reply('First');
      got.resolve(it);
    });
    await discord.guild.person('ana').uses('/inc declare');
    const it = await got.promise;
    if (!it.isChatInputCommand()) throw new Error('It is a command');

    later(14 * 60_000);
    await it.followUp('Still here');
    later(2 * 60_000);

    await expect(it.followUp('Gone')).rejects.toMatchObject({ code: 50027 });
  });
});

describe('a bot with an endpoint', () => {
  const endpoint = async (isCareful: boolean) => {
    const key = createPublicKey({
      key: Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(discord.application.publicKey, 'hex'),
      ]),
      format: 'der',
      type: 'spki',
    });
    const server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
        const body = Buffer.concat(chunks);
        const stamp = Buffer.from(String(request.headers['x-signature-timestamp']));
        const signature = Buffer.from(String(request.headers['x-signature-ed25519']), 'hex');
        const isGenuine = verify(null, Buffer.concat([stamp, body]), key, signature);
        if (!isGenuine && isCareful) return void response.writeHead(401).end();
        const isPing = body.toString('utf8').includes('"type":1,"token":"ping"');
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isPing ? { type: 1 } : { type: 4, data: { content: 'By HTTP' } }));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server that listens has such an address.
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
  };

  it('is taken when it answers a PING and refuses a wrong signature, and is asked from then on', async () => {
    const bot = await endpoint(true);
    await officialRest(discord).put(`/applications/${discord.application.id}/commands`, { body: COMMANDS });

    expect(await discord.setsEndpoint(bot.url)).toBeNull();
    const seen = await discord.guild.person('ana').uses('/inc declare', { channel: '@bot' });

    expect(seen.text).toBe('By HTTP');
    bot.close();
  });

  it('is not taken when it believes everybody', async () => {
    const bot = await endpoint(false);

    expect(await discord.setsEndpoint(bot.url)).toContain('answered 200 instead of 401');
    expect(discord.application.interactionsUrl).toBeNull();
    bot.close();
  });
});
