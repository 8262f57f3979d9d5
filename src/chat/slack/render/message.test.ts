import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDirectory } from '../../../../test/support/directory.ts';
import { problemsOfBlocks } from '../../../../test/support/slack/blocks/check.ts';
import type { Line } from '../../../domain/text.ts';
import type { Block, Message } from '../../message.ts';
import { renderMessage } from './message.ts';

const READING = {
  directory: aDirectory(),
  mentions: new Map([['ana', 'U0ANA']]),
  groups: new Map([['oncall', 'S0ONCALL']]),
  publicUrl: 'https://firebell.example.com',
};

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('<!channel>', '<@U0ANA>', '*bold* _it_ ~no~ `code`', 'https://x.example', '&lt;', ''),
  fc.integer({ min: 1, max: 9_000 }).map((n) => 'long words '.repeat(n / 10)),
);
const line: fc.Arbitrary<Line> = fc.array(
  fc.oneof(
    words,
    words.map((bold) => ({ bold })),
    words.map((code) => ({ code })),
    fc.constantFrom({ person: 'ana' }, { incident: 7 }, { time: new Date(86_400_000) }),
    words.map((label) => ({ link: 'https://example.com/a?b=1', label })),
  ),
  { maxLength: 8 },
);
const block: fc.Arbitrary<Block> = fc.oneof(
  words.map((text): Block => ({ kind: 'heading', text })),
  line.map((one): Block => ({ kind: 'text', line: one })),
  line.map((one): Block => ({ kind: 'context', line: one })),
  fc
    .array(fc.record({ label: words, value: line }), { maxLength: 5 })
    .map((facts): Block => ({ kind: 'facts', facts })),
  fc.array(line, { maxLength: 5 }).map((items): Block => ({ kind: 'list', items })),
  words.map((text): Block => ({ kind: 'quote', text })),
  words.map((text): Block => ({ kind: 'code', text })),
  fc.record({ title: words, markdown: words }).map((one): Block => ({ kind: 'document', ...one })),
  fc
    .array(
      fc.record({
        action: fc.constantFrom('acknowledge', 'decline'),
        value: fc.constant('1'),
        label: words.map((text) => `x${text}`),
        style: fc.constantFrom('plain', 'primary', 'danger'),
      }),
      { maxLength: 30 },
    )
    .map((buttons): Block => ({ kind: 'buttons', buttons })),
);
const message: fc.Arbitrary<Message> = fc.record({
  blocks: fc.array(block, { maxLength: 60 }),
  tone: fc.constantFrom('calm', 'news', 'warning', 'danger', 'good', 'drill'),
  plain: words,
  notify: fc.constantFrom([], ['ana'], ['ana', 'nobody']),
});

describe('a message in the words of Slack', () => {
  it('is within every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(message, (one) => {
        const { text, blocks } = renderMessage(one, READING);
        expect(problemsOfBlocks(blocks)).toEqual([]);
        expect(text.length > 0 && text.length <= 4_000).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its buttons when it has to be shortened, and says that it was', () => {
    const paragraph: Block = { kind: 'text', line: ['word '.repeat(500)] };
    const { blocks } = renderMessage(
      {
        tone: 'calm',
        plain: 'Long',
        notify: [],
        blocks: [
          ...Array.from({ length: 60 }, () => paragraph),
          {
            kind: 'buttons',
            buttons: [{ action: 'acknowledge', value: '1', label: 'Acknowledge', style: 'primary' }],
          },
        ],
      },
      READING,
    );
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' });
    expect(JSON.stringify(blocks)).toContain('shortened here');
  });

  it('notifies whom it is to notify, and nobody whom a text names', () => {
    const { text, blocks } = renderMessage(
      {
        tone: 'danger',
        plain: '<!channel> fails',
        notify: ['ana'],
        notifyGroups: ['oncall'],
        blocks: [
          { kind: 'text', line: ['<@U0BEN> <!here> fails'] },
          { kind: 'context', line: ['<!channel> *now*'] },
        ],
      },
      READING,
    );
    expect(text).toBe('&lt;!channel&gt; fails');
    expect(blocks[0]).toMatchObject({ text: { text: '<@U0ANA> <!subteam^S0ONCALL>' } });
    expect(blocks[1]).toMatchObject({
      elements: [{ elements: [{ text: '🔴 ' }, { type: 'text', text: '<@U0BEN> <!here> fails' }] }],
    });
    expect(JSON.stringify(blocks[2])).toContain('&lt;!channel&gt;');
  });
});
