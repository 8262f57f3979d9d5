import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { aNotice, zoe } from '../../../test/support/page-notice.ts';
import { readReply } from './reply.ts';
import { measureSms, plainPunctuation } from './segments.ts';
import { isFromTwilio, twilioSignature } from './signature.ts';
import { smsText } from './sms-text.ts';
import { spokenPage } from './spoken-words.ts';
import { menu, spoken, texted } from './twiml.ts';

describe('the size of an SMS', () => {
  it.each([
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['äöüñ£§', 'gsm7', 6, 1],
    ['€[]', 'gsm7', 6, 1],
    ['ł', 'ucs2', 1, 1],
    ['я'.repeat(70), 'ucs2', 70, 1],
    ['я'.repeat(71), 'ucs2', 71, 2],
    ['🔥', 'ucs2', 2, 1],
  ] as const)('%j takes %s', (text, encoding, units, segments) => {
    expect(measureSms(text)).toEqual({ encoding, units, segments });
  });

  it('is not doubled by punctuation that has a plain twin', () => {
    expect(measureSms(plainPunctuation('“It’s down” – payments… •')).encoding).toBe('gsm7');
  });
});

describe('the text of a page by SMS', () => {
  const TAIL = "Reply 4821 or ack to take it, esc to pass it on, no if you can't.";

  it('keeps the number, how bad and how to answer whatever the title is, in as many segments as are sensible', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.string({ maxLength: 300 }),
        (title, message) => {
          const text = smsText(aNotice({ title, message, person: zoe() }), '4821');
          const { encoding, segments } = measureSms(text);
          expect(segments).toBeLessThanOrEqual(encoding === 'gsm7' ? 2 : 3);
          expect(text).toMatch(/^#42 sev1: /);
          expect(text.endsWith(TAIL)).toBe(true);
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/[\n\r]|:\/\//);
        },
      ),
    );
  });

  it('cuts a long title, and one that is not Latin sooner', () => {
    const latin = smsText(aNotice({ title: 'x'.repeat(400) }), '4821');
    expect(latin).toMatch(/^#42 sev1: x{190,}\.\.\. Reply/);
    const cyrillic = smsText(aNotice({ title: 'я'.repeat(400) }), '4821');
    expect(cyrillic).toContain(`${'я'.repeat(100)}`);
    expect(measureSms(cyrillic)).toMatchObject({ encoding: 'ucs2', segments: 3 });
  });

  it('says that it is a drill or a test', () => {
    expect(smsText(aNotice({ isDrill: true }), '4821')).toMatch(/^DRILL #42/);
    expect(smsText(aNotice({ isDrill: true, isTest: true }), '4821')).toMatch(/^TEST #42/);
  });
});

describe('a reply by SMS', () => {
  it.each([
    ['ack', 'ack', null],
    ['ACK.', 'ack', null],
    ['Ack!!', 'ack', null],
    ['akc', 'ack', null],
    ['acknoledge', 'ack', null],
    ['ok', 'ack', null],
    ['👍', 'ack', null],
    ['on it', 'ack', null],
    ["I'm on it", 'ack', null],
    ['got it', 'ack', null],
    ['I’ll take it', 'ack', null],
    ['1', 'ack', null],
    ['4821', 'ack', '4821'],
    ['ack 4821', 'ack', '4821'],
    ['4821 ACK', 'ack', '4821'],
    ['#42', 'ack', '42'],
    ['esc', 'escalate', null],
    ['Escalate please', 'escalate', null],
    ['esc 4821', 'escalate', '4821'],
    ['2', 'escalate', null],
    ['no', 'decline', null],
    ['No 4821', 'decline', '4821'],
    ["can't", 'decline', null],
    ['i can’t take it', 'decline', null],
    ['I can not', 'decline', null],
    ['cant ack', 'decline', null],
    ['3', 'decline', null],
    ['STOP', 'stop', null],
    ['start', 'start', null],
    ['help', 'help', null],
    ['?', 'help', null],
    ['', 'unclear', null],
    ['   ', 'unclear', null],
    ['call me back', 'unclear', null],
    ['who has got it?', 'unclear', null],
    ['not ack', 'unclear', null],
    ['ack? who is this', 'unclear', null],
    ['ok who is this', 'unclear', null],
    ['no problem, ack', 'unclear', null],
    ['ack or esc', 'unclear', null],
    ['I will not take it', 'unclear', null],
    ['what is going on', 'unclear', null],
    ['stop calling me', 'unclear', null],
    ['yesterday', 'unclear', null],
  ])('%j is %s', (text, wish, number) => {
    expect(readReply(text)).toEqual({ wish, number });
  });

  it('never throws, and never takes a word from nowhere for an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(typeof readReply(text).wish).toBe('string');
      }),
    );
  });
});

describe('the signature of Twilio', () => {
  // The example of https://www.twilio.com/docs/usage/security.
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const fields = new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  });

  it('is the one of the documentation', () => {
    expect(twilioSignature({ url, fields }, '12345')).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(isFromTwilio({ url, fields }, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', '12345')).toBe(true);
  });

  it('fits whether or not the usual port is in the URL, and nothing else', () => {
    const signed = (signedUrl: string) => twilioSignature({ url: signedUrl, fields }, '12345');
    const check = (signature: string, at = url) => isFromTwilio({ url: at, fields }, signature, '12345');
    expect(check(signed('https://mycompany.com:443/myapp.php?foo=1&bar=2'))).toBe(true);
    expect(check(signed(url), 'https://mycompany.com:443/myapp.php?foo=1&bar=2')).toBe(true);
    expect(check(signed('http://mycompany.com/myapp.php?foo=1&bar=2'))).toBe(false);
    expect(check(signed('https://mycompany.com/myapp.php?foo=1&bar=3'))).toBe(false);
    expect(
      isFromTwilio(
        { url, fields: new URLSearchParams({ ...Object.fromEntries(fields), Digits: '1' }) },
        signed(url),
        '12345',
      ),
    ).toBe(false);
    expect(isFromTwilio({ url, fields }, signed(url), 'another token')).toBe(false);
    expect(check('')).toBe(false);
  });
});

describe('TwiML', () => {
  it('escapes whatever is said, texted or called', async () => {
    const evil = '</Say><Dial>+1900</Dial>&"\'';
    const all = [
      await spoken(evil),
      await texted(evil),
      await menu({ says: evil, keys: evil, action: `https://x.test/?a="><Dial>`, otherwise: evil }),
    ];
    for (const twiml of all) {
      expect(twiml).not.toContain('<Dial');
      expect(twiml).toContain('&lt;');
    }
    expect(await texted(null)).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
  });

  it('says what burns for the ear', () => {
    expect(spokenPage(aNotice({ title: 'db-main_01: 95% <full> & slow', isDrill: true }))).toBe(
      'Firebell for Zoë. This is a drill. severity 1, incident 42: db main 01: 95 percent full and slow. Service checkout. 2 alerts are firing.',
    );
  });
});
