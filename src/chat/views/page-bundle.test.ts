import { describe, expect, it } from 'vitest';
import { aNotice } from '../../../test/support/page-notice.ts';
import { aDirectory } from '../../../test/support/directory.ts';
import { buttonsOf } from '../../../test/support/chat-world.ts';
import type { PageNotice } from '../../domain/page/notice.ts';
import { pageMessage } from './page-bundle.ts';
import { plainLine } from './plain.ts';

const directory = aDirectory();
const page = (incidentId: number, over: Partial<PageNotice> = {}) =>
  aNotice({
    incidentId,
    pageId: `${incidentId}/1/1`,
    attemptId: `${incidentId}/1/1/0`,
    title: `Trouble ${incidentId}`,
    ...over,
  });

function items(notice: PageNotice): readonly string[] {
  return pageMessage(notice, directory).blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map((item) => plainLine(item, { directory, zone: 'UTC' })) : [],
  );
}

describe('a message about several pages', () => {
  it('puts the worst first and what is over last, each with all that one needs at night', () => {
    const over = { why: 'resolved', by: null, at: new Date('2026-08-03T12:01:00Z') } as const;
    const notice = { ...page(1, { severity: 'sev3' }), alongside: [page(2, { end: over }), page(3)] };
    expect(items(notice)).toEqual([
      '#3 SEV1 Trouble 3 (Checkout), since 2026-08-03 12:00 (UTC); 2 alerts firing; also paged: Bob; escalates 2026-08-03 12:05 (UTC); runbook',
      '#1 SEV3 Trouble 1 (Checkout), since 2026-08-03 12:00 (UTC); 2 alerts firing; also paged: Bob; escalates 2026-08-03 12:05 (UTC); runbook',
      '#2 SEV1 Trouble 2 (Checkout): The incident was resolved at 2026-08-03 12:01 (UTC). You can rest.',
    ]);
    expect(pageMessage(notice, directory).plain).toBe(
      '2 incidents page you: SEV1 #3 Trouble 3; SEV3 #1 Trouble 1',
    );
  });

  it('names a bearable number and counts the rest, with few buttons', () => {
    const notice = { ...page(1), alongside: Array.from({ length: 59 }, (_, i) => page(i + 2)) };
    const message = pageMessage(notice, directory);
    expect(items(notice)).toHaveLength(15);
    expect(JSON.stringify(message.blocks)).toContain('and 45 more');
    expect(buttonsOf(message)).toEqual([
      'acknowledge-all',
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'acknowledge',
    ]);
    expect(message.plain).toContain(' and 57 more');
  });

  it('says of a drill that it is one', () => {
    expect(items({ ...page(1), alongside: [page(2, { isDrill: true })] })[1]).toContain('DRILL: ');
  });

  it('is an ordinary page when it is about one', () => {
    expect(buttonsOf(pageMessage(page(1), directory))).toEqual([
      'acknowledge',
      'escalate-now',
      'decline',
      'open-room',
    ]);
  });
});
