import { expect, it } from 'vitest';
import { listeningBot, openedRoom } from '../support/slack-room.ts';

it('declares by a form, with words at the field that is wrong', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const ana = slack.workspace.person('ana');
  await ana.uses('declare_incident');
  const form = await slack.until('the form', () => ana.modal);
  expect(form.title).toBe('Declare an incident');
  expect(form.fields).toEqual([
    'What is wrong?',
    'How bad?',
    'Which service?',
    'What do you know?',
    'Private',
    'Drill',
  ]);

  const missing = await ana.submits({ 'What is wrong?': '' });
  expect(missing.modal).not.toBeNull();
  const wrong = await ana.submits({ 'What is wrong?': '   ' });
  expect(Object.values(wrong.fieldErrors)).toEqual(['Say in a few words what is wrong.']);
  const sent = await ana.submits({ 'What is wrong?': 'Search is slow', 'How bad?': 'SEV1' });
  expect(sent.error).toBeNull();
  expect(ana.modal).toBeNull();
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(({ name }) => name === 'inc-1-search-is-slow'),
  );
  expect(room.isPrivate).toBe(false);
  await slack.until('the word', () => ana.directMessages.find(({ words }) => words.includes('declared')));
});

it('posts an update, gives a role, adds a task and puts somebody on call by forms', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  const said = (words: RegExp) =>
    slack.until(String(words), () => slack.workspace.messages(room.id).find(({ text }) => words.test(text)));

  await ana.types('/inc update', { channel: room.id });
  await slack.until('the form', () => ana.modal);
  const wrong = await ana.submits({
    'What should everybody know?': 'Rolling back',
    'Next update in': 'soon',
  });
  expect(Object.values(wrong.fieldErrors)).toEqual(['Write it as a duration, for example 30m or 2h.']);
  await ana.submits({ 'What should everybody know?': 'Rolling back', 'Next update in': '30m' });
  await said(/Rolling back/);

  await ana.types('/inc role', { channel: room.id });
  const roles = await slack.until('the roles', () => ana.privately.at(-1));
  await ana.clicks(roles, 'assign-role#0');
  await slack.until('the form', () => ana.modal);
  await ana.submits({ 'Which role?': 'scribe', 'Who takes it?': 'Ben Okafor' });
  await said(/Ben Okafor.*scribe|scribe.*Ben Okafor/);

  await ana.types('/inc task', { channel: room.id });
  await slack.until('the form', () => ana.modal);
  await ana.submits({ 'What is to be done?': 'Call the vendor', 'Who does it?': 'ben' });
  await said(/Call the vendor/);

  await ana.types('/inc override', { channel: room.id });
  await slack.until('the form', () => ana.modal);
  const late = await ana.submits({ 'Which schedule?': 'secondary', Until: 'never' });
  expect(Object.keys(late.fieldErrors)).toEqual(['field-until']);
  await ana.submits({ 'Which schedule?': 'secondary', Until: '8h' });
  const done = await slack.until('the answer', () =>
    ana.privately.find(({ words }) => /override \d/.test(words)),
  );
  expect(done.words).toContain('Ana Souza');
});

it('offers a button when it was too late to open the form', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const ana = slack.workspace.person('ana');
  slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
  await ana.types('/inc new', { channel: '#general' });
  const offer = await slack.until('the offer', () => ana.privately.at(-1));
  expect(offer.words).toContain('press the button to open the form');
  expect(ana.modal).toBeNull();

  await ana.clicks(offer, 'open-form#0');
  await slack.until('the form', () => ana.modal);
  await ana.submits({ 'What is wrong?': 'Too late, and still told' });
  await slack.until('the room', () => slack.workspace.channels.find(({ name }) => name.startsWith('inc-1')));
});

it('keeps what a message says when it was too late to declare from it', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const [ana, ben] = [slack.workspace.person('ana'), slack.workspace.person('ben')];
  const lines = Array.from({ length: 200 }, (_, n) => `timeout in worker ${n}`);
  const message = await ben.says('#general', ['Payments time out', ...lines].join('\n'));
  slack.faults.add({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
  await ana.uses('incident_from_message', message);
  const offer = await slack.until('the offer', () => ana.privately.at(-1));

  await ana.clicks(offer, 'open-form#0');
  const form = await slack.until('the form', () => ana.modal);
  const shown = JSON.stringify(form.blocks);
  for (const kept of ['Payments time out', 'timeout in worker 0', '/archives/'])
    expect(shown).toContain(kept);
  await ana.submits({});
  await slack.until('the room', () =>
    slack.workspace.channels.find(({ name }) => name === 'inc-1-payments-time-out'),
  );
});
