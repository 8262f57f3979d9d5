import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startDiscord } from '../emulator.ts';
import type { Discord } from '../emulator.ts';
import { officialRest } from '../official-client.ts';

let discord: Discord;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-03-01T09:00:00Z');
  discord = await startDiscord({ clock: { now: () => now } });
});

afterEach(() => discord.stop());

/** What came back for a body: the status, and the JSON. */
async function said(method: string, path: string, body?: unknown) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.token()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}

const general = (): string => discord.guild.channel('general').id;

describe('a message that Discord does not take', () => {
  const button = (more: object) => ({ type: 2, style: 1, label: 'OK', custom_id: 'ok', ...more });
  const row = (...components: readonly object[]) => ({ type: 1, components });

  it.each([
    ['more than 2000 characters', { content: 'x'.repeat(2001) }, 'content', 'BASE_TYPE_MAX_LENGTH'],
    ['a nonce of more than 25', { content: 'x', nonce: 'n'.repeat(26) }, 'nonce', 'BASE_TYPE_MAX_LENGTH'],
    ['11 embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds', 'BASE_TYPE_MAX_LENGTH'],
    [
      'embeds of more than 6000 characters',
      { embeds: Array(2).fill({ description: 'x'.repeat(3001) }) },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'six rows',
      { components: Array.from({ length: 6 }, (_, i) => row(button({ custom_id: `a${i}` }))) },
      'components',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'six buttons in a row',
      { components: [row(...Array.from({ length: 6 }, (_, i) => button({ custom_id: `a${i}` })))] },
      'components.0.components',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a label of more than 80',
      { components: [row(button({ label: 'x'.repeat(81) }))] },
      'components.0.components.0.label',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'one custom id twice',
      { components: [row(button({}), button({}))] },
      'components.0.components.1.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a link without a URL',
      { components: [row({ type: 2, style: 5, label: 'Open' })] },
      'components.0.components.0.url',
      'BASE_TYPE_REQUIRED',
    ],
    [
      '26 things to choose from',
      {
        components: [
          row({
            type: 3,
            custom_id: 's',
            options: Array.from({ length: 26 }, (_, i) => ({ label: `${i}`, value: `${i}` })),
          }),
        ],
      },
      'components.0.components.0.options',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'one thing to choose twice',
      { components: [row({ type: 3, custom_id: 's', options: Array(2).fill({ label: 'A', value: 'a' }) })] },
      'components.0.components.0.options',
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'somebody to be told twice',
      { content: 'x', allowed_mentions: { users: Array(2).fill('123456789012345678') } },
      'allowed_mentions.users',
      'SET_TYPE_ALREADY_CONTAINS_VALUE',
    ],
    [
      'a component of the second kind without its flag',
      { content: 'x', components: [{ type: 10, content: 'Hi' }] },
      'components.0.type',
      'BASE_TYPE_CHOICES',
    ],
    [
      'words beside components of the second kind',
      { content: 'x', flags: 1 << 15, components: [{ type: 10, content: 'Hi' }] },
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'people both by kind and by name',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
  ])('has %s', async (_, body, path, code) => {
    const { status, json } = await said('POST', `/channels/${general()}/messages`, body);

    const at = path.split('.').reduce((here, piece) => here?.[piece], json.errors);
    expect({ status, code: json.code }).toEqual({ status: 400, code: 50035 });
    expect(at?._errors).toEqual([expect.objectContaining({ code })]);
    expect(discord.guild.messages({ id: general() })).toEqual([]);
  });

  it('is empty', async () => {
    expect((await said('POST', `/channels/${general()}/messages`, { content: ' ' })).json.code).toBe(50006);
  });

  it('mentions nobody who was not allowed', async () => {
    discord.guild.botGains('MentionEveryone');
    const ana = discord.guild.person('ana');
    const text = `<@${ana.id}> @everyone`;

    const none = await said('POST', `/channels/${general()}/messages`, {
      content: text,
      allowed_mentions: { parse: [] },
    });
    const one = await said('POST', `/channels/${general()}/messages`, {
      content: text,
      allowed_mentions: { users: [ana.id] },
    });
    const all = await said('POST', `/channels/${general()}/messages`, { content: text });

    const told = ({ json }: typeof one) => [json.mentions.length, json.mention_everyone];
    expect([none, one, all].map(told)).toEqual([
      [0, false],
      [1, false],
      [1, true],
    ]);
  });

  it('is edited no more when it is old and was edited often', async () => {
    await discord.stop();
    discord = await startDiscord({ clock: { now: () => now }, hasRateLimits: false });
    const { json } = await said('POST', `/channels/${general()}/messages`, { content: 'The card' });
    now = new Date('2026-03-01T10:30:00Z');

    const codes: unknown[] = [];
    for (let i = 0; i < 6; i += 1)
      codes.push(
        (await said('PATCH', `/channels/${general()}/messages/${json.id}`, { content: `${i}` })).json.code,
      );

    expect(codes).toContain(30046);
  });
});

describe('files', () => {
  it('travel with a message and can be fetched', async () => {
    const file = { name: 'graph.txt', data: Buffer.from('up and to the right'), contentType: 'text/plain' };

    await officialRest(discord).post(`/channels/${general()}/messages`, {
      body: { content: 'See' },
      files: [file],
    });

    const [message] = discord.guild.messages({ id: general() });
    expect(message?.attachments).toMatchObject([{ filename: 'graph.txt', size: 19 }]);
    const response = await fetch(message?.attachments[0]?.url ?? '');
    expect(await response.text()).toBe('up and to the right');
  });
});

describe('too many', () => {
  it('messages in one channel, told by the headers', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1)
      statuses.push((await said('POST', `/channels/${general()}/messages`, { content: `${i}` })).status);
    const { headers, json } = await said('POST', `/channels/${general()}/messages`, { content: 'again' });

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect(json).toMatchObject({ global: false, retry_after: expect.any(Number) });
    expect(headers.get('x-ratelimit-scope')).toBe('user');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('changes of a name within ten minutes', async () => {
    const id = general();
    const rename = (name: string) => said('PATCH', `/channels/${id}`, { name });
    const statuses = [await rename('a'), await rename('b'), await rename('c')].map(({ status }) => status);
    now = new Date(now.getTime() + 10 * 60_000);

    expect(statuses).toEqual([200, 200, 429]);
    expect((await rename('d')).status).toBe(200);
  });

  it('channels in the guild, and in a category', async () => {
    const category = discord.guild.makesChannel({ type: 4, name: 'incidents' });
    for (let i = 0; i < 50; i += 1)
      discord.guild.makesChannel({ type: 0, name: `inc-${i}`, parentId: category.id });
    const make = (more: object) =>
      said('POST', `/guilds/${discord.guild.id}/channels`, { name: 'one-more', ...more });

    const inCategory = await make({ parent_id: category.id });
    const beside = await make({});
    while (discord.guild.channels().length < 500) discord.guild.makesChannel({ type: 0, name: 'filler' });
    const full = await make({});

    expect(inCategory.json.errors.parent_id._errors[0].code).toBe('CHANNEL_PARENT_MAX_CHANNELS');
    expect(beside.status).toBe(201);
    expect(full.json.code).toBe(30013);
  });
});

describe('a channel that Discord does not take', () => {
  const make = (more: object) =>
    said('POST', `/guilds/${discord.guild.id}/channels`, { name: 'inc-1', ...more });

  it('has a topic of more than 1024 characters', async () => {
    expect((await make({ topic: 'x'.repeat(1025) })).json.errors.topic._errors[0].code).toBe(
      'BASE_TYPE_MAX_LENGTH',
    );
  });

  it('has overwrites, more than 100 or without the permission to manage roles', async () => {
    const of = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ id: String(123456789012345678n + BigInt(i)), type: 1 }));
    expect((await make({ permission_overwrites: of(101) })).json.code).toBe(50035);
    discord.guild.botLoses('ManageRoles');
    const one = [{ id: discord.guild.id, type: 0, deny: '1024' }];
    expect((await make({ permission_overwrites: one })).json.code).toBe(50013);
  });

  it('is a forum with tags that are alike or too long', async () => {
    expect((await make({ type: 15, available_tags: [{ name: 'a' }, { name: 'A' }] })).json.code).toBe(40061);
    expect((await make({ type: 15, available_tags: [{ name: 'x'.repeat(21) }] })).json.code).toBe(50035);
  });

  it('is deleted by nobody who may not enter it', async () => {
    const voice = discord.guild.makesChannel({ type: 2, name: 'inc-1' });
    discord.guild.botLoses('Connect');
    expect((await said('DELETE', `/channels/${voice.id}`)).json.code).toBe(50013);
  });
});

describe('commands', () => {
  const put = (body: unknown) =>
    said('PUT', `/applications/${discord.application.id}/guilds/${discord.guild.id}/commands`, body);
  const option = (more: object) => ({ type: 3, name: 'a', description: 'A', ...more });
  const command = (more: object) => ({ name: 'inc', description: 'Incidents', ...more });

  it.each([
    ['a name in capitals', command({ name: 'Inc' })],
    ['no description', { name: 'inc' }],
    ['a description of more than 100', command({ description: 'x'.repeat(101) })],
    ['26 options', command({ options: Array.from({ length: 26 }, (_, i) => option({ name: `a${i}` })) })],
    ['an option twice', command({ options: [option({}), option({})] })],
    [
      'a required option after one that is not',
      command({ options: [option({}), option({ name: 'b', required: true })] }),
    ],
    [
      'subcommands beside values',
      command({ options: [{ type: 1, name: 'ack', description: 'A' }, option({})] }),
    ],
    [
      'more than 8000 characters',
      command({
        options: Array.from({ length: 20 }, (_, i) => ({
          type: 1,
          name: `s${i}`,
          description: 'x'.repeat(100),
          options: Array.from({ length: 4 }, (__, j) =>
            option({ name: `o${j}`, description: 'x'.repeat(100) }),
          ),
        })),
      }),
    ],
  ])('with %s are refused', async (_, body) => {
    expect((await put([body])).json.code).toBe(50035);
    expect(discord.commands()).toEqual([]);
  });

  it('overwrite those before, and keep their ids', async () => {
    const first = await put([command({}), command({ name: 'ack' })]);
    const second = await put([command({ description: 'Everything' })]);

    expect(second.json).toMatchObject([{ id: first.json[0].id, description: 'Everything' }]);
    expect(discord.commands()).toHaveLength(1);
  });
});
