import { App, LogLevel } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSlack } from './emulator.ts';
import type { Slack } from './emulator.ts';

/** A bot of the official framework over Socket Mode. */
async function startBolt(prepare: (app: App) => void): Promise<Slack> {
  const slack = await startSlack();
  const app = new App({
    token: slack.tokens.bot,
    appToken: slack.tokens.app,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  prepare(app);
  await app.start();
  onTestFinished(async () => {
    await app.stop();
    await slack.stop();
  });
  return slack;
}

const input = {
  type: 'input' as const,
  block_id: 'title',
  label: { type: 'plain_text' as const, text: 'Title' },
  element: { type: 'plain_text_input' as const, action_id: 'value' },
};
const modal = {
  type: 'modal' as const,
  callback_id: 'declare',
  title: { type: 'plain_text' as const, text: 'Declare' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [input],
};

describe('a Bolt app on the emulated Slack', () => {
  it('starts as it does on Slack', async () => {
    const slack = await startBolt(() => undefined);

    expect(slack.calls.all.map(({ method }) => method)).toEqual(['auth.test', 'apps.connections.open']);
    expect(slack.sockets.open).toBe(1);
  });

  it('answers a command privately', async () => {
    const slack = await startBolt((app) => {
      app.command('/inc', async ({ ack, command }) => ack(`you typed ${command.text}`));
    });

    const seen = await slack.workspace.person('ana').types('/inc page @ben <now>', { channel: '#general' });

    expect(seen.error).toBeNull();
    expect(seen.privately.map(({ words }) => words)).toEqual(['you typed page <@U0BEN|ben> &lt;now&gt;']);
    expect(await slack.workspace.person('ana').types('/other', { channel: '#general' })).toMatchObject({
      error: 'not_a_command',
    });
  });

  it('opens a form once per trigger, and shows its errors at the field', async () => {
    const errors: string[] = [];
    const slack = await startBolt((app) => {
      app.command('/inc', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: modal });
        await client.views.open({ trigger_id: command.trigger_id, view: modal }).catch((error: unknown) => {
          errors.push(String(error));
        });
      });
      app.view('declare', async ({ ack, view }) => {
        const title = view.state.values['title']?.['value']?.value ?? '';
        if (title.length < 4) await ack({ response_action: 'errors', errors: { title: 'Say more.' } });
        else await ack();
      });
    });
    const ana = slack.workspace.person('ana');

    await ana.types('/inc new', { channel: '#general' });
    await slack.until('the form', () => ana.modal);
    expect(ana.modal).toMatchObject({ title: 'Declare', callbackId: 'declare', fields: ['Title'] });
    expect(await ana.submits({})).toMatchObject({
      fieldErrors: { title: 'Please complete this required field.' },
    });
    expect(await ana.submits({ Title: 'no' })).toMatchObject({ fieldErrors: { title: 'Say more.' } });
    expect(await ana.submits({ title: 'Checkout is down' })).toMatchObject({ fieldErrors: {}, modal: null });
    await slack.until('the second opening', () => errors.length > 0);
    expect(errors.join()).toContain('exchanged_trigger_id');
  });

  it('hears what is said, named, reacted to and pinned, and is told nothing of where it is not', async () => {
    const heard: string[] = [];
    const slack = await startBolt((app) => {
      app.event(/.*/, async ({ event }) => {
        heard.push([event.type, 'subtype' in event ? event.subtype : ''].filter(Boolean).join('/'));
        await Promise.resolve();
      });
    });
    const { workspace } = slack;
    const ana = workspace.person('ana');
    await ana.says('#general', 'the bot is not here');
    expect(heard).toEqual([]);
    await workspace.makes('inc-1', { by: 'ana', members: ['ben', slack.bot.userId] });

    const said = await ana.says('#inc-1', 'the database is full, @firebell');
    await ana.edits(said, 'the database was full');
    await ana.pins(said);
    await workspace.person('ben').reacts(said, 'eyes');
    await ana.says('#inc-1', 'look', { thread: said.ts, files: [{ name: 'disk.txt', content: '100 %' }] });
    await ana.deletes(said);
    await workspace.person('carla').joins('#inc-1');
    await workspace.archives('#inc-1', { by: 'ana' });
    await expect(ana.says('#inc-1', 'too late')).rejects.toThrow('#inc-1 is archived');
    await slack.settled();

    expect(heard).toEqual([
      'message',
      'app_mention',
      'message/message_changed',
      'pin_added',
      'reaction_added',
      'message/file_share',
      'file_shared',
      'message/message_deleted',
      'message/channel_join',
      'member_joined_channel',
      'message/channel_archive',
      'channel_archive',
    ]);
  });

  it('is clicked, used by shortcuts and opened at home', async () => {
    const slack = await startBolt((app) => {
      app.action('ack', async ({ ack, respond, body }) => {
        await ack();
        await respond({ text: `acknowledged by ${body.user.id}`, replace_original: true });
      });
      app.shortcut('add_to_timeline', async ({ ack, respond, shortcut }) => {
        await ack();
        if (shortcut.type === 'message_action') await respond(`noted: ${shortcut.message.text ?? ''}`);
      });
      app.event('app_home_opened', async ({ client, event }) => {
        const text = { type: 'mrkdwn' as const, text: 'nothing is on fire' };
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'section', text }] },
        });
      });
      app.message('hello', async ({ say }) => {
        await say({
          text: 'a page',
          blocks: [
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  action_id: 'ack',
                  value: '1',
                  text: { type: 'plain_text', text: 'Acknowledge' },
                },
              ],
            },
          ],
        });
      });
    });
    const ana = slack.workspace.person('ana');

    const hello = await ana.says('@app', 'hello');
    const page = await slack.until('the page', () =>
      ana.directMessages.find(({ text }) => text === 'a page'),
    );
    expect(page.buttons).toEqual(['Acknowledge']);
    await ana.clicks(page, 'Acknowledge');
    await slack.until('the answer', () =>
      ana.directMessages.find(({ text }) => text === `acknowledged by ${ana.id}`),
    );

    await ana.uses('add_to_timeline', hello);
    await slack.until('the note', () => ana.privately.find(({ words }) => words === 'noted: hello'));

    await ana.opensHome();
    await slack.until('the home', () => ana.home?.words === 'nothing is on fire');
  });
});
