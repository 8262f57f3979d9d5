import { expect, it } from 'vitest';
import { startSlackBot } from '../support/slack-bot.ts';

const PATIENCE = { timeout: 60_000 };

it(
  'opens a channel, shows the card, pages by direct message, and takes the click as the answer',
  PATIENCE,
  async () => {
    const { alert, slack } = await startSlackBot();
    const ana = slack.workspace.person('ana');

    await alert('Checkout answers with errors');
    const page = await slack.until('the page', () => ana.directMessages.at(-1));

    expect(page.words).toContain('🔴 SEV1 · #1 · Checkout answers with errors');
    expect(page.buttons).toEqual(['Acknowledge', 'Escalate now', 'I can’t', 'Open room']);
    const room = await slack.until('the room', () =>
      slack.workspace.channels.find(({ name }) => name === 'inc-1-checkout-answers-with-errors'),
    );
    const card = await slack.until('the pinned card', () =>
      slack.workspace.messages(room.id).find(({ isPinned }) => isPinned),
    );
    expect(card.words).toContain('Checkout answers with errors');

    await ana.clicks(page, 'acknowledge#0');

    const over = await slack.until('the edited page', () =>
      ana.directMessages.find(({ words }) => words.includes('You acknowledged')),
    );
    expect(over.buttons).toEqual([]);
    expect(over.ts).toBe(page.ts);
    await slack.until('the news in the room', () =>
      slack.workspace.messages(room.id).find(({ text }) => text === 'Ana Souza acknowledged.'),
    );
  },
);

it(
  'names the channel by what it is about, and puts the incident and its runbook over it',
  PATIENCE,
  async () => {
    const { alert, slack } = await startSlackBot();
    await alert('Checkout answers with errors');
    const room = await slack.until('the bookmarks', () =>
      slack.workspace.channels.find(
        ({ name, bookmarks }) => name.startsWith('inc-1') && bookmarks.length === 2,
      ),
    );
    expect(room.topic).toContain('SEV1 · Checkout answers with errors');
    expect(room.bookmarks.map(({ title, link }) => `${title}: ${link}`)).toEqual([
      'Incident #1: http://localhost:8080/incidents/1',
      'Runbook: https://example.com/runbooks/checkout',
    ]);
  },
);
