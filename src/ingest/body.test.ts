import { describe, expect, it } from 'vitest';
import { readBody } from './body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a body', () => {
  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', null])(
    'that looks like JSON is JSON, also as %s',
    (type) => {
      expect(readBody(bytes('\uFEFF {"a":1}'), type)).toEqual({ kind: 'ok', body: { a: 1 } });
    },
  );

  it('may be form fields, one field that holds JSON, or a text', () => {
    const form = 'application/x-www-form-urlencoded; charset=utf-8';
    expect(readBody(bytes('a=1+2&b=%25'), form)).toEqual({ kind: 'ok', body: { a: '1 2', b: '%' } });
    expect(readBody(bytes('payload=%7B%22a%22%3A1%7D'), form)).toEqual({ kind: 'ok', body: { a: 1 } });
    expect(readBody(bytes('disk full'), form)).toEqual({ kind: 'ok', body: 'disk full' });
    expect(readBody(bytes('disk full'), 'text/plain')).toEqual({ kind: 'ok', body: 'disk full' });
  });

  it('keeps long numbers apart', () => {
    const read = readBody(bytes('{"id":9007199254740993,"n":1.5,"e":12345678901234567890}'), null);
    expect(read).toEqual({ kind: 'ok', body: { id: '9007199254740993', n: 1.5, e: '12345678901234567890' } });
  });

  it('with bytes that are no UTF-8 is read around them', () => {
    const broken = Uint8Array.of(...bytes('{"title":"a'), 0xff, 0xc3, ...bytes('b"}'));
    expect(readBody(broken, null)).toEqual({ kind: 'ok', body: { title: 'a\uFFFD\uFFFDb' } });
  });

  it.each([
    ['', /empty/],
    [' \n', /empty/],
    ['{"a":', /not JSON/],
    ['nonsense', /not JSON/],
    ['['.repeat(50_000), /deeper than 100/],
    [`{"a":"${'['.repeat(200)}"`, /not JSON/],
  ])('%.10s is refused with the reason', (text, reason) => {
    const read = readBody(bytes(text), 'application/json');
    expect(read).toMatchObject({ kind: 'bad', reason: expect.stringMatching(reason) });
  });
});
