import { expect, it, vi } from 'vitest';
import { isListening, listeningBot, openedRoom } from '../support/slack-room.ts';

it('drafts the postmortem from what was said, changed, taken back and said in threads', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const [ana, ben] = [slack.workspace.person('ana'), slack.workspace.person('ben')];
  const first = await ana.says(room.id, 'The error rate went up to 40% after the deploy of 14:00');
  const wrong = await ben.says(room.id, 'The cause is the databse');
  await ben.edits(wrong, 'Root cause: the connection pool of the database was exhausted');
  const secret = await ben.says(room.id, 'the password is hunter2');
  await ben.deletes(secret);
  await ben.says(room.id, 'I rolled back the deploy, the error rate is back to normal', { thread: first.ts });
  await ana.reacts(first, 'eyes');
  await ana.types('/inc resolve rolled back', { channel: room.id });
  await slack.until('the news', () =>
    slack.workspace.messages(room.id).find(({ text }) => /resolved/.test(text)),
  );

  await ana.types('/inc postmortem', { channel: room.id });
  const draft = await slack.until('the draft', () =>
    slack.workspace
      .messages(room.id)
      .find(({ author, words }) => author === slack.bot.userId && words.includes('connection pool')),
  );
  expect(draft.words).toContain('rolled back the deploy');
  expect(JSON.stringify(draft.blocks)).not.toContain('hunter2');
  expect(JSON.stringify(draft.blocks)).not.toContain('databse');
});

it('reads from the history what was said while nobody listened', async () => {
  const bot = await listeningBot();
  const { slack } = bot;
  const room = await openedRoom(bot);
  const ana = slack.workspace.person('ana');
  const before = await ana.says(room.id, 'The error rate went up to 40%');
  slack.faults.add({ method: 'apps.connections.open', kind: 'http_503', times: 4 });
  slack.sockets.cut();
  await ana.says(room.id, 'Root cause: the certificate of the gateway had expired');
  await ana.says(room.id, 'I renewed the certificate', { thread: before.ts });
  slack.calls.forget();
  await isListening(bot);
  await vi.waitUntil(() => slack.calls.of('conversations.replies').length > 0, { timeout: 15_000 });

  await ana.types('/inc resolve', { channel: room.id });
  await ana.types('/inc postmortem', { channel: room.id });
  const draft = await slack.until('the draft', () =>
    slack.workspace
      .messages(room.id)
      .find(
        ({ author, words }) => author === slack.bot.userId && words.includes('certificate of the gateway'),
      ),
  );
  expect(draft.words).toContain('renewed the certificate');
});
