import { describe, expect, it } from 'vitest';
import { readReplyAddress, replyAddress } from './address.ts';

const SECRET = 'a secret of many characters';
const DOMAIN = 'reply.example.com';
const address = replyAddress(SECRET, { kind: 'ack', attemptId: '42/1/3/0', domain: DOMAIN });

describe('an address of ours', () => {
  it('stands for one attempt, and for what is to arrive there', () => {
    expect(address).toMatch(/^ack\+42\.1\.3\.0\.[0-9a-f]{24}@reply\.example\.com$/);
    expect(readReplyAddress(SECRET, address, DOMAIN)).toEqual({
      kind: 'ack',
      incidentId: 42,
      pageId: '42/1/3',
      attemptId: '42/1/3/0',
    });
  });

  it('survives servers that change its case, and fits where addresses have to', () => {
    expect(readReplyAddress(SECRET, address.toUpperCase(), DOMAIN)).not.toBeNull();
    const long = replyAddress(SECRET, { kind: 'bounce', attemptId: '123456789/12/345/19', domain: DOMAIN });
    expect(long.indexOf('@')).toBeLessThanOrEqual(64);
  });

  it.each([
    address.replace('42.', '43.'),
    address.replace('ack+', 'bounce+'),
    address.replace(/.@/, '@'),
    address.replace('reply.', 'other.'),
    `${address}@evil.example`,
    `x${address}`,
    'ack+@reply.example.com',
    'postmaster@reply.example.com',
    'ack+42.1.3.0@reply.example.com',
    '@',
    '',
  ])('is not %j', (other) => {
    expect(readReplyAddress(SECRET, other, DOMAIN)).toBeNull();
  });

  it('is another one under another secret', () => {
    expect(readReplyAddress('another secret of many', address, DOMAIN)).toBeNull();
  });
});
