import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRedact, redactDocument } from './redact.ts';

const redact = makeRedact({ texts: [], deny: [], team: [] });

describe('redact', () => {
  it.each([
    ['export PGPASSWORD=s3cr3t-Pg!', 's3cr3t-Pg!'],
    ['rpcuser=bitcoin rpcpassword=5TrongOne', '5TrongOne'],
    ['"db_password": "with spaces in it"', 'with spaces'],
    ["api-key: 'a1b2,c3;d4&e5'", 'a1b2,c3;d4&e5'],
    ['the wifi password is Sommer2024', 'Sommer2024'],
    ['passcode for the bridge: 482913', '482913'],
    ['passcode 482913#', '482913'],
    ['psql postgres://svc:Winter-2025!@db.internal:5432/x', 'Winter-2025!'],
    ['redis://:only-a-pass@cache:6379', 'only-a-pass'],
    ['curl -u admin:hunter2 https://x.example', 'hunter2'],
    ["mysql -h db -u root -p'top secret' shop", 'top secret'],
    ['curl -H "Authorization: Bearer abcdef0123456789"', 'abcdef0123456789'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
    ['xoxb-123456789012-abcdefABCDEF', '123456789012-abcdef'],
    ['https://hooks.slack.com/services/T00000000/B00000000/XXXXabcd1234', 'XXXXabcd1234'],
    ['https://discord.com/api/webhooks/123456/abcDEF-ghi_jkl', 'abcDEF-ghi_jkl'],
    ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', '16C7e42F292c'],
    ['AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
    ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', '4eC39HqLyj'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz and then it was cut', 'b3BlbnNz'],
    ['deploy with Zm9vYmFyQmF6UXV4MTIzNDU2Nzg5MA==', 'Zm9vYmFyQmF6'],
  ])('masks the secret of %j', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('[redacted');
  });

  it.each([
    ['write to max.mustermann@kunde.example please', 'mustermann'],
    ['jane(at)shop(dot)example', 'jane'],
    ['call +49 151 2345678 now', '2345678'],
    ['her number: 0151 2345678', '2345678'],
    ['(555) 123-4567', '123-4567'],
    ['reach me at 555 0199 22', '0199'],
    ['student id 20481234', '20481234'],
    ['sid: 3031234567', '3031234567'],
    ['account no. 12-3456-78', '3456'],
    ['IBAN DE89 3704 0044 0532 0130 00', '0532'],
    ['card 4111 1111 1111 1111', '1111 1111'],
  ])('masks the personal data of %j', (text, value) => {
    expect(redact(text)).not.toContain(value);
  });

  it('keeps the key, the user and the host, so that people see what was masked', () => {
    expect(redact('PGPASSWORD=abc123 psql')).toBe('PGPASSWORD=[redacted secret] psql');
    expect(redact('postgres://svc:abc123@db/x')).toBe('postgres://svc:[redacted password]@db/x');
  });

  it.each([
    'pool on orders-db is exhausted: 200/200 connections, 180 idle in transaction',
    'sync to v2025.06.17-3 succeeded at 14:02:10 on 2025-06-17',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke it',
    'host 10.12.0.7 answers 502 after 30s, code 503',
    'git clone git@github.com:acme/shop.git',
    'see https://grafana.example/d/xyz/service?orgId=1',
    '<@80351110224709676> please look at T219450',
    'the token endpoint is slow',
  ])('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('masks a value everywhere once it was seen with its key', () => {
    const knowing = makeRedact({ texts: ['token=Abc-123-xyz'], deny: [], team: [] });
    expect(knowing('somebody pasted Abc-123-xyz above')).toBe('somebody pasted [redacted secret] above');
  });

  it('masks the name of an outsider that stood beside an address, and never one of the team', () => {
    const source = {
      texts: ['ticket from max@kunde.example (Max Mustermann), Ana Petrov has it'],
      deny: [],
      team: ['Ana Petrov'],
    };
    const knowing = makeRedact(source);
    expect(knowing('Max Mustermann called Ana Petrov')).toBe('[redacted name] called Ana Petrov');
  });

  it('masks a name that an address spells', () => {
    const knowing = makeRedact({ texts: ['erika.muster@mail.example'], deny: [], team: [] });
    expect(knowing('Erika Muster writes again')).toBe('[redacted name] writes again');
  });

  it('masks the words of the deny list, whatever their case, and not inside other words', () => {
    const denying = makeRedact({ texts: [], deny: ['Acme'], team: [] });
    expect(denying('ACME and acmeology')).toBe('[redacted name] and acmeology');
  });

  it('masks the texts of a document and leaves its ids alone', () => {
    const document = { messageId: 'sid 12345678', text: 'sid 12345678', deep: [{ note: 'a@b.example' }] };
    expect(redactDocument(document, redact)).toEqual({
      messageId: 'sid 12345678',
      text: 'sid [redacted id]',
      deep: [{ note: '[redacted e-mail]' }],
    });
  });

  it('changes nothing when it is applied twice', () => {
    const piece = fc.constantFrom(
      'password: ',
      'token=',
      'abc123',
      ' ',
      '\n',
      'a.b@c.example',
      '+49 151 2345678',
      '"',
      'is ',
      'sid 123456',
      'xoxb-123456789',
      'postgres://a:b1@c/',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = redact(pieces.join(''));
        expect(redact(once)).toBe(once);
      }),
    );
  });
});
