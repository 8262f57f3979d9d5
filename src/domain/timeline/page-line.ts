import type { PageEvent } from '../page/events.ts';
import type { Line } from '../text.ts';

/** What happened to a page, in words; null for the machinery, which the page ledger shows instead. */
export function pageLine(event: PageEvent): Line | null {
  switch (event.type) {
    case 'page.attempt_failed':
      return [`An attempt to page failed: ${event.reason}`];
    case 'page.ended':
      return event.why === 'stale' ? ['A page that had become old was put into a summary.'] : null;
    case 'page.started':
    case 'page.attempt_intended':
    case 'page.attempt_bundled':
    case 'page.attempt_sent':
    case 'page.attempt_delivered':
    case 'page.attempt_withheld':
    case 'page.acted':
      return null;
  }
}
