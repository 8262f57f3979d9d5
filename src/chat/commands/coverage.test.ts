import { describe, expect, it } from 'vitest';
import { ChatWorld, messageOf, saidPrivately } from '../../../test/support/chat-world.ts';
import { withNames } from '../../../test/support/named.ts';

describe('coverage', () => {
  it('answers with the score, its reasons and who carries how much', async () => {
    const said = messageOf(await new ChatWorld(withNames()).type('coverage'));

    expect(said.blocks[0]).toEqual({
      kind: 'heading',
      text: 'Coverage: 100 of 100 for 90 days from Mon 2 Mar',
    });
    expect(JSON.stringify(said.blocks)).toContain('1080 h, 90 nights, 13 weekends');
  });

  it.each([
    ['coverage schedule primary', 'Coverage: 100 of 100'],
    ['coverage primary', 'Coverage: 100 of 100'],
    ['gaps payments', 'Coverage: 100 of 100'],
    ['coverage pirmary', 'coverage does not know what to do with “pirmary”'],
  ])('%s', async (line, words) => {
    expect(saidPrivately(await new ChatWorld(withNames()).type(line))).toContain(words);
  });
});
