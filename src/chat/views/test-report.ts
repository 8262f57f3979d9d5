import type { LedgerEntry, Page } from '../../domain/page/page.ts';
import type { Line } from '../../domain/text.ts';
import { NOT_VERIFIED } from '../../domain/contact/contact.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Message } from '../message.ts';
import { listScreen } from './lists.ts';
import type { Reading } from './plain.ts';

/** What arrived of a test page: a line for each rule, as far as anybody knows by now. */
export function testReport(page: Page, incidentId: number, reading: Reading): Message {
  const items = page.attempts.map((attempt) => attemptLine(attempt));
  const screen = {
    heading: `Your test page #${incidentId}`,
    items,
    empty: 'You have no rule by which you could be paged. An admin gives you some in firebell.yaml.',
    foot: footOf(page),
  };
  return { ...listScreen(screen, reading), tone: toneOf(page) };
}

function attemptLine({ channel, outcome, intendedAt, actedAt }: LedgerEntry): Line {
  const answered: Line = actedAt === null ? [] : [', and you answered there'];
  const took = (at: Date): string => {
    const ms = at.getTime() - intendedAt.getTime();
    return ms < 1_000 ? 'at once' : `after ${formatDuration(Math.round(ms / 1_000) * 1_000)}`;
  };
  switch (outcome.state) {
    case 'intended':
      return [{ bold: channel }, ': on its way'];
    case 'sent':
      return [{ bold: channel }, `: sent ${took(outcome.at)}`, ...answered];
    case 'delivered':
      return [{ bold: channel }, `: arrived ${took(outcome.at)}`, ...answered];
    case 'failed':
      return [
        { bold: channel },
        `: failed ${took(outcome.at)}: ${outcome.reason}`,
        ...whatToDo(channel, outcome.reason),
      ];
    case 'withheld':
      return [{ bold: channel }, ': not sent any more, because the test was over'];
  }
}

function whatToDo(channel: string, reason: string): Line {
  return reason === NOT_VERIFIED ? ['. ', { code: `verify ${channel}` }, ' sends a code there.'] : [];
}

function footOf({ end }: Page): Line {
  if (end === null) return ['Acknowledge on any of them to end the test; this message shows what arrives.'];
  if (end.why === 'acknowledged') return ['You answered at ', { time: end.at }, '. Thank you.'];
  if (end.why === 'unreachable')
    return ['Nothing of it could reach you: a real page would have gone on to others at once.'];
  return ['The test ended without an answer at ', { time: end.at }, '.'];
}

function toneOf({ end, attempts }: Page): Message['tone'] {
  if (end?.why === 'unreachable') return 'danger';
  if (attempts.some(({ outcome }) => outcome.state === 'failed')) return 'warning';
  return end?.why === 'acknowledged' ? 'good' : 'drill';
}
