import { describe, expect, it } from 'vitest';
import type { ChatFront } from '../../chat-front.ts';
import type { Reply } from '../../message.ts';
import { note, whisper } from '../../views/blocks.ts';
import { aDirectory } from '../../../../test/support/directory.ts';
import { slackParts } from '../../../../test/support/slack-parts.ts';
import type { SlackPartsWorld } from '../../../../test/support/slack-parts.ts';
import { createSlackReceiving } from './receive.ts';

const PATIENCE = { timeout: 60_000 };

/** Ana sends a form of her own, as Slack tells it. */
function sentForm(title: string): object {
  return {
    type: 'view_submission',
    user: { id: 'U0ANA', team_id: 'T0EXAMPLE', name: 'ana' },
    trigger_id: `${title}.${Math.random()}`,
    view: {
      id: 'V0DECLARE',
      private_metadata: JSON.stringify({ form: 'declare', value: '', room: null }),
      state: { values: { 'field-title': { title: { value: title } } } },
    },
  };
}

/** One process that hears the workspace; `submit` is what becomes of a form there. */
function processOf({ parts }: SlackPartsWorld, processId: string, submit: ChatFront['submit']) {
  const nobody = (): never => {
    throw new Error('expected a form and nothing else');
  };
  const front: ChatFront = {
    submit,
    command: nobody,
    invoke: nobody,
    action: nobody,
    complete: nobody,
    propose: nobody,
    heard: nobody,
  };
  const deps = { ...parts.deps, processId, front: () => front };
  const acks: unknown[] = [];
  const receiving = createSlackReceiving({ ...parts, deps, commands: () => ['/inc'] });
  return {
    acks,
    tick: receiving.tick,
    hear: (body: object) =>
      receiving.receive({
        body,
        ack: (answer) => {
          acks.push(answer ?? 'received');
          return Promise.resolve();
        },
      }),
  };
}

function told(words: string): Reply {
  return whisper(note([[words]], { directory: aDirectory(), zone: 'UTC' }));
}

describe('a form that somebody sent', PATIENCE, () => {
  it('is done by another process when the one that heard it dies over it, once, and its sender is told', async () => {
    const world = await slackParts();
    const ana = world.slack.workspace.person('ana');
    const dying = processOf(world, 'dying', () => new Promise<never>(() => undefined));
    void dying.hear(sentForm('Checkout is down'));
    const titles: unknown[] = [];
    const living = processOf(world, 'living', ({ fields }) => {
      titles.push(fields['title']);
      return Promise.resolve(told('Declared.'));
    });
    await expect.poll(() => living.tick(), { timeout: 20_000 }).toBe(1);

    expect(titles).toEqual(['Checkout is down']);
    expect(ana.directMessages.map(({ text }) => text)).toEqual(['Declared.']);
    expect(await living.tick()).toBe(0);

    // Ana saw an error instead of an answer, and pressed the button once more.
    await living.hear(sentForm('Checkout is down'));
    expect(living.acks).toEqual(['received']);
    expect(titles).toHaveLength(1);
  });

  it('may come again as it was when it had to be corrected', async () => {
    const world = await slackParts();
    let isKnown = false;
    const bot = processOf(world, 'bot', () => {
      const errors: Reply = { kind: 'field_errors', errors: { title: 'Say in a few words what is wrong.' } };
      return Promise.resolve(isKnown ? { kind: 'nothing' } : errors);
    });
    await bot.hear(sentForm('?'));
    isKnown = true;
    await bot.hear(sentForm('?'));

    expect(bot.acks).toEqual([
      { response_action: 'errors', errors: { 'field-title': 'Say in a few words what is wrong.' } },
      'received',
    ]);
    expect(await bot.tick()).toBe(0);
  });
});
