import { expect, it } from 'vitest';
import { slackParts } from '../../../test/support/slack-parts.ts';
import { ensureRoom } from './rooms.ts';

const PATIENCE = { timeout: 60_000 };
const SPEC = {
  key: 'incident:42',
  name: 'inc-42-checkout',
  topic: 'Checkout',
  isPrivate: false,
  members: [],
  tags: [],
};

it('takes the channel that an earlier try made, whose answer never came', PATIENCE, async () => {
  const { parts, slack } = await slackParts();
  slack.faults.add({ method: 'conversations.create', kind: 'accept_then_500' });
  expect(await ensureRoom(SPEC, parts)).toMatchObject({ ok: false, failure: { kind: 'temporary' } });

  const made = await ensureRoom(SPEC, parts);

  expect(made).toMatchObject({ ok: true, value: { name: 'inc-42-checkout' } });
  expect(slack.workspace.channels.filter(({ name }) => name.startsWith('inc-42'))).toHaveLength(1);
});

it(
  'never takes a channel that somebody else made between two tries, although it is in it',
  PATIENCE,
  async () => {
    const { parts, slack } = await slackParts();
    slack.faults.add({ method: 'conversations.create', kind: 'http_500' });
    expect(await ensureRoom(SPEC, parts)).toMatchObject({ ok: false, failure: { kind: 'temporary' } });
    const theirs = await slack.workspace.makes('inc-42-checkout', { by: 'ben', members: ['firebell'] });

    const made = await ensureRoom(SPEC, parts);

    expect(made).toMatchObject({ ok: true, value: { name: 'inc-42-checkout-2' } });
    expect(slack.workspace.channel('#inc-42-checkout-2').creator).toBe(slack.bot.userId);
    expect(theirs.members).toContain(slack.bot.userId);
  },
);
