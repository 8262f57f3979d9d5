import { ErrorCode } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { channel, client, refusal, world } from './sdk-world.ts';

describe('the Web API', () => {
  it('knows its tokens', async () => {
    const { slack, web } = await world();

    expect(await web.auth.test()).toMatchObject({
      team_id: slack.bot.teamId,
      user_id: slack.bot.userId,
      bot_id: slack.bot.botId,
      response_metadata: { scopes: expect.arrayContaining(['chat:write']) },
    });
    expect(await refusal(client(slack, 'xoxb-other').auth.test())).toMatchObject({ error: 'invalid_auth' });
    expect(await refusal(web.apps.connections.open())).toMatchObject({ error: 'not_allowed_token_type' });
    expect(
      await refusal(client(slack, slack.tokens.app).chat.postMessage({ channel: 'C', text: 'x' })),
    ).toMatchObject({ error: 'not_allowed_token_type' });
    const { bot } = slack.workspace.issuesTokens();
    await slack.workspace.revokes('bot');
    expect(await refusal(web.auth.test())).toMatchObject({ error: 'token_revoked' });
    expect(await refusal(client(slack, bot).auth.test())).toMatchObject({ error: 'token_revoked' });
  });

  it('keeps what is said, with metadata for those who ask, page by page', async () => {
    const here = await world();
    const { web, slack } = here;
    const room = await channel(here);
    for (let n = 1; n <= 5; n++) {
      here.passes(1_000);
      await web.chat.postMessage({
        channel: room,
        text: `update ${n}`,
        metadata: { event_type: 'firebell_op', event_payload: { op: `op-${n}` } },
      });
    }

    const texts: (string | undefined)[] = [];
    for await (const page of web.paginate('conversations.history', { channel: room, limit: 2 }))
      texts.push(...((page as { messages?: { text?: string }[] }).messages ?? []).map(({ text }) => text));
    expect(texts).toEqual(['update 5', 'update 4', 'update 3', 'update 2', 'update 1']);

    const { messages } = await web.conversations.history({
      channel: room,
      include_all_metadata: true,
      limit: 1,
    });
    expect(messages?.[0]).toMatchObject({
      metadata: { event_payload: { op: 'op-5' } },
      bot_id: slack.bot.botId,
    });
    const bare = await web.conversations.history({ channel: room, limit: 1 });
    expect(bare.messages?.[0]).not.toHaveProperty('metadata');

    const thread = messages?.[0]?.ts ?? '';
    await web.chat.postMessage({ channel: room, text: 'in the thread', thread_ts: thread });
    const { messages: replies } = await web.conversations.replies({ channel: room, ts: thread });
    expect(replies?.map(({ text }) => text)).toEqual(['update 5', 'in the thread']);
    const latest = await web.conversations.history({ channel: room, oldest: thread });
    expect(latest.messages).toEqual([]);
  });

  it('makes channels by the rules', async () => {
    const here = await world();
    const { web } = here;
    const room = await channel(here);

    const refused = (name: string) => refusal(web.conversations.create({ name }));
    expect(await refused('inc-1')).toMatchObject({ error: 'name_taken' });
    expect(await refused('Inc 1')).toMatchObject({ error: 'invalid_name_specials' });
    expect(await refused('x'.repeat(81))).toMatchObject({ error: 'invalid_name_maxlength' });
    expect(await refused('--')).toMatchObject({ error: 'invalid_name_punctuation' });
    await web.conversations.archive({ channel: room });
    expect(await refused('inc-1')).toMatchObject({ error: 'name_taken' });
    expect(await refusal(web.conversations.archive({ channel: room }))).toMatchObject({
      error: 'already_archived',
    });
    expect(await refusal(web.chat.postMessage({ channel: room, text: 'x' }))).toMatchObject({
      error: 'is_archived',
    });
    expect(await refusal(web.conversations.setTopic({ channel: room, topic: 'x' }))).toMatchObject({
      error: 'is_archived',
    });
    await web.conversations.unarchive({ channel: room });
    expect(
      await refusal(web.conversations.setTopic({ channel: room, topic: 'x'.repeat(251) })),
    ).toMatchObject({
      error: 'too_long',
    });
    expect(await web.conversations.setTopic({ channel: room, topic: 'SEV1' })).toMatchObject({
      channel: { topic: { value: 'SEV1' }, is_member: true, is_archived: false },
    });
  });

  it('lets in who may come in, and says who may not', async () => {
    const people = [
      { name: 'ana' },
      { name: 'gil', guest: 'single' },
      { name: 'dora', deleted: true },
      { name: 'eve', teamId: 'T0ELSEWHERE' },
    ] as const;
    const here = await world({ people });
    const { web, slack } = here;
    await slack.workspace.makes('front-desk', { by: 'ana', members: ['gil'] });
    const room = await channel(here);
    const users = 'U0ANA,U0GIL,U0DORA,U0EVE,U0NOBODY,U0FIREBELL';

    const errors = [
      'ura_max_channels',
      'user_not_found',
      'org_user_not_in_team',
      'user_not_found',
      'cant_invite_self',
    ];
    const refused = await refusal(web.conversations.invite({ channel: room, users }));
    expect(refused).toMatchObject({
      error: errors[0],
      errors: errors.map((error) => ({ ok: false, error })),
    });
    expect(slack.workspace.channel(room).members).toEqual(['U0FIREBELL']);

    expect(await web.conversations.invite({ channel: room, users, force: true })).toMatchObject({ ok: true });
    expect(slack.workspace.channel(room).members).toEqual(['U0FIREBELL', 'U0ANA']);
    expect(await refusal(web.conversations.invite({ channel: room, users: 'U0ANA' }))).toMatchObject({
      error: 'already_in_channel',
    });
    expect(await refusal(web.conversations.open({ users: 'U0DORA' }))).toMatchObject({
      error: 'user_disabled',
    });
    expect(await refusal(web.conversations.open({ users: 'U0EVE' }))).toMatchObject({
      error: 'user_not_visible',
    });
    expect(await refusal(web.users.lookupByEmail({ email: 'dora@example.com' }))).toMatchObject({
      error: 'users_not_found',
    });
    expect(await web.users.lookupByEmail({ email: 'Ana@Example.com' })).toMatchObject({
      user: { id: 'U0ANA' },
    });
  });

  it('does nothing without the scope for it', async () => {
    const here = await world({ scopes: ['chat:write', 'channels:manage', 'channels:read'] });
    const { web } = here;
    const room = await channel(here);

    expect(await refusal(web.conversations.create({ name: 'secret', is_private: true }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:write',
      provided: 'chat:write,channels:manage,channels:read',
    });
    expect(await refusal(web.conversations.history({ channel: room }))).toMatchObject({
      error: 'missing_scope',
    });
    expect(await refusal(web.conversations.list({ types: 'public_channel,private_channel' }))).toMatchObject({
      needed: 'groups:read',
    });
    expect(
      await refusal(web.chat.postMessage({ channel: room, text: 'x', username: 'Commander' })),
    ).toMatchObject({
      needed: 'chat:write.customize',
    });
    const { channels } = await web.conversations.list();
    const general = channels?.find(({ name }) => name === 'general')?.id ?? '';
    expect(await refusal(web.chat.postMessage({ channel: general, text: 'x' }))).toMatchObject({
      error: 'not_in_channel',
    });
  });

  it('refuses arguments that are missing, unknown or wrong', async () => {
    const here = await world();
    const { web } = here;
    const room = await channel(here);
    const messages = async (method: string, args: Record<string, unknown>): Promise<unknown> => {
      const { error, response_metadata } = await refusal(web.apiCall(method, args));
      return [error, (response_metadata as { messages?: readonly string[] } | undefined)?.messages?.[0]];
    };

    expect(await messages('conversations.setTopic', { channel: room })).toEqual([
      'invalid_arguments',
      '[ERROR] missing required field: topic',
    ]);
    expect(await messages('chat.postMessage', { channel: room, text: 'x', thread: '1' })).toEqual([
      'invalid_arguments',
      '[ERROR] unknown field: thread',
    ]);
    expect(await messages('conversations.history', { channel: room, limit: 'many' })).toEqual([
      'invalid_arguments',
      '[ERROR] failed to match all allowed schemas [json-pointer:/limit]',
    ]);
    expect(await messages('chat.postMessage', { channel: room, blocks: [{ type: 'section' }] })).toEqual([
      'invalid_blocks',
      '[ERROR] missing required field: text or fields [json-pointer:/blocks/0]',
    ]);
    expect(await messages('chat.postMessage', { channel: room })).toEqual(['no_text', undefined]);
    expect(await messages('chat.postMessage', { channel: room, text: 'x', metadata: { op: 1 } })).toEqual([
      'invalid_metadata_format',
      undefined,
    ]);
    expect(await messages('chat.explode', {})).toEqual(['unknown_method', undefined]);
  });

  it('changes what the app said itself, and nothing else', async () => {
    const here = await world();
    const { web, slack } = here;
    const room = await channel(here);
    await slack.workspace.person('ana').joins('#inc-1');
    const { ts = '' } = await web.chat.postMessage({ channel: room, text: 'open' });
    const { ts: hers } = await slack.workspace.person('ana').says('#inc-1', 'mine');

    await web.chat.update({ channel: room, ts, text: 'resolved' });
    expect(slack.workspace.messages(room).map(({ text }) => text)).toEqual(['resolved', 'mine']);
    expect(await refusal(web.chat.update({ channel: room, ts: hers, text: 'x' }))).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await refusal(web.chat.update({ channel: room, ts: '1.000000', text: 'x' }))).toMatchObject({
      error: 'message_not_found',
    });
    expect(await refusal(web.chat.update({ channel: room, ts, text: 'x'.repeat(4_001) }))).toMatchObject({
      error: 'msg_too_long',
    });
    expect(await refusal(web.chat.delete({ channel: room, ts: hers }))).toMatchObject({
      error: 'cant_delete_message',
    });
    await web.pins.add({ channel: room, timestamp: ts });
    expect(await refusal(web.pins.add({ channel: room, timestamp: ts }))).toMatchObject({
      error: 'already_pinned',
    });
    expect((await web.pins.list({ channel: room })).items).toHaveLength(1);
  });

  it('takes as many calls as the tiers allow', async () => {
    const here = await world();
    const { web } = here;
    const room = await channel(here);

    for (let n = 0; n < 19; n++) await channel(here, `inc-${n + 2}`);
    const refused = await web.conversations.create({ name: 'one-too-many' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 60 });
    here.passes(60_000);
    await channel(here, 'one-more');

    for (let n = 0; n < 5; n++) await web.chat.postMessage({ channel: room, text: 'x' });
    const post = () => web.chat.postMessage({ channel: room, text: 'x' }).catch((error: unknown) => error);
    expect(await post()).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 });
    here.passes(1_000);
    expect(await post()).toMatchObject({ ok: true });
  });
});
