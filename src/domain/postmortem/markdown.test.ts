import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcriptOf } from '../../../test/support/postmortem-room.ts';
import { draftPostmortem } from './draft.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { showSpan } from './markdown-times.ts';
import { renderMarkdown } from './markdown.ts';

describe('outside text in Markdown', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['**bold** _it_ `code` # head', String.raw`\*\*bold\*\* \_it\_ \`code\` \# head`],
    ['[click](https://evil.example)', '\\[click\\](`https://evil.example)`'],
    ['a | b', String.raw`a \| b`],
    ['@channel @here', '@\u2060channel @\u2060here'],
    ['two\nlines\n\n# three', String.raw`two ↵ lines ↵ \# three`],
    ['- [ ] fake task', String.raw`\- \[ \] fake task`],
    ['1. first', String.raw`1\. first`],
    [':rotating_light: down', 'down'],
  ])('%j', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('never opens a tag, a mention or a second line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/`[^`]*`/g, '')).not.toMatch(/<|\n|@\w/);
      }),
    );
  });
});

describe('the document', () => {
  const draft = draftPostmortem(
    transcriptOf(
      [
        [0, 'am', '[FIRING] Shop | down <b>'],
        [2, 'ana', 'ack, looking'],
        [30, 'ana', 'shop is back up'],
        [40, 'ana', 'closing this'],
        [41, 'ana', 'TODO: add an alert by Friday. mine'],
      ],
      { timezone: 'Asia/Tokyo', bots: ['am'] },
    ),
  );
  const document = renderMarkdown(draft);

  it('tells each time once where the house keeps UTC', () => {
    const inUtc = renderMarkdown({ ...draft, timezone: 'UTC' });
    expect(inUtc).toContain('| Times are shown in | UTC |');
    expect(inUtc).toContain('| | UTC | Duration | Source |');
    expect(inUtc).toContain('| UTC | Kind | What |');
    const widths = inUtc.split('\n').filter((line) => line.startsWith('| '));
    expect(widths.some((line) => line.split(' UTC').length > 2)).toBe(false);
  });

  it('has every section, in the order of a reader', () => {
    const titles = [...document.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(titles).toEqual([
      'Summary',
      'Impact',
      'Key times',
      'Detection',
      'Trigger',
      'Contributing factors',
      'Resolution',
      'Timeline',
      'Decisions',
      'Ruled out',
      'What went well',
      'What went poorly',
      'Where we got lucky',
      'Action items',
      'Open questions',
      'Evidence',
    ]);
  });

  it('shows every instant with date and zone, and how long things took', () => {
    expect(document).toContain(
      '| Acknowledged | 2025-03-10 18:02:00 GMT+9 | 2025-03-10 09:02:00 UTC | 2 min (time to acknowledge) |',
    );
    expect(document).toContain(
      '| Mitigated | 2025-03-10 18:30:00 GMT+9 | 2025-03-10 09:30:00 UTC | 30 min (time to mitigate) |',
    );
  });

  it('keeps its tables whole whatever an alert says', () => {
    expect(document).toContain(String.raw`\[FIRING\] Shop \| down &lt;b&gt;`);
  });

  it('lists follow-ups as boxes to tick, with owner and due', () => {
    expect(document).toContain('- [ ] TODO: add an alert by Friday. mine (owner: Ana, due by Friday)');
  });

  it('tells a span in its two largest units', () => {
    const at = (iso: string) => ({ at: iso, messageIds: [], source: '', confidence: 'high' }) as const;
    expect(showSpan(at('2025-01-01T00:00:00Z'), at('2025-01-02T03:04:05Z'))).toBe('1 d 3 h');
    expect(showSpan(at('2025-01-01T00:00:00Z'), at('2025-01-01T00:00:00Z'))).toBe('0 s');
    expect(showSpan(at('2025-01-02T00:00:00Z'), at('2025-01-01T00:00:00Z'))).toBeUndefined();
  });
});
