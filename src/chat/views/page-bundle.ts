import type { Directory } from '../../domain/directory.ts';
import type { PageNotice } from '../../domain/page/notice.ts';
import type { Line } from '../../domain/text.ts';
import { serviceName, severityName } from '../../domain/timeline/phrase.ts';
import type { Button, Message } from '../message.ts';
import { button, buttons, context } from './blocks.ts';
import { endLine, kindOf, pageNotice, titleOf, toneOf } from './page-notice.ts';
import { plainLine } from './plain.ts';

/** More are counted: nobody reads further at night. */
const NAMED = 15;
const BRIEF = 3;
/** Beside the button for all; the rest is acknowledged with it, or typed. */
const SINGLE_BUTTONS = 4;

/** The direct message of a page, and of those that it tells of beside it. */
export function pageMessage(notice: PageNotice, directory: Directory): Message {
  const { alongside = [] } = notice;
  return alongside.length === 0
    ? pageNotice(notice, directory)
    : pageBundle([notice, ...alongside], directory);
}

/** Several pages in one message: the worst first, each with what it is and what became of it. */
function pageBundle(notices: readonly [PageNotice, ...PageNotice[]], directory: Directory): Message {
  const [{ person, attemptId }] = notices;
  const sorted = notices.toSorted((a, b) => rankOf(a, directory) - rankOf(b, directory));
  const open = sorted.filter(({ end }) => end === null);
  const heading = headingOf(notices.length, open.length);
  const more = sorted.length - NAMED;
  const reading = { directory, zone: person.zone };
  return {
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'list', items: sorted.slice(0, NAMED).map((notice) => itemOf(notice, directory)) },
      ...(more > 0 ? [context(`and ${more} more: `, { code: 'list mine' }, ' shows them all')] : []),
      ...buttons(...buttonsOf(open, attemptId)),
      ...(open.length === 0
        ? []
        : [context('One alone: ', { code: 'decline #…' }, ' or ', { code: 'escalate #…' })]),
    ],
    tone: open[0] ? toneOf(open[0], directory) : 'calm',
    plain: plainLine([open.length === 0 ? heading : `${heading}: ${briefly(open, directory)}`], reading),
    notify: open.length === 0 ? [] : [person.id],
  };
}

/** For the notification on a lock screen. */
function briefly(open: readonly PageNotice[], directory: Directory): string {
  const named = open
    .slice(0, BRIEF)
    .map(
      (notice) =>
        `${kindOf(notice)}${severityName(notice.severity, directory)} #${notice.incidentId} ${titleOf(notice)}`,
    );
  return `${named.join('; ')}${open.length > BRIEF ? ` and ${open.length - BRIEF} more` : ''}`;
}

function headingOf(all: number, open: number): string {
  if (open === 0) return `${all} pages, all over`;
  return open === 1 ? '1 incident pages you' : `${open} incidents page you`;
}

function rankOf({ severity, end }: PageNotice, { severities }: Directory): number {
  const found = severities.findIndex(({ id }) => id === severity);
  return (end === null ? 0 : severities.length + 1) + (found === -1 ? severities.length : found);
}

function itemOf(notice: PageNotice, directory: Directory): Line {
  const { incidentId, severity, service, since, firing, alsoPaged, escalatesAt, runbook, end } = notice;
  const what: Line = [
    { incident: incidentId },
    ` ${kindOf(notice)}${severityName(severity, directory)} `,
    { bold: titleOf(notice) },
    ...(service === null ? [] : [` (${serviceName(service, directory)})`]),
  ];
  if (end !== null) return [...what, ': ', ...endLine(end, notice)];
  return [
    ...what,
    ', since ',
    { time: since },
    ...(firing > 1 ? [`; ${firing} alerts firing`] : []),
    ...(alsoPaged.length > 0 ? [`; also paged: ${alsoPaged.join(', ')}`] : []),
    ...(escalatesAt === null ? [] : ['; escalates ', { time: escalatesAt }]),
    ...(runbook === null ? [] : ['; ', { link: runbook, label: 'runbook' }]),
  ];
}

function buttonsOf(open: readonly PageNotice[], bundle: string): readonly Button[] {
  const single = open
    .slice(0, SINGLE_BUTTONS)
    .map(({ pageId, incidentId }) => button('acknowledge', `Acknowledge #${incidentId}`, { value: pageId }));
  if (open.length < 2) return single;
  const all = button('acknowledge-all', `Acknowledge all ${open.length}`, {
    value: bundle,
    style: 'primary',
  });
  return [all, ...single];
}
