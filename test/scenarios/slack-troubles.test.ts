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

it(
  'makes a channel anew when somebody deletes it, and says so where everybody follows along',
  PATIENCE,
  async () => {
    const { alert, slack } = await startSlackBot();
    const room = () => slack.workspace.channels.find(({ name }) => name.startsWith('inc-1'));
    const cardIn = (id: string) => slack.workspace.messages(id).find(({ isPinned }) => isPinned);
    await alert('Checkout down');
    const before = await slack.until('the card', () => {
      const there = room();
      return there && cardIn(there.id) && there;
    });

    await slack.workspace.deletesChannel(before.id, 'ben');

    const after = await slack.until('another channel', () => {
      const there = room();
      return there && there.id !== before.id && cardIn(there.id) ? there : undefined;
    });
    const said = (id: string) =>
      slack.workspace.messages(id).find(({ text }) => text.includes('deleted or archived by hand'));
    await slack.until('words in the new channel', () => said(after.id));
    const followed = slack.workspace.channels.find(({ name }) => name === 'incidents');
    await slack.until('words where everybody follows along', () => followed && said(followed.id));
    expect(after.members).toEqual(expect.arrayContaining([slack.workspace.person('ana').id]));
  },
);

it('posts and pins the card anew when somebody deletes it', PATIENCE, async () => {
  const { alert, slack } = await startSlackBot();
  const ana = slack.workspace.person('ana');
  await alert('Checkout down');
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(({ name }) => name.startsWith('inc-1')),
  );
  const card = () => slack.workspace.messages(room.id).find(({ isPinned }) => isPinned);
  const first = await slack.until('the pinned card', card);

  await slack.workspace.person('ben').deletes(first);
  await ana.types('/inc rename The till is down', { channel: room.id });

  const again = await slack.until('another card', () => {
    const there = card();
    return there && there.ts !== first.ts ? there : undefined;
  });
  await ana.types('/inc rename The till is back', { channel: room.id });
  await slack.until('the new card to follow', () =>
    card()?.words.includes('The till is back') ? card() : undefined,
  );
  expect(card()?.ts).toBe(again.ts);
});

it(
  'opens a channel again that somebody archived while people need it, and leaves one that is over',
  PATIENCE,
  async () => {
    const { alert, slack } = await startSlackBot();
    const ana = slack.workspace.person('ana');
    await alert('Checkout down');
    const room = await slack.until('the card', () => {
      const there = slack.workspace.channels.find(({ name }) => name.startsWith('inc-1'));
      return there && slack.workspace.messages(there.id).some(({ isPinned }) => isPinned) ? there : undefined;
    });

    await slack.workspace.archives(room.id, { by: 'ben' });
    await slack.until(
      'the channel open again',
      () => !slack.workspace.channel(room.id).archived || undefined,
    );
    await ana.types('/inc note the cache is cold', { channel: room.id });
    await slack.until('the note', () =>
      slack.workspace.messages(room.id).find(({ text }) => text.includes('the cache is cold')),
    );

    await ana.types('/inc cancel nothing was wrong', { channel: room.id });
    await slack.until('the end', () =>
      slack.workspace.messages(room.id).find(({ text }) => text.includes('cancelled it')),
    );
    await slack.workspace.archives(room.id, { by: 'ben' });
    await slack.settled();
    expect(slack.workspace.channel(room.id).archived).toBe(true);
  },
);

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
