import { expect, it } from 'vitest';

import { isListening, listeningBot, openedRoom } from '../support/slack-room.ts';

it('answers what is typed to whoever typed it alone, and says in the room what changed', async () => {
  const bot = await listeningBot();
  const room = await openedRoom(bot);
  const { slack } = bot;
  const ana = slack.workspace.person('ana');

  const typed = await ana.types('/inc ack', { channel: room.id });
  expect(typed.error).toBeNull();
  await slack.until('the news', () =>
    slack.workspace.messages(room.id).find(({ text }) => text === 'Ana Souza acknowledged.'),
  );

  await ana.types('/incident pages', { channel: room.id });
  const ledger = await slack.until('the answer', () => ana.privately.at(-1));
  expect(ledger.words).toContain('Ana Souza');
  expect(ledger.channel).toBe(room.id);
  expect(slack.workspace.person('ben').privately).toEqual([]);
});

it('says the next step for what was typed wrong', async () => {
  const bot = await listeningBot();
  const room = await openedRoom(bot);
  const ana = bot.slack.workspace.person('ana');
  for (const [typed, answered] of [
    ['/inc akc', /Did you mean/],
    ['/inc severity sev9', /“sev9” is none/],
    ['/inc role commander <@U0NOBODY>', /nobody called/],
    ['/inc ack #99', /There is no incident #99/],
    ['/inc note <#C0GENERAL> & <!channel>', null],
  ] as const) {
    const before = ana.privately.length;
    expect((await ana.types(typed, { channel: room.id })).error).toBeNull();
    if (answered === null) continue;
    const answer = await bot.slack.until(typed, () => ana.privately[before]);
    expect(answer.words).toMatch(answered);
  }
});

it('knows people that are mentioned, in Slack’s own words for them', async () => {
  const bot = await listeningBot();
  const room = await openedRoom(bot);
  const ana = bot.slack.workspace.person('ana');
  await bot.slack.workspace.person('ben').types('/inc whoami', { channel: '#general' });
  await ana.types('/inc role communications @ben', { channel: room.id });
  await bot.slack.until('the news', () =>
    bot.slack.workspace
      .messages(room.id)
      .find(({ text }) => text.includes('Ben Okafor') && text.includes('communications')),
  );
});

it('lets a guest declare and nothing more, and somebody of another workspace nothing at all', async () => {
  const bot = await listeningBot({
    slack: {
      people: [
        { name: 'ana', email: 'ana@example.com' },
        { name: 'zoe', email: 'zoe@elsewhere.org' },
        { name: 'eve', email: 'eve@other.example', teamId: 'T0OTHER' },
      ],
    },
  });
  const { workspace } = bot.slack;
  const [zoe, eve] = [workspace.person('zoe'), workspace.person('eve')];

  await zoe.types('/inc new Search is down', { channel: '#general' });
  await bot.slack.until('the room', () => workspace.channels.find(({ name }) => name.startsWith('inc-1')));
  await zoe.types('/inc ack #1', { channel: '#general' });
  const no = await bot.slack.until('the refusal', () =>
    zoe.privately.find(({ words }) => /is a guest here/.test(words)),
  );
  expect(no.words).toContain('link');

  await eve.types('/inc ack #1', { channel: '#general' });
  const never = await bot.slack.until('the refusal', () => eve.privately.at(-1));
  expect(never.words).toContain('another workspace');
});

it('takes nobody of another workspace for a person of ours, whatever address they have there', async () => {
  const bot = await listeningBot({
    slack: {
      people: [
        { name: 'ana', email: 'ana@example.com' },
        { name: 'eve', email: 'ben@example.com', teamId: 'T0OTHER' },
      ],
    },
  });
  const { workspace } = bot.slack;
  const eve = workspace.person('eve');
  await workspace.makes('partners', { by: 'ana', members: ['eve', 'firebell'], isShared: true });
  const room = await openedRoom(bot);

  await eve.types('/inc ack #1', { channel: '#partners' });

  const no = await bot.slack.until('the refusal', () => eve.privately.at(-1));
  expect(no.words).toContain('another workspace');
  expect(workspace.messages(room.id).some(({ text }) => text.includes('acknowledged'))).toBe(false);
});

it('answers in another way when the response URL is of no use any more', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  await ana.says(room.id, 'hello <@U0FIREBELL> pages');
  await ana.says(room.id, '@firebell pages');
  const answer = await slack.until('the answer', () => ana.privately.at(-1));
  expect(answer.words).toContain('Ana Souza');

  await ana.says('@app', 'list');
  const list = await slack.until('the list', () =>
    ana.directMessages.find(
      ({ words, author }) => author !== ana.id && /Checkout fails/.test(words) && /has it/.test(words),
    ),
  );
  expect(list.isEphemeral).toBe(false);
});

it('goes on after a restart, and does nothing again that was done', async () => {
  const bot = await listeningBot();
  const room = await openedRoom(bot);
  const ana = bot.slack.workspace.person('ana');
  await ana.types('/inc note restarted the workers', { channel: room.id });
  await bot.slack.until('the news', () =>
    bot.slack.workspace.messages(room.id).find(({ text }) => text.includes('restarted the workers')),
  );
  await bot.restart();
  await isListening(bot);
  await ana.types('/inc note and again', { channel: room.id });
  await bot.slack.until('the news', () =>
    bot.slack.workspace.messages(room.id).find(({ text }) => text.includes('and again')),
  );
  const notes = bot.slack.workspace
    .messages(room.id)
    .filter(({ text }) => text.includes('restarted the workers'));
  expect(notes).toHaveLength(1);
});

it('answers beside the response URL once that has expired', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  slack.faults.add({ method: 'response_url', kind: 'error', error: 'expired_url' });
  await ana.types('/inc pages', { channel: room.id });

  const answer = await slack.until('the answer', () => ana.privately.at(-1));
  expect(answer).toMatchObject({ channel: room.id, isEphemeral: true });
  expect(answer.words).toContain('Ana Souza');
  expect(slack.calls.of('chat.postEphemeral')).not.toEqual([]);
});

it('opens the room of a private incident as a private channel, for its people alone', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map((name) => slack.workspace.person(name));
  if (!ana || !ben || !cleo) throw new Error('expected three people');
  await ben.types('/inc new Somebody reads foreign mail service checkout private', { channel: '#general' });
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(({ name, members }) => name.startsWith('inc-1') && members.length === 3),
  );
  expect(room.isPrivate).toBe(true);
  expect(new Set(room.members)).toEqual(new Set([slack.bot.userId, ana.id, ben.id]));
  const asPublic = slack.calls.of('conversations.create').filter(({ args }) => args['is_private'] !== 'true');
  expect(asPublic).toEqual([]);

  const answers = [];
  for (const number of [1, 99]) {
    const before = cleo.privately.length;
    await cleo.types(`/inc ack #${number}`, { channel: '#general' });
    const answer = await slack.until('the refusal', () => cleo.privately[before]);
    answers.push(answer.words.replaceAll(String(number), 'N'));
  }
  expect(answers[0]).toBe(answers[1]);
});
