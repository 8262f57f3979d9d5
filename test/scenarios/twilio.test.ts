import { describe, expect, it, onTestFinished } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';
import { peopleWith } from '../support/company.ts';
import { ACCOUNT } from '../support/twilio/account.ts';
import { startTwilio } from '../support/twilio/server.ts';

const ALERT = { title: 'Checkout answers with errors' };
const ANA = '+4915112345678';
const BEN = '+351912345678';

async function startBotWithTwilio(rules: readonly string[], verification: object | string = 'trusted') {
  const twilio = await startTwilio(
    (request) => bot.request(request.url, request),
    () => bot.now,
  );
  onTestFinished(() => twilio.close());
  const bot = await startBot({
    ...peopleWith({
      ana: { phone: ANA, rules: { high: rules } },
      ben: { phone: BEN, rules: { high: ['dm'] } },
    }),
    notify: {
      verification,
      twilio: {
        account_sid: ACCOUNT.accountSid,
        auth_token: ACCOUNT.authToken,
        from: ACCOUNT.number,
        api_url: twilio.url,
      },
    },
  });
  return { bot, twilio, line: twilio.line };
}

describe('a page by SMS', () => {
  it('is on record as it travels, and a reply acknowledges it and stops everything', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['dm', 'sms after 1m', 'voice after 3m']);
    await bot.alert(ALERT);
    await bot.wait(minutes(1));
    const [message] = twilio.taken;
    expect(message?.to).toBe(ANA);
    expect(await bot.ledger(1)).toEqual(['ana dm sent, sms sent > waiting']);

    await line.reports(message?.sid ?? '', 'delivered');
    expect(await bot.ledger(1)).toEqual(['ana dm sent, sms delivered > waiting']);

    const { texts } = await line.texts(ANA, 'Ack');
    expect(texts).toEqual(['You have #1 Checkout answers with errors. The paging has stopped for you.']);
    expect(await bot.ledger(1)).toEqual(['ana dm sent, sms delivered answered > acknowledged']);
    expect((await (await bot.room(1)).last()).plain).toBe('Ana Souza acknowledged.');
    await bot.wait(minutes(60));
    expect(twilio.taken).toHaveLength(1);
  });

  it('can be answered late, by its code, and twice; the answer always says how it stands', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    const [, code = ''] = /Reply (\d{4})/.exec(twilio.taken[0]?.body ?? '') ?? [];
    await bot.wait(minutes(6));
    expect((await bot.ledger(1))[0]).toBe('ana sms sent > escalated');

    expect((await line.texts(ANA, 'esc')).texts[0]).toMatch(/^Your page for #1 .* is over\./);
    expect((await line.texts(ANA, code)).texts[0]).toMatch(/^You have #1/);
    expect((await line.texts(ANA, code)).texts[0]).toMatch(/^You have #1/);
    expect((await bot.incident(1)).acknowledgedBy).toEqual({ kind: 'person', id: 'ana' });
  });

  it('is passed on, or declined, by a reply; words that might mean anything do nothing', async () => {
    const { bot, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    for (const words of ['what is this', 'ack 9', 'not ack'])
      expect((await line.texts(ANA, words)).texts[0]).toMatch(/nothing was done/);
    expect(await bot.ledger(1)).toEqual(['ana sms sent > waiting']);

    expect((await line.texts(ANA, 'no')).texts[0]).toMatch(/^Understood: somebody else is paged/);
    expect(await bot.ledger(1)).toEqual(['ana sms sent answered > declined', 'ben dm sent > waiting']);
  });

  it('two that wait are told apart, and the other is not forgotten', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    await bot.wait(minutes(1));
    await bot.alert({ title: 'Search is slow', service: 'search' });

    const [said = ''] = (await line.texts(ANA, 'ack')).texts;
    const [, code = ''] = /Reply (\d{4})/.exec(twilio.taken[0]?.body ?? '') ?? [];
    expect(said).toMatch(/^You have #2 Search is slow/);
    expect(said).toContain(`You are still paged for #1 Checkout answers with errors: reply ${code}.`);
    expect((await line.texts(ANA, code)).texts[0]).toMatch(/^You have #1/);
  });

  it('is passed on once by a reply that Twilio tells twice, and no other page with it', async () => {
    const { bot, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    await bot.wait(minutes(1));
    await bot.alert({ title: 'Search is slow', service: 'search' });

    expect((await line.texts(ANA, 'esc', 'SM1')).texts[0]).toMatch(/^#2 Search is slow goes on/);
    expect((await line.texts(ANA, 'esc', 'SM1')).texts).toEqual([]);

    expect(await bot.ledger(1)).toEqual(['ana sms sent > waiting']);
    expect((await line.texts(ANA, 'esc', 'SM2')).texts[0]).toMatch(/^#1 .* goes on/);
  });

  it('goes to the next person at once when the number does not exist, and when the carrier finds out later', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['sms']);
    twilio.refuseNumber(ANA, 21211, 'not a valid phone number');
    await bot.alert(ALERT);
    const [first, second] = await bot.ledger(1);
    expect(first).toMatch(/^ana sms failed \(the number is not valid.*\) > unreachable$/);
    expect(second).toBe('ben dm sent > waiting');

    twilio.refuseNumber(ANA, 0, '');
    const other = await startBotWithTwilio(['sms', 'voice after 2m']);
    await other.bot.alert(ALERT);
    await other.line.reports(other.twilio.taken[0]?.sid ?? '', 'undelivered', { ErrorCode: '30005' });
    expect(await other.bot.ledger(1)).toEqual([
      'ana sms failed (the number is unknown or no longer in service (Twilio 30005)), voice sent > waiting',
    ]);
    expect(line).toBeDefined();
  });

  it('keeps its state however its reports overtake each other', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    const { sid = '' } = twilio.taken[0] ?? {};
    for (const status of ['delivered', 'sent', 'delivered', 'queued', 'undelivered'])
      await line.reports(sid, status);
    expect(await bot.ledger(1)).toEqual(['ana sms delivered > waiting']);
  });

  it('is not sent twice when the answer was lost after Twilio had taken it', async () => {
    const { bot, twilio } = await startBotWithTwilio(['sms']);
    twilio.be({ kind: 'does_it_silently' });
    await bot.alert(ALERT);
    twilio.be({ kind: 'takes_it' });
    await bot.wait(minutes(1));
    expect(twilio.taken).toHaveLength(1);
    expect(await bot.ledger(1)).toEqual(['ana sms sent > waiting']);
  });

  it('takes no word from strangers, nor from anybody whom Twilio does not vouch for', async () => {
    const { bot, line } = await startBotWithTwilio(['sms']);
    await bot.alert(ALERT);
    expect((await line.texts('+15550001111', 'ack')).texts).toEqual([]);
    expect((await line.texts(BEN, 'hello')).texts[0]).toMatch(/^Nobody is paging you/);
    const forged = await line.post('http://localhost:8080/twilio/sms', { From: ANA, Body: 'ack' }, 'AAAA');
    expect([forged.status, await forged.text()]).toEqual([
      403,
      expect.stringContaining('notify.twilio.auth_token'),
    ]);
    expect(await bot.ledger(1)).toEqual(['ana sms sent > waiting']);
  });
});

describe('a page by telephone', () => {
  it('says twice what burns; key 1 acknowledges and stops the direct message', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['dm', 'voice']);
    await bot.alert(ALERT);
    const { sid = '' } = twilio.taken[0] ?? {};
    const heard = await line.picksUp(sid, 'human');
    expect(heard.says.filter((words) => words.includes('Checkout answers with errors'))).toHaveLength(2);
    expect(heard.says[1]).toBe('Press 1 to acknowledge, 2 to escalate, 3 if you can not take it.');

    const wrong = await line.presses(sid, heard, '9');
    expect(wrong.keysGoTo).not.toBeNull();
    const { says, hangsUp } = await line.presses(sid, wrong, '1');
    expect([says.join(' '), hangsUp]).toEqual([expect.stringMatching(/^You have incident 1 /), true]);
    await line.progresses(sid, 'completed');

    expect(await bot.ledger(1)).toEqual(['ana dm sent, voice delivered answered > acknowledged']);
    expect(await (await bot.dm('ana')).buttons()).toEqual([]);
  });

  it('key 2 passes it on, key 3 declines it', async () => {
    for (const [key, end] of [
      ['2', 'escalated'],
      ['3', 'declined'],
    ] as const) {
      const { bot, twilio, line } = await startBotWithTwilio(['voice']);
      await bot.alert(ALERT);
      const { sid = '' } = twilio.taken[0] ?? {};
      await line.presses(sid, await line.picksUp(sid, 'unknown'), key);
      const [first, second] = await bot.ledger(1);
      expect([first, second]).toEqual([`ana voice delivered answered > ${end}`, 'ben dm sent > waiting']);
    }
  });

  it.each([
    ['no-answer', {}, 'did not answer'],
    ['busy', {}, 'did not answer: busy'],
    ['failed', {}, 'the number could not be called'],
    ['completed', { AnsweredBy: 'machine_start' }, 'a mailbox took the call'],
    ['completed', {}, 'the call was taken, and no key was pressed'],
  ])('that ends as %s %o is no answer: the next person is paged at once', async (status, more, reason) => {
    const { bot, twilio, line } = await startBotWithTwilio(['voice']);
    await bot.alert(ALERT);
    await line.progresses(twilio.taken[0]?.sid ?? '', status, more);
    expect(await bot.ledger(1)).toEqual([
      `ana voice failed (${reason}) > unreachable`,
      'ben dm sent > waiting',
    ]);
  });

  it('tells a mailbox nothing, and whoever takes it too late who has it', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['dm', 'voice']);
    await bot.alert(ALERT);
    const { sid = '' } = twilio.taken[0] ?? {};
    expect((await line.picksUp(sid, 'machine_start')).says).toEqual([]);

    await bot.as('ana').types('/inc ack', await bot.room(1));
    const late = await line.picksUp(sid, 'human');
    expect(late.says.join(' ')).toMatch(
      /^Firebell\. Ana Souza has it since .* Nothing is left to do\. Goodbye\.$/,
    );
    expect(late.keysGoTo).toBeNull();
  });

  it('is not made twice when the answer was lost: its own reports tell of it', async () => {
    const { bot, twilio, line } = await startBotWithTwilio(['voice']);
    twilio.be({ kind: 'does_it_silently' });
    await bot.alert(ALERT);
    twilio.be({ kind: 'takes_it' });
    await line.progresses(twilio.taken[0]?.sid ?? '', 'initiated');
    await bot.wait(minutes(1));
    expect(twilio.taken).toHaveLength(1);
    expect(await bot.ledger(1)).toEqual(['ana voice sent > waiting']);
  });

  it('is not made twice when the process died over it, and its reports found nobody', async () => {
    const { bot, twilio } = await startBotWithTwilio(['voice']);
    twilio.be({ kind: 'does_it_silently' });
    await bot.alert(ALERT);
    twilio.be({ kind: 'takes_it' });
    await bot.isDownFor(minutes(1));
    expect(twilio.taken).toHaveLength(1);
    expect(await bot.ledger(1)).toEqual(['ana voice sent > waiting']);

    await bot.alert({ title: 'Payments are slow', service: 'payments' });
    expect(twilio.taken).toHaveLength(2);
  });
});
