import { expect, it } from 'vitest';
import { listeningBot, openedRoom } from '../support/slack-room.ts';

const PATIENCE = { timeout: 90_000 };

it('works on an incident in the channel where people talk already', PATIENCE, async () => {
  const { slack } = await listeningBot({ settings: { archive_after: '1m' } });
  const [ana, ben] = [slack.workspace.person('ana'), slack.workspace.person('ben')];
  const theirs = await slack.workspace.makes('payments', { by: 'ben' });
  await ben.says(theirs.id, 'Cards are refused since 14:00');

  await ben.types('/inc channel Card payments fail sev1', { channel: theirs.id });
  const card = await slack.until('the card', () =>
    slack.workspace.messages(theirs.id).find(({ isPinned }) => isPinned),
  );
  expect(card.words).toContain('#1 · SEV1 · Card payments fail');
  await slack.until('Ana, who is on call', () => slack.workspace.channel(theirs.id).members.includes(ana.id));
  await ana.types('/inc ack', { channel: theirs.id });
  await slack.until('the news', () =>
    slack.workspace.messages(theirs.id).find(({ text }) => text === 'Ana Souza acknowledged.'),
  );
  await ana.types('/inc channel Another one', { channel: theirs.id });
  await slack.until('the no', () =>
    ana.privately.find(({ words }) => /is the room of #1 already/.test(words)),
  );

  await ana.types('/inc resolve rolled back', { channel: theirs.id });
  await slack.until('the end', () =>
    slack.workspace.messages(theirs.id).find(({ text }) => /Ana Souza resolved it/.test(text)),
  );
  await ana.types('/inc status closed', { channel: theirs.id });
  await slack.until('the closing', () =>
    slack.workspace.messages(theirs.id).find(({ text }) => /closed/.test(text)),
  );

  const after = slack.workspace.channel(theirs.id);
  expect(after).toMatchObject({ name: 'payments', topic: '', bookmarks: [], archived: false, canvas: null });
  expect(slack.workspace.channels.filter(({ name }) => name.startsWith('inc-'))).toEqual([]);
  const touching = new Set(['conversations.archive', 'conversations.rename', 'conversations.setTopic']);
  expect(slack.calls.all.filter(({ method }) => touching.has(method))).toEqual([]);
});

it('moves an incident to another channel, and says so in the room that it had', PATIENCE, async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  const theirs = await slack.workspace.makes('payments', { by: 'ana' });

  await ana.types('/inc channel #1', { channel: theirs.id });
  await slack.until('the card', () => slack.workspace.messages(theirs.id).find(({ isPinned }) => isPinned));
  await slack.until('where it went', () =>
    slack.workspace.messages(room.id).find(({ text }) => /is worked on in #payments from now on/.test(text)),
  );
  await ana.types('/inc ack', { channel: theirs.id });
  await slack.until('the news', () =>
    slack.workspace.messages(theirs.id).find(({ text }) => text === 'Ana Souza acknowledged.'),
  );
});

it(
  'says why where it cannot be: in private, in direct messages, where everybody follows along',
  PATIENCE,
  async () => {
    const { slack, alert } = await listeningBot();
    const ana = slack.workspace.person('ana');
    await alert('Checkout fails');
    const announced = await slack.until('the announcement room', () =>
      slack.workspace.channels.find(({ name }) => name === 'incidents'),
    );
    const answers = async (line: string, channel: string, words: RegExp): Promise<void> => {
      await ana.types(line, { channel });
      const all = () => [...ana.privately, ...ana.directMessages];
      await slack.until(String(words), () => all().find((one) => words.test(one.words)));
    };
    const hidden = await slack.workspace.makes('leak', { by: 'ana', isPrivate: true });

    await answers('/inc channel It leaks', hidden.id, /this channel is private/);
    await answers('/inc channel It leaks', announced.id, /where everybody follows along/);
    await answers('/inc channel It leaks', '#general', /everybody in the company is in this channel/);
    await answers('/inc channel', '#general', /name an open one: .?channel #42/);
    await answers('/inc channel #9', '#general', /There is no incident #9/);
    expect(slack.workspace.channels.filter(({ name }) => name.startsWith('inc-2'))).toEqual([]);
  },
);
