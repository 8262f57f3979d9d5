import type { PageNotice } from '../../domain/page/notice.ts';
import { formatInZone } from '../../domain/schedule/zone.ts';
import { oneLine } from '../outside-text.ts';
import { measureSms, plainPunctuation } from './segments.ts';

/** Two segments of Latin text, three of any other: enough to say what burns, and no more. */
const MOST = { gsm7: 2, ucs2: 3 };

/** What a page says by SMS. What matters most stays whole: the number, how bad, and how to answer; the title is cut where it must be. */
export function smsText(notice: PageNotice, code: string): string {
  const head = `${kindOf(notice)}#${notice.incidentId} ${oneLine(notice.severity, 20)}: `;
  const tail = `Reply ${code} or ack to take it, esc to pass it on, no if you can't.`;
  const title = oneLine(notice.title, 400) || 'Untitled incident';
  const short = shortest(title, (cut) => [`${head}${cut}.`, tail].join(' '));
  return factsOf(notice)
    .reduce(
      (parts, fact) => {
        const more = [...parts.slice(0, -1), fact, tail];
        return fits(more.join(' ')) ? more : parts;
      },
      [`${head}${short}.`, tail],
    )
    .join(' ')
    .trim();
}

function kindOf({ isTest, isDrill }: PageNotice): string {
  if (isTest) return 'TEST ';
  return isDrill ? 'DRILL ' : '';
}

/** In the order in which they are worth their room. */
function factsOf(notice: PageNotice): readonly string[] {
  const at = (instant: Date): string => formatInZone(instant, notice.person.zone).slice(11);
  const facts = [
    notice.service === null ? '' : `Service ${oneLine(notice.service, 40)}.`,
    `Since ${at(notice.since)}.`,
    notice.firing > 1 ? `${notice.firing} alerts.` : '',
    notice.escalatesAt === null ? '' : `Goes on at ${at(notice.escalatesAt)}.`,
    notice.message === null ? '' : `"${oneLine(notice.message, 120)}"`,
  ];
  return facts.filter((fact) => fact !== '').map(plainPunctuation);
}

/** As much of a title as fits with the rest. */
function shortest(title: string, whole: (cut: string) => string): string {
  const characters = Array.from(plainPunctuation(title).replace(/[.!]+$/, ''));
  for (let length = characters.length; length > 0; length -= 1) {
    const cut = characters.slice(0, length).join('').trimEnd();
    const shown = length === characters.length ? cut : `${cut}..`;
    if (fits(whole(shown))) return shown;
  }
  return '';
}

function fits(text: string): boolean {
  const { encoding, segments } = measureSms(text);
  return segments <= MOST[encoding];
}
