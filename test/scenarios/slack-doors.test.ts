import { expect, it } from 'vitest';
import { listeningBot, openedRoom } from '../support/slack-room.ts';

it('declares from a message, with what it says', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const ben = slack.workspace.person('ben');
  const message = await ben.says('#general', 'Payments time out\nsince the deploy of 14:00');
  await slack.workspace.person('ana').uses('incident_from_message', message);
  const ana = slack.workspace.person('ana');
  const form = await slack.until('the form', () => ana.modal);
  expect(JSON.stringify(form.blocks)).toContain('Payments time out');
  expect(JSON.stringify(form.blocks)).toContain('since the deploy of 14:00');
  expect(JSON.stringify(form.blocks)).toContain('/archives/');
  await ana.submits({});
  await slack.until('the room', () =>
    slack.workspace.channels.find(({ name }) => name === 'inc-1-payments-time-out'),
  );
});

it('puts messages on the timeline at their own time: by shortcut, by pin, by pushpin, each once', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const [ana, ben] = [slack.workspace.person('ana'), slack.workspace.person('ben')];
  const first = await ana.says(room.id, 'restarted the workers');
  const second = await ben.says(room.id, 'the queue drains');
  const third = await ben.says(room.id, 'all is well');

  await ana.uses('add_to_timeline', first);
  await slack.until('the answer', () =>
    ana.privately.find(({ words }) => /Added to the timeline/.test(words)),
  );
  await ana.pins(second);
  await ana.reacts(third, 'pushpin');
  await ben.reacts(third, 'pushpin');
  await ana.uses('add_to_timeline', first);
  await slack.until('the answer', () =>
    ana.privately.find(({ words }) => /stands on the timeline/.test(words)),
  );

  await ana.types('/inc timeline', { channel: room.id });
  const timeline = await slack.until('the timeline', () =>
    ana.privately.find(({ words }) => words.includes('all is well')),
  );
  for (const words of ['restarted the workers', 'Ben Okafor: the queue drains', 'all is well'])
    expect(timeline.words.split(words)).toHaveLength(2);
});

it('hears commands by mention, and shows everybody their own page', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  await ana.opensHome();
  const before = await slack.until('the home', () => ana.home);
  expect(before.words).toContain('Checkout fails');
  expect(before.words).toContain('primary');
  expect(before.buttons).toEqual([
    'Acknowledge #1',
    'Declare an incident',
    'Prove I can be reached',
    'My next shifts',
  ]);

  await ana.says(room.id, '@firebell ack');
  await slack.until('the news', () =>
    slack.workspace.messages(room.id).find(({ text }) => text === 'Ana Souza acknowledged.'),
  );
  await ana.opensHome();
  await slack.until('the home without it', () => ana.home?.buttons.length === 3);
  await ana.clicks('home', 'run-command#0');
  await slack.until('the form', () => ana.modal);
});

it('shows what links lead to, and a private incident in its own room alone', async () => {
  const bot = await listeningBot({ slack: { unfurlDomains: ['localhost'] } });
  const { slack } = bot;
  const ana = slack.workspace.person('ana');
  await ana.types('/inc new Payments fail sev1', { channel: '#general' });
  await slack.until('the room', () => slack.workspace.channels.find(({ name }) => name.startsWith('inc-1')));
  await ana.types('/inc new A leak of customers private', { channel: '#general' });
  const hidden = await slack.until('the private room', () =>
    slack.workspace.channels.find(
      ({ name, members }) => name.startsWith('inc-2') && members.includes(ana.id),
    ),
  );

  const unfurls = () => slack.calls.all.filter(({ method }) => method === 'chat.unfurl');
  await ana.says('#general', 'see http://localhost:8080/incidents/1');
  await ana.says('#general', 'and http://localhost:8080/incidents/2');
  await ana.says(hidden.id, 'here http://localhost:8080/incidents/2');
  await slack.until('both previews', () => unfurls().length === 2);
  expect(unfurls().map(({ args }) => args['channel'])).not.toContain(null);
  expect(JSON.stringify(unfurls()[0]?.args)).toContain('Payments fail');
  expect(unfurls()[1]?.args['channel'] ?? hidden.id).toBe(hidden.id);
});
