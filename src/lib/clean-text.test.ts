import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cleanLine, cleanLines, shorten, withoutInvisible } from './clean-text.ts';
import { editDistance, nearestWord } from './edit-distance.ts';

describe('text from outside', () => {
  it('is one line without anything that nobody sees', () => {
    expect(cleanLine('  a\u0000b\r\n\tc \u202Ed\u200B ', 100)).toBe('a b c d');
    expect(cleanLine('family 👨‍👩‍👧 naïve', 100)).toBe('family 👨‍👩‍👧 naïve');
    expect(cleanLine('half \uD83D', 100)).toBe('half \uFFFD');
  });

  it('keeps its lines where it may', () => {
    expect(cleanLines('a \r\n b\n\n\n\nc', 100)).toBe('a\nb\n\nc');
  });

  it('is never longer than asked for, and never cut inside a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, max) => {
          const short = shorten(text, max);
          expect(Array.from(short).length).toBeLessThanOrEqual(max);
          expect(short.isWellFormed()).toBe(true);
          expect(cleanLine(withoutInvisible(text), max)).toBe(cleanLine(text, max));
        },
      ),
    );
  });
});

describe('the nearest word', () => {
  it('is what was probably meant', () => {
    const verbs = ['ack', 'note', 'severity', 'escalate'];
    expect(nearestWord('akc', verbs)).toBe('ack');
    expect(nearestWord('serverity', verbs)).toBe('severity');
    expect(nearestWord('eskalate', verbs)).toBe('escalate');
    expect(nearestWord('checkout', verbs)).toBeNull();
    expect(nearestWord('x'.repeat(10_000), verbs)).toBeNull();
    expect(nearestWord('ack', [])).toBeNull();
  });

  it('is measured the same way in both directions', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
      }),
    );
  });
});
