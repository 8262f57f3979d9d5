import { expect, it } from 'vitest';
import { startSlackBot } from '../support/slack-bot.ts';

const PATIENCE = { timeout: 90_000 };

it(
  'says nothing twice and makes no second channel when Slack does it and does not answer',
  PATIENCE,
  async () => {
    const { alert, slack } = await startSlackBot({
      before: ({ faults }) => {
        faults.add({ method: 'conversations.create', kind: 'accept_then_500' });
        faults.add({ method: 'chat.postMessage', kind: 'accept_then_reset', times: 2 });
      },
    });
    const ana = slack.workspace.person('ana');

    await alert('Checkout answers with errors');
    const room = await slack.until('the room', () =>
      slack.workspace.channels.find(({ name }) => name.startsWith('inc-1')),
    );
    await slack.until('the pinned card', () =>
      slack.workspace.messages(room.id).find(({ isPinned }) => isPinned),
    );
    await slack.until('the news of the page', () =>
      slack.workspace.messages(room.id).find(({ text }) => text.startsWith('Step 1 pages Ana')),
    );

    expect(slack.workspace.channels.filter(({ name }) => name.startsWith('inc-1'))).toHaveLength(1);
    const said = slack.workspace.messages(room.id).map(({ text }) => text);
    expect(said).toEqual([...new Set(said)]);
    expect(ana.directMessages).toHaveLength(1);
  },
);

it('makes a channel of its own when somebody has the name already', PATIENCE, async () => {
  const { alert, slack } = await startSlackBot();
  const theirs = await slack.workspace.makes('inc-1-checkout-down', { by: 'ben' });

  await alert('Checkout down');
  const ours = await slack.until('a channel beside theirs', () =>
    slack.workspace.channels.find(({ name }) => name === 'inc-1-checkout-down-2'),
  );

  expect(ours.id).not.toBe(theirs.id);
  expect(ours.creator).toBe(slack.bot.userId);
  expect(slack.workspace.messages(theirs.id)).toEqual([]);
});

it('goes on at once to the next person when somebody is not to be disturbed', PATIENCE, async () => {
  const { alert, slack } = await startSlackBot();
  await slack.workspace.doNotDisturb('ana', 60 * 60_000);

  await alert('Checkout down');

  await slack.until('the page of the next person', () => slack.workspace.person('ben').directMessages.at(-1));
  expect(slack.workspace.person('ana').directMessages).toHaveLength(1);
});

it('goes on at once to the next person when an account is deactivated', PATIENCE, async () => {
  const { alert, slack } = await startSlackBot();
  await slack.workspace.deactivates('ana');

  await alert('Checkout down');

  await slack.until('the page of the next person', () => slack.workspace.person('ben').directMessages.at(-1));
});

it('pages although every other call is refused for its rate', PATIENCE, async () => {
  const { alert, slack } = await startSlackBot();
  slack.faults.add({ method: 'conversations.create', kind: 'rate_limited', seconds: 60, times: 100 });
  slack.faults.add({ method: 'chat.update', kind: 'rate_limited', seconds: null, times: 100 });

  await alert('Checkout down');

  await slack.until('the page', () => slack.workspace.person('ana').directMessages.at(-1));
});
