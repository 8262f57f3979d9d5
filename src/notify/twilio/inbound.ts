import type { Person } from '../../domain/directory.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PersonPage } from '../../store/person-pages.ts';
import { oneLine } from '../outside-text.ts';
import { endOf } from '../page-words.ts';
import { answerPage } from './answer.ts';
import type { AnswerDeps } from './answer.ts';
import { replyCode } from './reply-code.ts';
import { readReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** An SMS that somebody sent to our number. */
export interface InboundSms {
  /** Twilio's own id of it, the same when it is told again; empty when it was not told. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

export interface InboundDeps extends AnswerDeps {
  readonly clock: Clock;
  /** Of the installation: reply codes are drawn with it. */
  readonly secret: string;
  /** Whose number this is; null for strangers. */
  readonly personAt: (phone: string) => Person | null;
  /** Why this person's number may not be used; null when it is proven, or need not be. */
  readonly barsPhone: (person: Person) => Promise<string | null>;
  /** Told what is known about a person's number from now on. */
  readonly notePhone: (
    person: Person,
    channel: 'sms' | 'voice',
    said: 'works' | { readonly refused: string },
  ) => Promise<void>;
  /** False for a message that was here before: Twilio tells again when our answer is lost on its way. */
  readonly isFirst: (messageId: string) => Promise<boolean>;
  /** Newest first, over or not. */
  readonly pagesOf: (personId: string, since: Date) => Promise<readonly PersonPage[]>;
}

const DAY_MS = 24 * 3_600_000;
const OPTED_OUT = 'this phone has replied STOP; it has to reply START';
const UNPROVEN =
  'Nothing was done: this number is not verified. Reply the four digits of the page, or answer in the chat; "verify sms" there proves the number.';
const HOW = "Reply ack to take it, esc to pass it on, no if you can't.";

/** Does what a reply asks for; answers with what to text back, null for nothing. Strangers get no answer: they learn nothing, and cost nothing. */
export async function answerSms(sms: InboundSms, deps: InboundDeps): Promise<string | null> {
  const person = deps.personAt(sms.from);
  if (person === null) return null;
  const reply = readReply(sms.text);
  if (reply.wish === 'stop' || reply.wish === 'start') {
    // Twilio has acted on it and answered it itself.
    await deps.notePhone(person, 'sms', reply.wish === 'start' ? 'works' : { refused: OPTED_OUT });
    return null;
  }
  const since = new Date(deps.clock.now().getTime() - DAY_MS);
  const pages = await deps.pagesOf(person.id, since);
  const meant = pageMeant(reply, pages, deps.secret);
  if (meant === undefined) return notFound(reply, pages);
  // Whoever has the digits of a page has received it there, which is what a code would prove.
  const hasCode = reply.number !== null && codesOf(meant.page, deps.secret).includes(reply.number);
  if (!hasCode && (await deps.barsPhone(person)) !== null) return UNPROVEN;
  const title = titleOf(meant);
  if (reply.wish === 'help' || reply.wish === 'unclear')
    return `${reply.wish === 'help' ? '' : 'Not understood, nothing was done. '}You are paged for ${title}. ${HOW}`;
  const { incident, page } = meant;
  // Whoever wakes up late may still take it; there is nothing left to pass on or to decline.
  if (page.end !== null && reply.wish !== 'ack')
    return `Your page for ${title} is over. ${endOf({ ...page.end, by: null }, person.zone)}`;
  // To take or to decline the same page twice is harmless; passed on twice, somebody would be skipped.
  if (reply.wish === 'escalate' && sms.id !== '' && !(await deps.isFirst(sms.id))) return null;
  const attemptId = page.attempts.findLast(({ channel }) => channel === 'sms')?.id ?? null;
  const answering = { answer: reply.wish, incidentId: incident.id, pageId: page.id, attemptId };
  const said = await answerPage({ ...answering, personId: person.id, zone: person.zone }, deps);
  return `${said}${othersOf(meant, pages, deps.secret)}`;
}

/** By its code or its incident's number; without one the newest that waits, else the newest whose incident is still open. */
function pageMeant({ number }: Reply, pages: readonly PersonPage[], secret: string): PersonPage | undefined {
  if (number !== null)
    return (
      pages.find(({ page }) => codesOf(page, secret).includes(number)) ??
      pages.find(({ incident }) => String(incident.id) === number)
    );
  return (
    pages.find(({ page }) => page.end === null) ?? pages.find(({ incident }) => isOpen(incident)) ?? pages[0]
  );
}

function codesOf({ attempts }: PersonPage['page'], secret: string): readonly string[] {
  return attempts.filter(({ channel }) => channel === 'sms').map(({ id }) => replyCode(id, secret));
}

function notFound({ number }: Reply, [newest]: readonly PersonPage[]): string {
  if (newest === undefined) return 'Nobody is paging you: there is nothing to answer.';
  return `No page of yours has the number ${number ?? ''}, so nothing was done. The newest is ${titleOf(newest)}. ${HOW}`;
}

/** What still waits for the same person is not forgotten over the one that was answered. */
function othersOf(answered: PersonPage, pages: readonly PersonPage[], secret: string): string {
  const waiting = pages.filter(
    ({ page, incident }) => page.end === null && incident.id !== answered.incident.id,
  );
  const [next] = waiting;
  if (next === undefined) return '';
  const code = codesOf(next.page, secret).at(-1) ?? String(next.incident.id);
  const more = waiting.length === 1 ? '' : ` and for ${waiting.length - 1} more`;
  return ` You are still paged for ${titleOf(next)}${more}: reply ${code}.`;
}

function titleOf({ incident }: PersonPage): string {
  return `#${incident.id} ${oneLine(incident.title, 60)}`;
}
