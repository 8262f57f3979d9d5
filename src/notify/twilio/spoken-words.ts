import type { PageNotice } from '../../domain/page/notice.ts';
import { oneLine } from '../outside-text.ts';

/** What a call says about a page, made for the ear: no signs that a voice would spell out. */
export function spokenPage(notice: PageNotice): string {
  const kind = notice.isTest ? 'This is a test page. ' : notice.isDrill ? 'This is a drill. ' : '';
  const service = notice.service === null ? '' : ` Service ${aloud(notice.service, 60)}.`;
  const alerts = notice.firing > 1 ? ` ${notice.firing} alerts are firing.` : '';
  return `Firebell for ${aloud(notice.person.name, 60)}. ${kind}${severityAloud(notice.severity)}, incident ${notice.incidentId}: ${aloud(notice.title, 160) || 'untitled'}.${service}${alerts}`;
}

/** The keys of the menu. */
export const KEYS = 'Press 1 to acknowledge, 2 to escalate, 3 if you can not take it.';

/** Six digits, one by one, slowly. */
export function digitsAloud(code: string): string {
  return Array.from(code).join(', ');
}

function severityAloud(severity: string): string {
  return aloud(severity.replace(/^sev[-_ ]?(\d+)$/i, 'severity $1'), 40);
}

/** Text from outside as a voice can say it. */
function aloud(text: string, limit: number): string {
  return oneLine(text, limit)
    .replaceAll(/[_/\\|<>[\]{}()*#~^=`"]+/g, ' ')
    .replaceAll(/(?<=\p{L})[-.:](?=\p{L})/gu, ' ')
    .replaceAll('%', ' percent ')
    .replaceAll('&', ' and ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
