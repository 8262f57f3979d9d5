import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startMailServer } from '../support/mail-server.ts';
import type { TakenMail } from '../support/mail-server.ts';

const DOMAIN = 'reply.example.com';
const FROM_ANA = 'Ana Souza <Ana@example.com>';

async function startBotWithAnswers(rules: readonly string[] = ['email']) {
  const mail = await startMailServer();
  onTestFinished(() => mail.close());
  const bot = await startBot({
    ...peopleWith({ ana: { rules: { high: rules } } }),
    notify: {
      email: {
        host: '127.0.0.1',
        port: mail.port,
        from: 'Firebell <bell@example.com>',
        replies: { domain: DOMAIN, listen: '127.0.0.1:0' },
      },
    },
  });
  await bot.alert({ title: 'Checkout answers with errors' });
  const [letter] = mail.taken;
  if (!letter) throw new Error('no mail was sent');
  const port = await bot.takesMail();
  /** Brings a mail as the mail server of the sender does; answers with its reply. */
  const brings = async (options: SendMailOptions): Promise<string> => {
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    try {
      return (await transport.sendMail(options)).response;
    } catch (error) {
      return error instanceof Error && 'response' in error ? String(error.response) : String(error);
    } finally {
      transport.close();
      await bot.settle();
    }
  };
  const answers = (text: string, over: SendMailOptions = {}): Promise<string> =>
    brings({
      from: FROM_ANA,
      to: answerTo(letter),
      subject: `Re: ${letter.headers.get('subject')}`,
      text,
      inReplyTo: letter.headers.get('message-id'),
      ...over,
    });
  return { bot, mail, letter, brings, answers };
}

function answerTo(letter: TakenMail): string {
  return letter.headers.get('reply-to') ?? '';
}

it.each([
  ['ack', 'Ack!\n\nOn Mon, 2 Mar 2026 Firebell <bell@example.com> wrote:\n> Checkout answers with errors\n'],
  ['nothing but the quotation', '\n\nOn Mon, 2 Mar 2026 Firebell <bell@example.com> wrote:\n> Checkout\n'],
])('answering the mail of a page with %s acknowledges it, and says so', async (_, text) => {
  const { bot, mail, letter, answers } = await startBotWithAnswers();
  expect(answerTo(letter)).toMatch(/^ack\+1\.1\.1\.0\.[0-9a-f]+@reply\.example\.com$/);
  expect(letter.from).toMatch(/^bounce\+1\.1\.1\.0\.[0-9a-f]+@reply\.example\.com$/);
  expect(letter.text).toContain('Or answer this mail: an empty answer, or ack, takes it');

  expect(await answers(text)).toMatch(/^250/);

  expect(await bot.ledger(1)).toEqual(['ana email sent answered > acknowledged']);
  expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
  const note = mail.taken.at(-1);
  expect(note?.to).toEqual(['ana@example.com']);
  expect(note?.from).toBe('');
  expect(note?.raw).toContain('You have it.');
  expect(note?.headers.get('auto-submitted')).toBe('auto-replied');
  expect(note?.headers.get('subject')).toBe('Re: #1 sev1: Checkout answers with errors');
});

it('“no” goes on to the next person at once; “escalate” does too, and declines nothing', async () => {
  const first = await startBotWithAnswers();
  await first.answers('No\n');
  expect(await first.bot.ledger(1)).toEqual(['ana email sent answered > declined', 'ben dm sent > waiting']);
  const second = await startBotWithAnswers();
  await second.answers('escalate');
  expect(await second.bot.ledger(1)).toEqual([
    'ana email sent answered > escalated',
    'ben dm sent > waiting',
  ]);
  expect(second.mail.taken.at(-1)?.raw).toContain('It goes on to the next step now.');
});

it('what is not understood does nothing, and says which words there are', async () => {
  const { bot, mail, answers } = await startBotWithAnswers();
  expect(await answers('What is this about?')).toMatch(/^250/);
  expect(await bot.ledger(1)).toEqual(['ana email sent > waiting']);
  expect(mail.taken.at(-1)?.raw).toContain('Nothing was done');
});

it('only the person who was paged answers, from their own address', async () => {
  const { bot, mail, letter, answers, brings } = await startBotWithAnswers();
  const envelope = { from: 'ana@example.com', to: answerTo(letter) };
  const refused = /^550 5\.7\.1 only whoever was paged/;
  for (const from of ['ben@example.com', 'ana@example.com.evil.example'])
    expect(await answers('ack', { from, envelope })).toMatch(refused);
  for (const head of [
    'From: ana@example.com, ben@example.com',
    'From: ben@example.com\r\nFrom: ana@example.com',
    'From: ana@example.com <ben@example.com>',
    'Sender: ana@example.com',
  ])
    expect(await brings({ envelope, raw: `${head}\r\nSubject: x\r\n\r\nack\r\n` })).toMatch(refused);
  expect(await bot.ledger(1)).toEqual(['ana email sent > waiting']);
  expect(mail.taken).toHaveLength(1);
});

it('takes mail for nobody else: it relays nothing', async () => {
  const { letter, brings } = await startBotWithAnswers();
  const forged = answerTo(letter).replace(/.@/, '0@').replace('1.1.1.0', '1.1.2.0');
  for (const to of ['victim@elsewhere.example', `postmaster@${DOMAIN}`, forged, 'ana@example.com'])
    expect(await brings({ from: FROM_ANA, to, text: 'ack' })).toMatch(/^550 5\.1\.1/);
});

it('absence notes, lists and mail from nobody acknowledge nothing, and nobody answers them', async () => {
  const { bot, mail, letter, answers } = await startBotWithAnswers();
  const to = answerTo(letter);
  await answers('I am on holiday', { headers: { 'Auto-Submitted': 'auto-replied' } });
  await answers('', { headers: { 'Auto-Submitted': 'auto-generated (rejected)' } });
  await answers('ack', { headers: { Precedence: 'bulk' } });
  await answers('ack', { headers: { 'X-Autoreply': 'yes' } });
  await answers('ack', { headers: { 'List-Id': '<everybody.example.com>' } });
  await answers('ack', { envelope: { from: '', to } });
  await answers('ack', { to: letter.from });
  expect(await bot.ledger(1)).toEqual(['ana email sent > waiting']);
  expect(mail.taken).toHaveLength(1);
  await answers('ack', { headers: { 'Auto-Submitted': 'no' } });
  expect(await bot.ledger(1)).toEqual(['ana email sent answered > acknowledged']);
});

function report(letter: TakenMail, action: string): SendMailOptions {
  const parts = [
    ['text/plain', 'Your mail could not be delivered.'],
    [
      'message/delivery-status',
      `Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; ana@example.com\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such\r\n mailbox`,
    ],
    ['message/rfc822', 'Subject: #1\r\n\r\nack'],
  ];
  const body = parts.map(([type, text]) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`).join('');
  return {
    envelope: { from: '', to: letter.from },
    raw: `From: MAILER-DAEMON@mx.example.com\r\nTo: ${letter.from}\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n${body}--b--\r\n`,
  };
}

it('a mail that comes back counts as failed, and the next rule has its turn at once', async () => {
  const { bot, letter, brings } = await startBotWithAnswers(['email', 'dm after 4m']);
  expect(await brings(report(letter, 'delayed'))).toMatch(/^250/);
  expect(await bot.ledger(1)).toEqual(['ana email sent > waiting']);

  expect(await brings(report(letter, 'failed'))).toMatch(/^250/);

  expect(await bot.ledger(1)).toEqual([
    'ana email failed (The mail came back: 550 5.1.1 no such mailbox), dm sent > waiting',
  ]);
  expect(await brings(report(letter, 'failed'))).toMatch(/^250/);
  expect(await bot.ledger(1)).toHaveLength(1);
});

it('an answer that comes late takes nothing from whoever has it', async () => {
  const { bot, mail, answers } = await startBotWithAnswers();
  await bot.wait(minutes(5));
  await bot.as('ben').types('/inc ack', await bot.room(1));
  await answers('ack');
  expect((await bot.incident(1)).acknowledgedBy).toEqual({ kind: 'person', id: 'ben' });
  expect(mail.taken.at(-1)?.raw).toContain('Ben Okafor was first');
});

it('what is no mail, or too much of it, is refused', async () => {
  const { bot, letter, answers, brings } = await startBotWithAnswers();
  expect(await answers('x'.repeat(6 * 1024 * 1024))).toMatch(/^5/);
  const nested = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(100);
  const raw = `From: ${FROM_ANA}\r\n${nested}`;
  expect(await brings({ envelope: { from: 'ana@example.com', to: answerTo(letter) }, raw })).toMatch(
    /^(250|5)/,
  );
  expect(await bot.ledger(1)).toEqual(['ana email sent > waiting']);
});
