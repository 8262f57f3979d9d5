import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

function matches(source: string, text: string): boolean {
  const result = compilePattern(source);
  if (result.kind === 'bad') throw new Error(result.why);
  return result.matches(text);
}

// Pieces in which our syntax and JavaScript's mean the same.
const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\.', '(?:ab|c)', '(a|b*)', '\\b');
const piece = fc
  .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?'))
  .map(([one, many]) => (one === '\\b' ? one : one + many));
const source = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ' '), maxLength: 8 });

describe('a pattern', () => {
  it('means what the same anchored expression means in JavaScript', () => {
    fc.assert(
      fc.property(source, text, (pattern, subject) => {
        expect(matches(pattern, subject)).toBe(new RegExp(`^(?:${pattern})$`, 'su').test(subject));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['(a+)+$', `${'a'.repeat(5000)}!`],
    ['(.*)*.*.*.*.*x', 'y'.repeat(5000)],
    ['(a|aa)+', `${'a'.repeat(5000)}b`],
    ['(((a*)*)*)*', `${'a'.repeat(5000)}b`],
  ])('%s never hangs', (pattern, subject) => {
    expect(matches(pattern, subject)).toBe(false);
  });

  it('is anchored, may ignore case, and reads characters and not halves of them', () => {
    expect(matches('prod', 'production')).toBe(false);
    expect(matches('(?i)PROD-.*', 'prod-eu')).toBe(true);
    expect(matches('.', '🔥')).toBe(true);
    expect(matches('checkout|payments', 'payments')).toBe(true);
    expect(matches('\\x41\\u0042[\\-\\]]', 'AB]')).toBe(true);
  });

  it.each(['(', ')', '[a', '*', 'a**', '(?=a)', '\\1', 'a{3,1}', 'a{9999}', '[z-a]', '(a{100}){100}', '\\'])(
    '%j is refused with the reason',
    (pattern) => {
      expect(compilePattern(pattern)).toMatchObject({ kind: 'bad', why: expect.stringMatching(/\w{3}/) });
    },
  );

  it('of any text is either refused or runs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.string({ maxLength: 30 }),
        (any, subject) => {
          const result = compilePattern(any);
          if (result.kind === 'ok') expect(typeof result.matches(subject)).toBe('boolean');
        },
      ),
    );
  });
});
