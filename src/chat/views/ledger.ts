import type { LedgerEntry, Page, PageEnd, Pages } from '../../domain/page/page.ts';
import type { Runs } from '../../domain/escalation/run.ts';
import type { Line } from '../../domain/text.ts';
import { hoursLine } from '../../domain/timeline/escalation-line.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

const MOST = 40;

/** What the ledger of an incident is made of. */
export interface Ledger {
  readonly incidentId: number;
  readonly pages: Pages;
  readonly runs: Runs;
}

/** The page ledger: each attempt to reach somebody, when, with which proof, or why not. */
export function ledgerScreen({ incidentId, pages, runs }: Ledger, reading: Reading): Message {
  const items = [
    ...pages.flatMap((page) => [pageItem(page), ...page.attempts.map((attempt) => attemptItem(attempt))]),
    ...runs.flatMap(({ delay }): Line[] => (delay === null ? [] : [['Waits for ', ...hoursLine(delay)]])),
  ];
  const shown = items.slice(-MOST);
  const foot: Line | undefined =
    items.length > shown.length ? [`The newest ${MOST} of ${items.length} lines.`] : undefined;
  return listScreen(
    {
      heading: `Pages of #${incidentId}`,
      items: shown,
      empty: 'Nobody has been paged.',
      ...(foot === undefined ? {} : { foot }),
    },
    reading,
  );
}

function pageItem({ personId, startedAt, heldUntil, attempts, end }: Page): Line {
  const from: Line = [{ person: personId }, ' paged at ', { time: startedAt }];
  if (end === null && heldUntil !== null && attempts.length === 0)
    return [...from, ': waits for their working hours, ', { time: heldUntil }];
  if (end === null) return [...from, ': waiting for an answer'];
  const by: Line = end.by === null || end.by === personId ? [] : [' by ', { person: end.by }];
  return [...from, `: ${endWords(end.why)}`, ...by, ' at ', { time: end.at }];
}

/** Why a page is over, as every ledger says it. */
export function endWords(why: PageEnd): string {
  return END_WORDS[why];
}

const END_WORDS: Readonly<Record<PageEnd, string>> = {
  acknowledged: 'acknowledged',
  acknowledged_by_other: 'acknowledged',
  declined: 'cannot take it',
  escalated: 'no answer, went on',
  snoozed: 'silenced',
  resolved: 'ended, incident resolved',
  cancelled: 'ended, incident cancelled',
  unreachable: 'could not be reached',
  stale: 'became old, folded into a summary',
};

function attemptItem({ channel, intendedAt, outcome, actedAt, muted }: LedgerEntry): Line {
  const acted: Line = actedAt === null ? [] : [', answered there at ', { time: actedAt }];
  const start: Line = [`– ${channel}: `];
  switch (outcome.state) {
    case 'intended':
      return [...start, 'being sent since ', { time: intendedAt }];
    case 'sent':
    case 'delivered':
      return [
        ...start,
        `${outcome.state} at `,
        { time: outcome.at },
        ' (message ',
        { code: outcome.messageId },
        ')',
        ...(muted === undefined ? [] : [`, did not ring: ${muted}`]),
        ...acted,
      ];
    case 'failed':
      return [...start, 'failed at ', { time: outcome.at }, `: ${outcome.reason}`];
    case 'withheld':
      return [...start, 'not sent at ', { time: outcome.at }, `: ${outcome.reason}`];
  }
}
