import type { NoticeEnd, PageNotice } from '../domain/page/notice.ts';
import { instantIn, oneLine, someLines, webUrl } from './outside-text.ts';

/** What a page says, in order and in plain text. Whoever renders it still escapes it for the medium. */
export interface PageWords {
  /** One line without control characters: the subject of a mail, the title of a page. */
  readonly subject: string;
  readonly title: string;
  readonly facts: readonly Fact[];
  /** What the one who escalated wrote along, and what is known so far. */
  readonly paragraphs: readonly string[];
  readonly alertsHeading: string | null;
  readonly alerts: readonly string[];
  /** What happens when nobody acts, or that the page is over. */
  readonly next: string;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Absolute http(s) URL that the value leads to. */
  readonly href: string | null;
}

const MANY = 8;

/** Puts a page into words for the person who is paged, times in their zone. */
export function wordsOf(notice: PageNotice): PageWords {
  const title = oneLine(notice.title, 200) || 'Untitled incident';
  return {
    subject: `${label(notice)}#${notice.incidentId} ${oneLine(notice.severity, 20)}: ${title}`,
    title,
    facts: factsOf(notice),
    paragraphs: [
      ...(notice.isDrill ? ['This is a drill: nothing is on fire. Please answer as if it were.'] : []),
      ...(notice.isTest ? ['This is a test page: nothing is on fire.'] : []),
      ...[notice.message, notice.summary].flatMap((text) => (text ? [someLines(text, 2000)] : [])),
    ],
    alertsHeading: alertsHeading(notice),
    alerts: notice.alerts.slice(0, MANY).map((alert) => oneLine(alert, 200)),
    next: notice.end ? endOf(notice.end, notice.person.zone) : nextOf(notice),
  };
}

/** How a page ended, in a sentence. */
export function endOf({ why, by, at }: NoticeEnd, zone: string): string {
  const name = by === null ? 'Somebody' : oneLine(by, 80);
  const when = instantIn(zone, at);
  switch (why) {
    case 'acknowledged':
    case 'acknowledged_by_other':
      return `${name} has it since ${when}.`;
    case 'declined':
      return `This page was declined at ${when}; others are being paged.`;
    case 'escalated':
      return `This page went on to the next step at ${when}.`;
    case 'snoozed':
      return `${name} snoozed this at ${when}.`;
    case 'resolved':
      return `The incident was resolved at ${when}.`;
    case 'cancelled':
      return `The incident was cancelled at ${when}.`;
    case 'unreachable':
      return `This page ran out of ways to reach you at ${when}; others are being paged.`;
    case 'stale':
      return `This page was too old to send at ${when}.`;
  }
}

function label(notice: PageNotice): string {
  if (notice.isDrill) return '[DRILL] ';
  return notice.isTest ? '[TEST] ' : '';
}

function factsOf(notice: PageNotice): Fact[] {
  const plain = (name: string, value: string | null): Fact[] =>
    value ? [{ label: name, value, href: null }] : [];
  const link = (name: string, href: string | null): Fact[] =>
    href ? [{ label: name, value: href, href }] : [];
  return [
    ...plain('Severity', oneLine(notice.severity, 20)),
    ...plain('Service', notice.service && oneLine(notice.service, 120)),
    ...plain('Since', instantIn(notice.person.zone, notice.since)),
    ...link('Runbook', webUrl(notice.runbook)),
    ...link('Call', webUrl(notice.call ?? null)),
    ...plain('Also paged', namesOf(notice.alsoPaged)),
    ...link('Room', webUrl(notice.url)),
  ];
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, MANY).map((name) => oneLine(name, 80));
  return names.length > shown.length
    ? `${shown.join(', ')} and ${names.length - shown.length} more`
    : shown.join(', ');
}

function alertsHeading({ alerts, firing }: PageNotice): string | null {
  if (alerts.length === 0) return null;
  return firing === 0 ? 'Alerts, all cleared' : `Alerts, ${firing} firing`;
}

function nextOf({ escalatesAt, person, alsoPaged }: PageNotice): string {
  if (escalatesAt)
    return `Unless somebody acknowledges, this goes on at ${instantIn(person.zone, escalatesAt)}.`;
  return alsoPaged.length === 0
    ? 'Nobody else has been paged for this.'
    : 'Nobody further will be paged for this.';
}
