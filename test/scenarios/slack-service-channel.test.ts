import { expect, it } from 'vitest';
import { checkoutWith } from '../support/company.ts';
import { listeningBot } from '../support/slack-room.ts';

const PATIENCE = { timeout: 60_000 };

it('tells the channel of a service what becomes of its incidents, and of no others', PATIENCE, async () => {
  const { alert, slack } = await listeningBot({ sections: checkoutWith({ channels: ['#team-checkout'] }) });
  const theirs = await slack.workspace.makes('team-checkout', { by: 'ben' });
  const said = (): readonly string[] => slack.workspace.messages(theirs.id).map(({ text }) => text);
  const ana = slack.workspace.person('ana');

  await alert('Search is slow', { service: 'search' });
  await alert('Checkout answers with errors');
  await slack.until('the news', () => said().length > 0);
  const room = await slack.until('the room', () =>
    slack.workspace.channels.find(
      ({ name, members }) => /checkout-answers/.test(name) && members.includes(ana.id),
    ),
  );
  await ana.types('/inc resolve rolled back', { channel: room.id });
  await slack.until('the end', () => said().length > 1);

  expect(said()).toEqual([
    expect.stringMatching(/^#\d · SEV1 · Checkout answers with errors: /),
    expect.stringMatching(/^#\d · SEV1 · Checkout answers with errors: Ana Souza resolved/),
  ]);
  const announced = slack.workspace.channels.find(({ name }) => name === 'incidents');
  const everywhere = await slack.until('the news for all', () => {
    const all = slack.workspace.messages(announced?.id ?? '').map(({ text }) => text);
    return all.some((text) => /Search is slow/.test(text)) ? all : undefined;
  });
  expect(everywhere.join('\n')).toContain('Search is slow');
});
