import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matcher } from '../directory.ts';
import { literally, matcherWords, readSilence } from './read-silence.ts';
import { compilePattern } from './pattern.ts';

function read(text: string) {
  const result = readSilence(text);
  if ('refusal' in result) throw new Error(result.refusal.why);
  return { ...result, matchers: result.matchers.map(({ label, op, value }) => `${label} ${op} ${value}`) };
}

function refusal(text: string): string {
  const result = readSilence(text);
  if (!('refusal' in result)) throw new Error(`expected no, read ${JSON.stringify(result)}`);
  return result.refusal.why;
}

describe('a typed silence', () => {
  it.each([
    ['service=checkout 2h', ['service equals checkout'], '2h'],
    ['2h service=checkout', ['service equals checkout'], '2h'],
    ['service=checkout until tomorrow 9am', ['service equals checkout'], 'until tomorrow 9am'],
    ['alertname=~"Disk.*" env!=prod 2h', ['alertname matches Disk.*', 'env not_equals prod'], '2h'],
    [
      '{alertname="Disk full", env!~"dev|test"} 2h',
      ['alertname equals Disk full', 'env not_matches dev|test'],
      '2h',
    ],
    ['{alertname=DiskFull,env=prod} 2h', ['alertname equals DiskFull', 'env equals prod'], '2h'],
    ['alertname = DiskFull 2h', ['alertname equals DiskFull'], '2h'],
    ['alertname=“Disk full” 2h', ['alertname equals Disk full'], '2h'],
    ["alertname='Disk full' 2h", ['alertname equals Disk full'], '2h'],
    [String.raw`path="C:\\x \"y\"" 2h`, [String.raw`path equals C:\x "y"`], '2h'],
    ['mount=~/var/.{2,5} 2h', ['mount matches /var/.{2,5}'], '2h'],
    ['zones=a,b 2h', ['zones equals a,b'], '2h'],
    ['team="" service=x 2h', ['team equals ', 'service equals x'], '2h'],
    ['app.kubernetes.io/name=web 2h', ['app.kubernetes.io/name equals web'], '2h'],
    ['"my label"=x 2h', ['my label equals x'], '2h'],
    ['instance=db1:9100 2h', ['instance equals db1:9100'], '2h'],
    ['2h', [], '2h'],
    ['checkout 2h', [], 'checkout 2h'],
  ])('%s', (text, matchers, words) => {
    expect(read(text)).toEqual({ matchers, words, why: null });
  });

  it('takes everything after because for the reason, but not within quotes', () => {
    expect(read('service=x 2h because of disks, env=prod only')).toMatchObject({
      matchers: ['service equals x'],
      words: '2h',
      why: 'disks, env=prod only',
    });
    expect(read('title="x because y" 2h').matchers).toEqual(['title equals x because y']);
  });

  it.each([
    ['service==checkout 2h', 'has one sign too many'],
    ['service="checkout 2h', 'quotes after service= are never closed'],
    ['=checkout 2h', 'I cannot read “=checkout”'],
    ['""=x 2h', 'no label'],
    ['"checkout" 2h', 'I cannot read'],
    ['5xx=y 2h', 'I cannot read “5xx=y”'],
  ])('says what is wrong with %s', (text, why) => {
    expect(refusal(text)).toContain(why);
  });

  const label = fc.oneof(fc.constantFrom('service', 'alertname', 'a.b/c'), fc.string({ minLength: 1 }));
  const matcher: fc.Arbitrary<Matcher> = fc.record({
    label,
    op: fc.constantFrom('equals', 'not_equals', 'matches', 'not_matches'),
    value: fc.string(),
  });
  // Phones' quotes are read as straight ones.
  const isPlain = (text: string) => !/[“”„‟‘’]/.test(text);

  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.array(matcher, { maxLength: 4 }), (matchers) => {
        fc.pre(matchers.every((one) => isPlain(one.label + one.value)));
        expect(readSilence(`${matcherWords(matchers)} 2h`)).toEqual({ matchers, words: '2h', why: null });
      }),
    );
  });

  it('of any text is either read or refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const result = readSilence(text);
        expect('refusal' in result ? result.refusal.why : result.matchers).toBeDefined();
      }),
    );
  });

  it('a value taken literally matches itself and no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, other) => {
        const pattern = compilePattern(literally(value));
        expect(pattern.kind === 'ok' && pattern.matches(value)).toBe(true);
        expect(pattern.kind === 'ok' && pattern.matches(other)).toBe(value === other);
      }),
    );
  });
});
