import type { Directory } from '../../domain/directory.ts';
import type { NoticeEnd, PageNotice } from '../../domain/page/notice.ts';
import type { Line } from '../../domain/text.ts';
import { listed, serviceName, severityName } from '../../domain/timeline/phrase.ts';
import { cleanLine, cleanLines } from '../../lib/clean-text.ts';
import type { Block, Button, Message } from '../message.ts';
import { button, buttons, context, text } from './blocks.ts';
import { plainLine } from './plain.ts';

const SHOWN_ALERTS = 5;

/** The direct message of a page: what is on fire, how bad, since when, and what to press. After its end: what became of it. */
export function pageNotice(notice: PageNotice, directory: Directory): Message {
  const reading = { directory, zone: notice.person.zone };
  const { end } = notice;
  const blocks: Block[] = [
    {
      kind: 'heading',
      text: `${kindOf(notice)}${severityName(notice.severity, directory)} · #${notice.incidentId} · ${titleOf(notice)}`,
    },
    ...(end === null ? openBlocks(notice, directory) : [text(...endLine(end, notice))]),
    ...linkBlocks(notice),
    ...buttons(...buttonsOf(notice)),
  ];
  const sentence =
    end === null ? openSentence(notice, directory) : [`${titleOf(notice)}: `, ...endLine(end, notice)];
  const plain = `${kindOf(notice)}${plainLine(sentence, reading)}`;
  return { blocks, tone: toneOf(notice, directory), plain, notify: end === null ? [notice.person.id] : [] };
}

/** The incident's title, short enough for one line. */
export function titleOf({ title }: PageNotice): string {
  return cleanLine(title, 150);
}

/** What stands before a page that is none in earnest. */
export function kindOf({ isDrill, isTest }: PageNotice): string {
  if (isTest) return 'TEST: ';
  return isDrill ? 'DRILL: ' : '';
}

/** How loudly a page looks. */
export function toneOf(
  { end, isDrill, isTest, severity }: PageNotice,
  { severities }: Directory,
): Message['tone'] {
  if (end !== null) return 'calm';
  if (isDrill || isTest) return 'drill';
  return severities[0]?.id === severity ? 'danger' : 'warning';
}

function openSentence(notice: PageNotice, directory: Directory): Line {
  const service = notice.service === null ? '' : ` (${serviceName(notice.service, directory)})`;
  return [
    `${severityName(notice.severity, directory)}: ${titleOf(notice)}${service}, since `,
    { time: notice.since },
    '. Please acknowledge.',
  ];
}

function openBlocks(notice: PageNotice, directory: Directory): readonly Block[] {
  const facts = [
    ...(notice.service === null
      ? []
      : [{ label: 'Service', value: [serviceName(notice.service, directory)] }]),
    { label: 'Since', value: [{ time: notice.since }] },
    ...(notice.firing > 0
      ? [{ label: 'Firing', value: [`${notice.firing} alert${notice.firing === 1 ? '' : 's'}`] }]
      : []),
    ...(notice.alsoPaged.length > 0 ? [{ label: 'Also paged', value: listed(notice.alsoPaged) }] : []),
    ...(notice.escalatesAt === null ? [] : [{ label: 'Escalates', value: [{ time: notice.escalatesAt }] }]),
  ];
  return [
    ...(notice.message === null ? [] : [{ kind: 'quote' as const, text: cleanLines(notice.message, 600) }]),
    ...(notice.summary === null ? [] : [text(cleanLines(notice.summary, 400))]),
    { kind: 'facts', facts },
    ...alertBlocks(notice),
    ...(notice.isTest
      ? [context('This is a test of your own notification rules. Acknowledge to end it.')]
      : []),
    ...(notice.isDrill && !notice.isTest ? [context('This is a drill: answer as if it were real.')] : []),
  ];
}

function alertBlocks({ alerts, firing }: PageNotice): readonly Block[] {
  if (alerts.length === 0) return [];
  const shown = alerts.slice(0, SHOWN_ALERTS);
  const more = firing - shown.length;
  const items: Line[] = shown.map((alert) => [cleanLine(alert, 200)]);
  return [{ kind: 'list', items }, ...(more > 0 ? [context(`and ${more} more firing`)] : [])];
}

function linkBlocks({ runbook, call = null, url, end }: PageNotice): readonly Block[] {
  const links = [
    { link: runbook, label: 'Runbook' },
    { link: end === null ? call : null, label: 'Join the call' },
    { link: url, label: 'Go to the incident' },
  ];
  const line = links.flatMap(({ link, label }): Line => (link === null ? [] : [' · ', { link, label }]));
  return line.length === 0 ? [] : [text(...line.slice(1))];
}

function buttonsOf({ end, pageId, incidentId, isTest, person }: PageNotice): readonly Button[] {
  const acknowledge = button('acknowledge', 'Acknowledge', { value: pageId, style: 'primary' });
  // Whoever wakes up a little late may still take it from the next in line.
  if (end !== null) return end.why === 'escalated' && end.by !== person.name ? [acknowledge] : [];
  if (isTest) return [acknowledge];
  return [
    acknowledge,
    button('escalate-now', 'Escalate now', { value: pageId }),
    button('decline', 'I can’t', { value: pageId }),
    button('open-room', 'Open room', { value: incidentId }),
  ];
}

/** What became of a page, in a sentence. */
export function endLine({ why, by, at }: NoticeEnd, { person }: PageNotice): Line {
  const who = by === null ? 'Somebody' : by;
  const when: Line = [' at ', { time: at }, '.'];
  switch (why) {
    case 'acknowledged':
      return [
        by === null || by === person.name ? 'You acknowledged' : `${by} acknowledged`,
        ...when,
        ' Thank you.',
      ];
    case 'acknowledged_by_other':
      return [`${who} acknowledged`, ...when, ' Nothing is left for you to do.'];
    case 'declined':
      return ['You said that you cannot take it', ...when, ' Somebody else is being paged.'];
    case 'escalated':
      if (by === person.name) return ['You were paged again', ...when];
      return [
        by === null ? 'It went on to the next step' : `It went on to ${by}`,
        ...when,
        ' You can still take it.',
      ];
    case 'snoozed':
      return [`${who} silenced the pages`, ...when];
    case 'resolved':
      return ['The incident was resolved', ...when, ' You can rest.'];
    case 'cancelled':
      return ['The incident was cancelled', ...when, ' You can rest.'];
    case 'unreachable':
      return ['This page could not reach you in any way', ...when];
    case 'stale':
      return ['This page had become old', ...when, ' It is in your summary.'];
  }
}
