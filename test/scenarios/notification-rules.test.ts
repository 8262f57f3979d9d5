import { expect, it, onTestFinished } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startMailServer } from '../support/mail-server.ts';
import { startNtfy } from '../support/ntfy/server.ts';

const ALERT = { title: 'Checkout answers with errors' };
const TOKEN = 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2';

async function startBotWithEverything(rules: object = {}, more: object = {}) {
  const [mail, ntfy] = [await startMailServer(), await startNtfy({ token: TOKEN })];
  onTestFinished(async () => {
    await mail.close();
    await ntfy.close();
  });
  const bot = await startBot({
    ...peopleWith({ ana: { handles: { ntfy: 'firebell-ana-Qh3kX9' }, ...rules } }),
    notify: {
      verification: 'trusted',
      ntfy: { url: ntfy.url, token: TOKEN },
      email: { host: '127.0.0.1', port: mail.port, from: 'Firebell <bell@example.com>' },
    },
    ...more,
  });
  return { bot, ntfy };
}

it('without rules of one’s own: the direct message now, every other way two minutes later', async () => {
  const { bot } = await startBotWithEverything();
  await bot.alert(ALERT);
  await bot.wait(seconds(119));
  expect(await bot.ledger(1)).toEqual(['ana dm sent > waiting']);

  await bot.wait(seconds(1));

  expect(await bot.ledger(1)).toEqual(['ana dm sent, email sent, ntfy sent > waiting']);
});

it('each way at its own time, by the urgency', async () => {
  const severities = { sev1: {}, sev2: {}, sev3: { urgency: 'low' } };
  const rules = { high: ['ntfy', 'email after 1m', 'dm after 3m'], low: ['dm'] };
  const { bot } = await startBotWithEverything({ rules }, { severities });
  await bot.alert(ALERT);
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent > waiting']);
  await bot.wait(minutes(1));
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent, email sent > waiting']);
  await bot.wait(minutes(2));
  expect(await bot.ledger(1)).toEqual(['ana ntfy sent, email sent, dm sent > waiting']);

  await bot.wait(seconds(10));
  await bot.alert({ title: 'The index is old', service: 'search', severity: 'info' });
  expect(await bot.ledger(2)).toEqual(['ana dm sent > waiting']);
});

it('waits as long as the provider asks, holds nobody else up, and gives up within ten minutes', async () => {
  const step = { targets: [{ person: 'ana' }, { person: 'ben' }], ack_within: '15m' };
  const policies = { main: { steps: [step, { targets: [{ person: 'cleo' }], ack_within: '5m' }] } };
  const { bot, ntfy } = await startBotWithEverything({ rules: { high: ['ntfy'] } }, { policies });
  ntfy.be({ kind: 'refuses', code: 42901, words: 'too many requests', retryAfter: 180 });
  await bot.alert(ALERT);
  expect(await bot.ledger(1)).toEqual(['ana ntfy intended > waiting', 'ben dm sent > waiting']);

  ntfy.be({ kind: 'works' });
  await bot.wait(seconds(179));
  expect((await bot.ledger(1))[0]).toBe('ana ntfy intended > waiting');
  await bot.wait(seconds(1));
  expect((await bot.ledger(1))[0]).toBe('ana ntfy sent > waiting');

  ntfy.be({ kind: 'refuses', code: 42901, words: 'too many requests' });
  await bot.alert({ title: 'The index is broken', service: 'search' });
  await bot.wait(minutes(11));
  const [ana, ben] = await bot.ledger(2);
  expect(ana).toMatch(/^ana ntfy failed \(.*too many requests.*\) > unreachable$/);
  expect(ben).toBe('ben dm sent, email sent > waiting');
});
