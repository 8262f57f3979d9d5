import { expect, it, onTestFinished } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startMailServer } from '../support/mail-server.ts';

const ALERT = { title: 'Checkout answers with errors' };

async function startBotWithMail(rules: readonly string[]) {
  const mail = await startMailServer();
  const bot = await startBot({
    ...peopleWith({ ana: { rules: { high: rules } } }),
    notify: { email: { host: '127.0.0.1', port: mail.port, from: 'Firebell <bell@example.com>' } },
  });
  onTestFinished(() => mail.close());
  return { bot, mail };
}

it('mails after a minute without an answer; a scanner that opens the link does nothing, the button acknowledges', async () => {
  const { bot, mail } = await startBotWithMail(['dm', 'email after 1m']);
  await bot.alert(ALERT);
  await bot.wait(seconds(59));
  expect(mail.taken).toEqual([]);

  await bot.wait(seconds(1));
  const [letter] = mail.taken;
  expect(letter?.to).toEqual(['ana@example.com']);
  expect(letter?.headers.get('subject')).toContain('Checkout answers with errors');
  const link = /http:\/\/localhost:8080\/ack\/\S+/.exec(letter?.text ?? '')?.[0] ?? '';
  expect(link).not.toBe('');

  for (const method of ['GET', 'HEAD', 'GET']) {
    const response = await bot.request(link, { method });
    expect(response.status).toBe(200);
  }
  expect(await bot.ledger(1)).toEqual(['ana dm sent, email sent > waiting']);

  const response = await bot.request(link, { method: 'POST' });
  expect(await response.text()).toContain('You have it');
  expect(await bot.ledger(1)).toEqual(['ana dm sent, email sent answered > acknowledged']);
  expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
  await bot.wait(minutes(60));
  expect(mail.taken).toHaveLength(1);
  expect(await bot.ledger(1)).toHaveLength(1);
});

it('sends no mail to somebody who answered in time', async () => {
  const { bot, mail } = await startBotWithMail(['dm', 'email after 1m']);
  await bot.alert(ALERT);
  await bot.wait(seconds(30));
  await bot.as('ana').types('/inc ack', await bot.room(1));

  await bot.wait(minutes(10));

  expect(mail.taken).toEqual([]);
  expect(await bot.ledger(1)).toEqual(['ana dm sent answered > acknowledged']);
});

it('a link whose page is over acknowledges nothing and says so', async () => {
  const { bot, mail } = await startBotWithMail(['email']);
  await bot.alert(ALERT);
  const link = /http:\/\/localhost:8080\/ack\/\S+/.exec(mail.taken[0]?.text ?? '')?.[0] ?? '';
  await bot.wait(minutes(6));

  const response = await bot.request(link, { method: 'POST' });

  expect(await response.text()).toContain('This page is over');
  expect((await bot.incident(1)).acknowledgedBy).toBeNull();
  expect(await bot.ledger(1)).toEqual(['ana email sent > escalated', 'ben dm sent > waiting']);
});

it('goes on to the next person at once when the mail server refuses the only way to somebody', async () => {
  const { bot, mail } = await startBotWithMail(['email']);
  mail.be({ kind: 'says', at: 'rcpt', code: 550, words: '5.1.1 no such mailbox' });

  await bot.alert(ALERT);

  const [first, second] = await bot.ledger(1);
  expect(first).toMatch(/^ana email failed \(.*no such mailbox.*\) > unreachable$/);
  expect(second).toBe('ben dm sent > waiting');
  const said = await (await bot.room(1)).says();
  expect(said.join('\n')).toMatch(/Ana Souza could not be reached: email: .*no such mailbox/);
  expect(said).toContain('Step 1 was skipped: nobody there can be reached.');
});
