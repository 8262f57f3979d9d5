import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecret, equalInConstantTime, hmacHex, signToken, verifyToken } from './signing.ts';

const signing = { secret: 'a secret of many characters', purpose: 'ack' };
const noon = new Date('2026-08-03T12:00:00Z');
const later = (ms: number): Date => new Date(noon.getTime() + ms);

describe('a signed token', () => {
  it('gives back what was signed, as long as it lasts', () => {
    const token = signToken(signing, 'page 42/1/3 for zoë', later(1000));
    expect(verifyToken(signing, token, later(999))).toEqual({ kind: 'ok', payload: 'page 42/1/3 for zoë' });
  });

  it('is expired, and still readable, from the instant on that was given', () => {
    const token = signToken(signing, 'page', later(1000));
    expect(verifyToken(signing, token, later(1000))).toEqual({ kind: 'expired', payload: 'page' });
  });

  it('is forged for another purpose or under another secret', () => {
    const token = signToken(signing, 'page', later(1000));
    expect(verifyToken({ ...signing, purpose: 'login' }, token, noon)).toEqual({ kind: 'forged' });
    expect(verifyToken({ ...signing, secret: 'some other long secret' }, token, noon)).toEqual({
      kind: 'forged',
    });
  });

  it('is forged when its expiry was moved', () => {
    const [payload, , signature] = signToken(signing, 'page', later(1000)).split('.');
    const moved = `${payload}.${later(1e9).getTime().toString(36)}.${signature}`;
    expect(verifyToken(signing, moved, noon)).toEqual({ kind: 'forged' });
  });

  it('is forged after any change of any character', () => {
    const token = signToken(signing, 'page 42/1/3', later(1000));
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('a', 'Z', '0', '.', '_', '-', '=', ' ', '%', '\0', 'é'),
        (at, char) => {
          fc.pre(token[at] !== char);
          const changed = token.slice(0, at) + char + token.slice(at + 1);
          expect(verifyToken(signing, changed, noon).kind).toBe('forged');
        },
      ),
    );
  });

  it('is forged, never a crash, for whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        (text) => verifyToken(signing, text, noon).kind === 'forged',
      ),
    );
    expect(verifyToken(signing, 'a.'.repeat(100_000), noon)).toEqual({ kind: 'forged' });
  });

  it('fits into the path of a URL without escaping', () => {
    expect(signToken(signing, 'zoë / ?#%', noon)).toMatch(/^[\w.-]+$/);
  });

  it('needs a secret worth the name', () => {
    expect(() => signToken({ ...signing, secret: 'short' }, 'page', noon)).toThrow(
      'at least 16 characters, got 5',
    );
  });
});

it('writes an HMAC as openssl does', () => {
  expect(hmacHex('key', 'The quick brown fox jumps over the lazy dog')).toBe(
    'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8',
  );
  expect(hmacHex('k', 'é')).toBe(createHmac('sha256', 'k').update(Buffer.from('é')).digest('hex'));
});

it('compares texts of any lengths', () => {
  expect([
    equalInConstantTime('abc', 'abc'),
    equalInConstantTime('abc', 'abd'),
    equalInConstantTime('abc', ''),
  ]).toEqual([true, false, false]);
});

it('makes secrets that are long and never the same', () => {
  expect(createSecret()).toMatch(/^[\w-]{43}$/);
  expect(createSecret()).not.toBe(createSecret());
});
