import { expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { ACCOUNT } from '../support/twilio/account.ts';
import { startTwilio } from '../support/twilio/server.ts';
import { startMailServer } from '../support/mail-server.ts';

it('pages the one who asks through all their rules at once, and only them', async () => {
  const mail = await startMailServer();
  onTestFinished(() => mail.close());
  const bot = await startBot({
    notify: { email: { host: '127.0.0.1', port: mail.port, from: 'bell@example.com' } },
  });

  await bot.as('cleo').types('/inc test');

  expect(await bot.ledger(1)).toEqual(['cleo dm sent, email sent > waiting']);
  expect(mail.taken.map(({ to }) => to)).toEqual([['cleo@example.com']]);
  const [page, report] = await (await bot.dm('cleo')).messages();
  expect(page?.plain).toMatch(/^TEST: /);
  expect(page?.buttons.map(({ label }) => label)).toEqual(['Acknowledge']);
  expect(report?.plain).toBe('Your test page #1: dm: sent at once; email: sent at once');
  expect((await bot.incident(1)).room).toBeNull();

  await bot.as('cleo').presses('Acknowledge', await bot.dm('cleo'));
  expect((await bot.incident(1)).status).toBe('resolved');
  expect((await bot.ledger(1))[0]).toMatch(/answered.* > acknowledged$/);
  expect((await (await bot.dm('cleo')).messages())[1]?.words).toMatch(
    /and you answered there[^]*You answered at/,
  );
});

it('ends by itself without an answer, and wakes nobody', async () => {
  const bot = await startBot();
  await bot.as('cleo').types('/inc test');

  await bot.wait(minutes(60));

  expect(await bot.ledger(1)).toEqual(['cleo dm sent > cancelled']);
  expect((await bot.incident(1)).status).toBe('cancelled');
  expect(await (await bot.dm('cleo')).buttons()).toEqual([]);
  await expect(bot.channel('firebell-admin')).rejects.toThrow('there is no channel');
});

it('shows what arrived on each channel, and why not, as the reports come in', async () => {
  const twilio = await startTwilio((request) => bot.request(request.url, request));
  onTestFinished(() => twilio.close());
  const phone = '+4915112345678';
  const bot = await startBot({
    ...peopleWith({
      cleo: {
        phone,
        handles: { ntfy: 'cleo-topic' },
        rules: { high: ['sms', 'voice', 'ntfy'], low: ['sms', 'voice', 'ntfy'] },
      },
    }),
    notify: {
      ntfy: { url: 'http://127.0.0.1:9' },
      verification: { sms: 'trusted', voice: 'trusted' },
      twilio: {
        account_sid: ACCOUNT.accountSid,
        auth_token: ACCOUNT.authToken,
        from: ACCOUNT.number,
        api_url: twilio.url,
      },
    },
  });
  await bot.as('cleo').types('/inc test');
  const report = async () =>
    (await (await bot.dm('cleo')).messages()).find(({ plain }) => plain.startsWith('Your test'));
  expect((await report())?.words).toMatch(
    /sms: sent at once[^]*voice: sent at once[^]*ntfy: failed at once: not verified\. verify ntfy sends a code there/,
  );

  const sid = (kind: string) => twilio.taken.find((one) => one.kind === kind)?.sid ?? '';
  await bot.wait(7_000);
  await twilio.line.reports(sid('Messages'), 'delivered');
  await twilio.line.progresses(sid('Calls'), 'no-answer');
  expect((await report())?.words).toMatch(
    /sms: arrived after 7 s[^]*voice: failed after 7 s: did not answer/,
  );

  await twilio.line.texts(phone, 'ok');
  expect((await report())?.words).toMatch(
    /sms: arrived after 7 s, and you answered there[^]*You answered at/,
  );
  expect((await bot.incident(1)).status).toBe('resolved');
  expect(
    (await (await bot.dm('cleo')).messages()).filter(({ plain }) => plain.startsWith('Your test')),
  ).toHaveLength(1);
});
