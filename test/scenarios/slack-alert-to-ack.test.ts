import { expect, it } from 'vitest';
import { settingsWith } from '../support/company.ts';
import { startSlackBot } from '../support/slack-bot.ts';
import { listeningBot } from '../support/slack-room.ts';

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
  'names the channel by what it is about, and puts all that is needed at hand over it',
  PATIENCE,
  async () => {
    const { alert, slack } = await listeningBot({
      sections: settingsWith({
        call_link: 'https://meet.example.com/incident-{number}',
        status_page: 'https://status.example.com/',
      }),
    });
    await alert('Checkout answers with errors');
    const ana = slack.workspace.person('ana');
    const page = await slack.until('the page', () => ana.directMessages.at(-1));
    expect(page.words).toContain('Join the call');
    const room = await slack.until('the room', () =>
      slack.workspace.channels.find(({ name }) => name.startsWith('inc-1')),
    );
    const card = await slack.until('the pinned card', () =>
      slack.workspace.messages(room.id).find(({ isPinned }) => isPinned),
    );
    // What is done to the room goes over it again, so that the card is there by then.
    await ana.types('/inc severity sev2', { channel: room.id });
    const { bookmarks, topic } = await slack.until('the bookmarks', () => {
      const now = slack.workspace.channel(room.id);
      return now.bookmarks.length === 5 && now.topic.includes('SEV2') ? now : undefined;
    });
    expect(topic).toContain('SEV2 · Checkout answers with errors');
    expect(bookmarks.map(({ title, link }) => `${title}: ${link}`).toSorted()).toEqual([
      expect.stringMatching(new RegExp(`^Call: https://meet\\.example\\.com/incident-1$`)),
      expect.stringMatching(
        new RegExp(`^Card: https://.*/archives/${room.id}/p${card.ts.replace('.', '')}$`),
      ),
      'Incident #1: http://localhost:8080/incidents/1',
      'Runbook: https://example.com/runbooks/checkout',
      'Status page: https://status.example.com/',
    ]);
    expect(card.words).toMatch(/Call:\s+Join the call\s+Status page:\s+Open the status page/);
  },
);
