import { describe, expect, it, onTestFinished } from 'vitest';
import { startSlack } from '../emulator.ts';
import type { Slack } from '../emulator.ts';
import { servePage } from './page.ts';

interface Page {
  readonly slack: Slack;
  readonly sees: (as: string, where?: string) => Promise<Seen>;
  readonly does: (as: string, what: object) => Promise<Record<string, unknown>>;
}

interface Seen {
  readonly me: string;
  readonly direct: string;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly current: { readonly messages: readonly { readonly text: string; readonly isPrivate: boolean }[] };
}

async function openPage(): Promise<Page> {
  const slack = await startSlack({ page: servePage });
  onTestFinished(() => slack.stop());
  return {
    slack,
    sees: async (as, where = '') =>
      (await (await fetch(`${slack.url}/ui/state?as=${as}&in=${where}`)).json()) as Seen,
    does: async (as, what) => {
      const response = await fetch(`${slack.url}/ui/act?as=${as}`, {
        method: 'POST',
        body: JSON.stringify(what),
      });
      return (await response.json()) as Record<string, unknown>;
    },
  };
}

describe('the page of the emulated Slack', () => {
  it('is served with everything that it needs', async () => {
    const { slack } = await openPage();

    const html = await (await fetch(slack.url)).text();
    const parts = ['page.css', 'page.js', 'form.js', 'render.js'];
    const answers = await Promise.all(parts.map((part) => fetch(`${slack.url}/${part}`)));

    expect(html).toContain('<script type="module" src="page.js">');
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('shows each person what they may see, and says what they type', async () => {
    const { slack, sees, does } = await openPage();
    await slack.workspace.makes('secret', { by: 'ana', isPrivate: true });
    const general = slack.workspace.channel('#general').id;

    await does('ben', { do: 'types', channel: general, text: 'hello' });

    expect((await sees('ana', general)).current.messages.map(({ text }) => text)).toEqual(['hello']);
    expect((await sees('ana')).channels.map(({ name }) => name)).toEqual(['general', 'secret']);
    expect((await sees('ben')).channels.map(({ name }) => name)).toEqual(['general']);
    expect((await sees('nobody')).me).toBe('U0ANA');
  });

  it('passes on what Slack says when the app is not there, and what cannot be done', async () => {
    const { slack, does } = await openPage();
    const channel = slack.workspace.channel('#general').id;

    expect(await does('ana', { do: 'types', channel, text: '/inc help' })).toMatchObject({
      error: 'dispatch_failed',
    });
    expect(await does('ana', { do: 'types', channel, text: '/other' })).toMatchObject({
      error: 'not_a_command',
    });
    expect(await does('ana', { do: 'submits', filled: {} })).toEqual({
      problem: 'ana has no modal in front of them',
    });
    expect(await does('ana', { do: 'dances' })).toHaveProperty('problem');
  });
});
