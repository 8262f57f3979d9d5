import { describe, expect, it } from 'vitest';
import { GOOD, problemsIn, withLine } from '../../test/support/config-file.ts';
import { loadConfig } from './load.ts';

const SID = `AC${'0a'.repeat(16)}`;
const TWILIO = `account_sid: ${SID}, auth_token: 0123456789abcdef0123456789abcdef`;

function withPhone(phone: string, twilio: string | null, rest = ''): string {
  const people = withLine('ana: { email: ana@example.com,', `ana: { email: a@b.example, phone: ${phone},`);
  return `${people}\n${twilio === null ? '' : `notify: { twilio: { ${twilio} } }\n`}${rest}`;
}

const URL_LINE = 'url: https://firebell.example.com\n';

describe('a telephone number', () => {
  it.each(['"+4915112345678"', '"+49 151 123-456 78"', '"+1 (555) 010.9999"'])('can be %s', (phone) => {
    expect(problemsIn(withPhone(phone, null))).toEqual([]);
  });

  it.each([
    ['+4915112345678', 'is a number: put it in quotes, like "+4915112345678"'],
    ['"0151 1234567"', "must be a telephone number with + and the country's code"],
    ['"+0151234567"', "must be a telephone number with + and the country's code"],
    ['"+49151"', "must be a telephone number with + and the country's code"],
    ['"+491511234567890123"', "must be a telephone number with + and the country's code"],
    ['ana', "must be a telephone number with + and the country's code"],
  ])('cannot be %s', (phone, problem) => {
    expect(problemsIn(withPhone(phone, null)).join('\n')).toContain(`error: people.ana.phone ${problem}`);
  });

  it('belongs to one person, however it is written', () => {
    const text = withPhone('"+49 151 12345678"', null).replace(/ben: \{/, 'ben: { phone: "+4915112345678",');
    expect(problemsIn(text).join('\n')).toContain('people.ben.phone is the same as people.ana.phone');
  });
});

describe('Twilio', () => {
  it('is used for everyone who has a number, two minutes after the direct message', () => {
    const text = withPhone('"+4915112345678"', `${TWILIO}, from: "+15005550006"`, URL_LINE);
    const loaded = loadConfig(text, { env: {}, file: 'f', sourceTypes: ['alertmanager', 'generic'] });
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.config.directory.people.get('ana')?.rules.high).toEqual([
      { channel: 'dm', afterMs: 0 },
      { channel: 'sms', afterMs: 120_000 },
      { channel: 'voice', afterMs: 120_000 },
    ]);
    expect(loaded.config.notify.twilio).toMatchObject({
      user: SID,
      callbackUrl: 'https://firebell.example.com',
      apiUrl: 'https://api.twilio.com',
    });
  });

  it.each([
    [`${TWILIO}, from: "+15005550006"`, '', 'notify.twilio needs to know where Twilio reaches Firebell'],
    [TWILIO, URL_LINE, 'notify.twilio needs `from`'],
    [
      `${TWILIO}, from: "+15005550006", api_key: SK${'0'.repeat(32)}`,
      URL_LINE,
      'notify.twilio.api_key needs `api_secret`',
    ],
    [
      `${TWILIO.replace('AC', 'XX')}, from: "+15005550006"`,
      URL_LINE,
      'notify.twilio.account_sid must be the account SID',
    ],
    [
      `account_sid: ${SID}, auth_token: short, from: "+15005550006"`,
      URL_LINE,
      'notify.twilio.auth_token is too short',
    ],
    [
      `${TWILIO}, messaging_service: MG1`,
      URL_LINE,
      'notify.twilio.messaging_service must be the SID of a messaging service',
    ],
  ])('with %s %s is refused', (twilio, rest, problem) => {
    expect(problemsIn(withPhone('"+4915112345678"', twilio, rest)).join('\n')).toContain(problem);
  });

  it('warns of rules that it cannot serve', () => {
    const rules = (twilio: string | null) =>
      problemsIn(
        withPhone('"+4915112345678", rules: { high: [voice] }', twilio, URL_LINE).replace(
          ', rules',
          ', rules',
        ),
      ).join('\n');
    expect(rules(null)).toContain(
      'warning: people.ana.rules.high[0] can reach nobody: no Twilio account is configured',
    );
    expect(rules(`${TWILIO}, messaging_service: MG${'0a'.repeat(16)}`)).toContain(
      'warning: people.ana.rules.high[0] can reach nobody: a messaging service cannot call',
    );
  });
});

it('the file of these tests is right', () => {
  expect(problemsIn(GOOD)).toEqual([]);
});
