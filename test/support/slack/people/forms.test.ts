import { describe, expect, it } from 'vitest';
import { connect } from '../delivery/socket-client.ts';
import type { Client } from '../delivery/socket-client.ts';
import { refusal, world } from '../web-api/sdk-world.ts';
import type { World } from '../web-api/sdk-world.ts';
import type { Json } from '../workspace/state.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text });
const input = {
  type: 'input' as const,
  block_id: 'title',
  label: words('Title'),
  element: { type: 'plain_text_input' as const, action_id: 'value' },
};
const modal = (title: string, more: object = {}) => ({
  type: 'modal' as const,
  title: words(title),
  submit: words('Go'),
  blocks: [input],
  ...more,
});

/** The newest trigger that the app was given. */
function triggerOf(client: Client): string {
  const { payload } = client.frames.findLast(({ payload: one }) => one !== undefined) as { payload: Json };
  return String(payload['trigger_id']);
}

/** Ana has used the shortcut; the app has a trigger. */
async function ready(): Promise<
  World & { readonly client: Client; readonly trigger: () => Promise<string> }
> {
  const here = await world();
  const client = await connect(here);
  const trigger = async (): Promise<string> => {
    await here.slack.workspace.person('ana').uses('declare_incident');
    return triggerOf(client);
  };
  return { ...here, client, trigger };
}

describe('forms', () => {
  it('open with a trigger within three seconds, once', async () => {
    const { web, trigger, passes, slack } = await ready();
    const late = await trigger();
    passes(3_000);

    expect(await refusal(web.views.open({ trigger_id: late, view: modal('Late') }))).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await refusal(web.views.open({ trigger_id: 'x', view: modal('None') }))).toMatchObject({
      error: 'invalid_trigger_id',
    });
    const good = await trigger();
    await web.views.open({ trigger_id: good, view: modal('Good') });
    expect(await refusal(web.views.open({ trigger_id: good, view: modal('Again') }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    expect(slack.workspace.person('ana').modal?.title).toBe('Good');
  });

  it('are refused when they are no forms, too large, or there already', async () => {
    const { web, trigger } = await ready();
    const open = async (view: ReturnType<typeof modal>) =>
      refusal(web.views.open({ trigger_id: await trigger(), view }));

    expect(await open(modal('x'.repeat(25)))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_000) } };
    expect(await open(modal('Large', { blocks: Array(90).fill(section) }))).toMatchObject({
      error: 'view_too_large',
    });
    await web.views.open({ trigger_id: await trigger(), view: modal('First', { external_id: 'one' }) });
    expect(await open(modal('Second', { external_id: 'one' }))).toMatchObject({
      error: 'duplicate_external_id',
    });
  });

  it('change only when nobody changed them meanwhile', async () => {
    const { web, trigger, slack } = await ready();
    const { view } = await web.views.open({ trigger_id: await trigger(), view: modal('One') });
    const { id = '', hash = '' } = view ?? {};

    await web.views.update({ view_id: id, hash, view: modal('Two') });
    expect(await refusal(web.views.update({ view_id: id, hash, view: modal('Three') }))).toMatchObject({
      error: 'hash_conflict',
    });
    expect(slack.workspace.person('ana').modal?.title).toBe('Two');
    await slack.workspace.person('ana').closes();
    expect(await refusal(web.views.update({ view_id: id, view: modal('Four') }))).toMatchObject({
      error: 'not_found',
    });
  });

  it('lie on each other three deep, and go as the answer to their submission says', async () => {
    const { web, trigger, client, slack } = await ready();
    const ana = slack.workspace.person('ana');
    await web.views.open({ trigger_id: await trigger(), view: modal('One') });
    const submit = async (answer: Json) => {
      client.answer = answer;
      const seen = await ana.submits({ Title: 'Checkout is down' });
      client.answer = {};
      return { error: seen.error, title: seen.modal?.title ?? null, errors: seen.fieldErrors };
    };

    expect(await submit({ response_action: 'errors', errors: { title: 'No.' } })).toEqual({
      error: null,
      title: 'One',
      errors: { title: 'No.' },
    });
    expect(await submit({ response_action: 'errors', errors: { nowhere: 'No.' } })).toMatchObject({
      error: 'view_trouble',
    });
    expect(await submit({ response_action: 'push', view: modal('Two') })).toMatchObject({ title: 'Two' });
    await web.views.push({ trigger_id: triggerOf(client), view: modal('Three') });
    expect(ana.modal?.title).toBe('Three');
    await submit({ response_action: 'errors', errors: { title: 'No.' } });
    expect(
      await refusal(web.views.push({ trigger_id: triggerOf(client), view: modal('Four') })),
    ).toMatchObject({
      error: 'push_limit_reached',
    });
    expect(await submit({ response_action: 'push', view: modal('Four') })).toMatchObject({
      error: 'view_trouble',
    });
    expect(await submit({ response_action: 'update', view: modal('Three, again') })).toMatchObject({
      title: 'Three, again',
    });
    expect(await submit({})).toMatchObject({ title: 'Two' });
    expect(await submit({ response_action: 'clear' })).toMatchObject({ title: null });
  });

  it('may be answered at their address five times in half an hour', async () => {
    const { slack, client, passes } = await ready();
    const ana = slack.workspace.person('ana');
    const typed = async (): Promise<string> => {
      await ana.types('/inc list', { channel: '#general' });
      const { payload } = client.frames.at(-1) as { payload: { response_url: string } };
      return payload.response_url;
    };
    const post = async (url: string, body: object): Promise<unknown> => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      return ((await response.json()) as { error?: string }).error ?? 'ok';
    };

    const url = await typed();
    expect(await post(url, { text: 'for ana' })).toBe('ok');
    expect(await post(url, { text: 'for all', response_type: 'in_channel' })).toBe('ok');
    expect(await post(url, { blocks: [{ type: 'section' }] })).toBe('invalid_blocks');
    expect(await post(url, {})).toBe('no_text');
    expect(await post(url, { text: 'the fifth' })).toBe('ok');
    expect(await post(url, { text: 'the sixth' })).toBe('used_url');
    const late = await typed();
    passes(30 * 60_000);
    expect(await post(late, { text: 'late' })).toBe('expired_url');
    expect(ana.privately.map(({ text }) => text)).toEqual(['for ana', 'the fifth']);
    expect(slack.workspace.messages('#general').map(({ text }) => text)).toEqual(['for all']);
  });
});
