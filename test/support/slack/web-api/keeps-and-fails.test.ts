import { ErrorCode } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { channel, client, refusal, world } from './sdk-world.ts';

describe('what else the Web API keeps, and how it fails', () => {
  it('sends what was scheduled when its time has come, unless it was taken back', async () => {
    const here = await world();
    const { web, slack, clock, passes } = here;
    const room = await channel(here);
    const at = (seconds: number): number => Math.floor(clock.now().getTime() / 1_000) + seconds;
    const schedule = (seconds: number) =>
      web.chat.scheduleMessage({ channel: room, post_at: at(seconds), text: `after ${seconds}` });

    const { scheduled_message_id: taken = '' } = await schedule(600);
    await schedule(700);
    const { scheduled_message_id: near = '' } = await schedule(59);
    expect(await refusal(schedule(-1))).toMatchObject({ error: 'time_in_past' });
    expect(await refusal(schedule(121 * 24 * 3_600))).toMatchObject({ error: 'time_too_far' });
    await web.chat.deleteScheduledMessage({ channel: room, scheduled_message_id: taken });
    expect(
      await refusal(web.chat.deleteScheduledMessage({ channel: room, scheduled_message_id: near })),
    ).toMatchObject({ error: 'invalid_scheduled_message_id' });
    expect((await web.chat.scheduledMessages.list({ channel: room })).scheduled_messages).toHaveLength(2);

    passes(1_000_000);
    expect(slack.workspace.messages(room).map(({ text }) => text)).toEqual(['after 59', 'after 700']);
    expect(slack.workspace.scheduled).toEqual([]);
  });

  it('keeps bookmarks, user groups and files', async () => {
    const here = await world();
    const { web, slack } = here;
    const room = await channel(here);

    await web.bookmarks.add({
      channel_id: room,
      title: 'Card',
      type: 'link',
      link: 'https://firebell.example.com/1',
    });
    expect(
      await refusal(web.bookmarks.add({ channel_id: room, title: 'Bad', type: 'link', link: 'ftp:1' })),
    ).toMatchObject({ error: 'invalid_link' });
    expect(slack.workspace.channel(room).bookmarks).toEqual([
      { title: 'Card', link: 'https://firebell.example.com/1' },
    ]);

    const { usergroup } = await web.usergroups.create({ name: 'On call', handle: 'oncall' });
    await web.usergroups.users.update({ usergroup: usergroup?.id ?? '', users: 'U0ANA,U0BEN' });
    expect(slack.workspace.groupMembers('oncall')).toEqual(['U0ANA', 'U0BEN']);
    expect(
      await refusal(web.usergroups.users.update({ usergroup: usergroup?.id ?? '', users: '' })),
    ).toMatchObject({ error: 'no_users_provided' });
    slack.workspace.restrict({ userGroups: true });
    expect(
      await refusal(web.usergroups.users.update({ usergroup: usergroup?.id ?? '', users: 'U0ANA' })),
    ).toMatchObject({ error: 'permission_denied' });

    await web.filesUploadV2({ channel_id: room, file: Buffer.from('the log'), filename: 'log.txt' });
    const { files } = await web.files.list({ channel: room });
    const address = files?.[0]?.url_private ?? '';
    const signedIn = await fetch(address, { headers: { authorization: `Bearer ${slack.tokens.bot}` } });
    expect(await signedIn.text()).toBe('the log');
    expect(await (await fetch(address)).text()).toContain('Sign in to Slack');
  });

  it('goes wrong as it is told to', async () => {
    const here = await world();
    const { web, slack } = here;
    const room = await channel(here);
    const impatient = client(slack, slack.tokens.bot, 200);
    const post = (text: string) =>
      impatient.chat.postMessage({ channel: room, text }).then(
        () => 'ok',
        (error: unknown) => (error as { readonly code?: string }).code ?? 'no code',
      );
    const method = 'chat.postMessage';

    slack.faults.add({ method, kind: 'accept_then_hang', args: { text: 'hang' } });
    slack.faults.add({ method, kind: 'accept_then_500', args: { text: '500' } });
    slack.faults.add({ method, kind: 'accept_then_reset', args: { text: 'reset' } });
    slack.faults.add({ method, kind: 'html', args: { text: 'html' } });
    slack.faults.add({ method, kind: 'rate_limited', seconds: 7, args: { text: '429' } });
    slack.faults.add({ method, kind: 'error', error: 'internal_error', args: { text: 'error' } });
    expect(await post('hang')).toBe(ErrorCode.RequestError);
    expect(await post('500')).toBe(ErrorCode.HTTPError);
    expect(await post('reset')).toBe(ErrorCode.RequestError);
    expect(await post('html')).toBe(ErrorCode.PlatformError);
    expect(await post('429')).toBe(ErrorCode.RateLimitedError);
    expect(await post('error')).toBe(ErrorCode.PlatformError);
    here.passes(10_000);
    expect(await post('fine')).toBe('ok');

    expect(slack.workspace.messages(room).map(({ text }) => text)).toEqual(['hang', '500', 'reset', 'fine']);
    expect(slack.calls.of(method).map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 200, 200]);
    expect(web.slackApiUrl).toBe(slack.apiUrl);
  });
});
