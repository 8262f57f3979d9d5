import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelNameOf, suffixed } from './room-name.ts';

describe('the name of a channel', () => {
  it('is written in the letters that Slack takes', () => {
    expect(channelNameOf('inc-42-Größe «x» 🔥')).toBe('inc-42-grosse-x-fire');
    expect(channelNameOf('决済')).toMatch(/^[a-z0-9-]+$/);
    expect(channelNameOf('!!!')).toBe('incident');
  });

  it('is within 80 characters with every suffix, whatever the title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 99 }),
        (title, n) => {
          expect(suffixed(channelNameOf(title), n)).toMatch(/^[a-z0-9_][a-z0-9_-]{0,79}$/);
        },
      ),
    );
  });
});
