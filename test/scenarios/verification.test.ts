import { describe, expect, it, onTestFinished } from 'vitest';
import { minutes, seconds, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { startMailServer } from '../support/mail-server.ts';
import { ACCOUNT } from '../support/twilio/account.ts';
import { startTwilio } from '../support/twilio/server.ts';

const ALERT = { title: 'Checkout answers with errors' };
const ANA = '+4915112345678';

async function startBotThatAsks(rules: readonly string[], people: Readonly<Record<string, object>> = {}) {
  const twilio = await startTwilio((request) => bot.request(request.url, request));
  onTestFinished(() => twilio.close());
  const notify = {
    twilio: {
      account_sid: ACCOUNT.accountSid,
      auth_token: ACCOUNT.authToken,
      from: ACCOUNT.number,
      api_url: twilio.url,
    },
  };
  const company = (phone: string) => ({
    ...peopleWith({ ana: { phone, rules: { high: rules } }, ...people }),
    notify,
  });
  const bot = await startBot(company(ANA));
  const lastCode = () => /\b(\d{6})\b/.exec(twilio.taken.at(-1)?.body ?? '')?.[1] ?? '';
  return { bot, twilio, line: twilio.line, lastCode, company };
}

describe('an address that is not verified', () => {
  it('is not used: the page goes on at once, its owner hears once what to do, and the admins of it', async () => {
    const { bot, twilio } = await startBotThatAsks(['sms', 'dm after 2m']);
    await bot.alert(ALERT);
    expect(await bot.ledger(1)).toEqual(['ana sms failed (not verified), dm sent > waiting']);
    expect(twilio.taken).toEqual([]);
    const said = (await (await bot.dm('ana')).says()).filter((words) => words.includes('not verified yet'));
    expect(said).toEqual([expect.stringContaining('+49…78')]);
    expect(await (await bot.dm('ana')).buttons()).toContain('Send me the code');
    expect((await (await bot.channel('firebell-admin')).last()).plain).toContain(
      'Pages for Ana Souza skip sms',
    );

    await bot.as('ana').types('/inc resolve', await bot.room(1));
    await bot.alert({ title: 'Search is slow', service: 'search' });
    const again = (await (await bot.dm('ana')).says()).filter((words) => words.includes('not verified yet'));
    expect(again).toHaveLength(1);
  });

  it('is used at the end of the line, where a wrong number is better than silence, and its digits still answer', async () => {
    const { bot, twilio, line } = await startBotThatAsks(['sms'], {
      ben: { rules: { high: ['dm'] } },
      cleo: { phone: '+351912345678', rules: { high: ['sms'] } },
    });
    await bot.alert(ALERT);
    await bot.wait(minutes(10));
    expect(twilio.taken.map(({ to }) => to)).toEqual(['+351912345678']);

    expect((await line.texts('+351912345678', 'ack')).texts[0]).toMatch(
      /^Nothing was done: this number is not verified/,
    );
    const [, code = ''] = /Reply (\d{4})/.exec(twilio.taken[0]?.body ?? '') ?? [];
    expect((await line.texts('+351912345678', code)).texts[0]).toMatch(/^You have #1/);
  });

  it('is proven by the code that comes there; calls to the same number with it', async () => {
    const { bot, twilio, lastCode } = await startBotThatAsks(['sms', 'voice after 1m'], {
      ben: { phone: '+4915112345679' },
    });
    const ana = bot.as('ana');
    expect((await ana.types('/inc contacts')).words).toMatch(/sms \+49…78: not verified.*verify sms/);
    expect((await ana.types('/inc verify')).words).toContain('A code is on its way to +49…78 (sms)');
    expect(twilio.taken[0]?.to).toBe(ANA);
    const code = lastCode();
    expect((await ana.types('/inc verify sms')).words).toContain('less than a minute ago');
    const wrong = code === '000000' ? '111111' : '000000';
    expect((await ana.types(`/inc verify ${wrong}`)).words).toContain('That is not the code');
    expect((await bot.as('ben').types(`/inc verify ${code}`)).words).toContain('No code is waiting');
    expect((await ana.types('/inc verify soon')).words).toContain('A code has six digits');

    expect((await ana.types(`/inc verify ${code.slice(0, 3)} ${code.slice(3)}`)).words).toContain(
      'by sms and voice now',
    );
    expect((await ana.types(`/inc verify ${code}`)).words).toContain('No code is waiting');
    await bot.alert(ALERT);
    await bot.wait(minutes(1));
    expect(await bot.ledger(1)).toEqual(['ana sms sent, voice sent > waiting']);
  });

  it('takes five tries and ten minutes, and five codes a day', async () => {
    const { bot, lastCode } = await startBotThatAsks(['sms']);
    const ana = bot.as('ana');
    await ana.types('/inc verify sms');
    const code = lastCode();
    const wrong = code === '000000' ? '111111' : '000000';
    for (let n = 0; n < 5; n += 1) await ana.types(`/inc verify ${wrong}`);
    expect((await ana.types(`/inc verify ${code}`)).words).toContain('No code is waiting');

    await bot.wait(minutes(1));
    await ana.types('/inc verify sms');
    await bot.wait(minutes(10));
    expect((await ana.types(`/inc verify ${lastCode()}`)).words).toContain('No code is waiting');

    for (let n = 0; n < 3; n += 1) {
      await ana.types('/inc verify sms');
      await bot.wait(minutes(1) + seconds(1));
    }
    expect((await ana.types('/inc verify sms')).words).toContain('5 codes went there within a day');
  });

  it('that is not there is asked of nobody: the answer says where it is written, or what is not set up', async () => {
    const { bot } = await startBotThatAsks(['sms']);
    const words = async (who: string, typed: string) => (await bot.as(who).types(typed)).words;

    const missing = /You have no number for sms\..*adds it as phone to your entry.*contacts shows/;
    expect(await words('cleo', 'verify sms')).toMatch(missing);
    expect(await words('cleo', 'verify sms 123456')).toMatch(missing);
    expect(await words('cleo', 'verify voice')).toContain('You have no number for voice.');
    expect(await words('cleo', 'verify pushover 123456')).toContain('You have no user key for pushover.');
    expect(await words('ana', 'verify email')).toMatch(/Nothing is sent by email here.*under notify/);
    expect(await words('ben', 'verify 123456')).toContain('You have no address that a code could come from.');
  });

  it('is unverified again when it changes', async () => {
    const { bot, lastCode, company } = await startBotThatAsks(['sms']);
    await bot.as('ana').types('/inc verify sms');
    await bot.as('ana').types(`/inc verify ${lastCode()}`);
    expect((await bot.as('ana').types('/inc contacts')).words).toContain('sms +49…78: verified');
    await bot.rewrites(company('+4915100000099'));
    expect((await bot.as('ana').types('/inc contacts')).words).toContain('sms +49…99: not verified');
  });

  it('is heard by telephone, digit by digit', async () => {
    const { bot, twilio } = await startBotThatAsks(['voice']);
    await bot.as('ana').types('/inc verify voice');
    const digits = /code is: ((?:\d, ){5}\d)\./.exec(twilio.taken[0]?.body ?? '')?.[1] ?? '';
    expect((await bot.as('ana').types(`/inc verify ${digits.replaceAll(', ', '')}`)).words).toContain(
      'by sms and voice now',
    );
  });
});

describe('an address that fails', () => {
  it('is shown to its owner and to the admins, tried all the same, and healed by a delivery', async () => {
    const { bot, twilio, line, lastCode } = await startBotThatAsks(['sms', 'dm']);
    await bot.as('ana').types('/inc verify sms');
    await bot.as('ana').types(`/inc verify ${lastCode()}`);
    await bot.alert(ALERT);
    const { sid = '' } = twilio.taken.at(-1) ?? {};
    await line.reports(sid, 'undelivered', { ErrorCode: '30005' });

    const failing = /sms \+49…78: verified, but failing since .* the number is unknown/;
    expect((await bot.as('ana').types('/inc contacts')).words).toMatch(failing);
    expect((await bot.as('dev').types('/inc contacts')).words).toContain('Ana Souza · sms +49…78');
    expect((await bot.as('ben').types('/inc contacts')).words).not.toContain('Ana Souza');
    expect((await (await bot.dm('ana')).says()).join('\n')).toContain('does not work: the number is unknown');

    await bot.as('ana').types('/inc resolve', await bot.room(1));
    await bot.alert({ title: 'Search is slow', service: 'search' });
    await line.reports(twilio.taken.at(-1)?.sid ?? '', 'delivered');
    expect((await bot.as('ana').types('/inc contacts')).words).toContain('sms +49…78: verified');
    expect((await bot.as('ana').types('/inc contacts')).words).not.toMatch(/failing/);
  });

  it('that replied STOP is failing until it replies START', async () => {
    const { bot, line } = await startBotThatAsks(['sms', 'dm']);
    expect((await line.texts(ANA, 'STOP')).texts).toEqual([]);
    expect((await bot.as('ana').types('/inc contacts')).words).toContain('has replied STOP');
    await line.texts(ANA, 'start');
    expect((await bot.as('ana').types('/inc contacts')).words).not.toContain('STOP');
  });
});

it('mail is trusted as the reviewed file says it, unless the file asks for a code', async () => {
  const mail = await startMailServer();
  onTestFinished(() => mail.close());
  const email = { host: '127.0.0.1', port: mail.port, from: 'bell@example.com' };
  const people = peopleWith({ ana: { rules: { high: ['email'] } } });
  const bot = await startBot({ ...people, notify: { email } });
  expect((await bot.as('ana').types('/inc contacts')).words).toContain('email a…@example.com: trusted');
  await bot.alert(ALERT);
  expect((await bot.ledger(1))[0]).toBe('ana email sent > waiting');

  await bot.rewrites({ ...people, notify: { email, verification: { email: 'required' } } });
  await bot.alert({ title: 'Search is slow', service: 'search' });
  expect((await bot.ledger(2))[0]).toBe('ana email failed (not verified) > unreachable');
  await bot.as('ana').types('/inc verify');
  const code = /^(\d{6}) /m.exec(mail.taken.at(-1)?.text || mail.taken.at(-1)?.raw || '')?.[1] ?? '';
  expect((await bot.as('ana').types(`/inc verify ${code}`)).words).toContain('by email now');
});
