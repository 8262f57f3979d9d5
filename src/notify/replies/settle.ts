import { BOT, person } from '../../domain/actor.ts';
import type { Actor } from '../../domain/actor.ts';
import type { PageNotice } from '../../domain/page/notice.ts';
import type { Page } from '../../domain/page/page.ts';
import type { FrontDoor, Said } from '../../engine/front-door.ts';
import { outcomeOf } from '../link-answers.ts';
import { oneLine } from '../outside-text.ts';
import type { ReplyClaim } from './address.ts';
import type { Incoming } from './incoming.ts';
import type { Meaning } from './reply-text.ts';

/** What a mail to one of our addresses needs to be understood and answered. */
export interface SettleDeps {
  readonly door: FrontDoor;
  /** The page as it stands now, or null when there is no such page. */
  readonly readNotice: (claim: ReplyClaim) => Promise<PageNotice | null>;
  readonly readPage: (claim: ReplyClaim) => Promise<Page | null>;
  /** A name for whoever did something. */
  readonly nameOf: (actor: Actor) => string;
  /** Takes note that an address of this person works, or that it was refused for good. Never throws. */
  readonly noteAddress: (personId: string, said: 'works' | { readonly refused: string }) => Promise<void>;
  /** Tells somebody who answered what came of it. Never throws: the answer counts whether or not this arrives. */
  readonly tell: (note: ReplyNote) => Promise<void>;
}

/** What is mailed back. */
export interface ReplyNote {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Message-ID of the mail that this answers; null when it had none. */
  readonly inReplyTo: string | null;
}

/** What the sending mail server is told: taken, or refused for good with these words. */
export type Settled = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly words: string };

const TAKEN: Settled = { kind: 'taken' };

/** Does what a mail to one of our addresses says. Throws only when the database does, so that the mail is brought again. */
export async function settle(
  claim: ReplyClaim,
  { mail, isFromNobody }: { readonly mail: Incoming; readonly isFromNobody: boolean },
  deps: SettleDeps,
): Promise<Settled> {
  if (mail.bounce !== null) return bounced(claim, mail.bounce, deps);
  if (claim.kind === 'bounce' || isFromNobody || mail.isAutomatic) return TAKEN;
  const notice = await deps.readNotice(claim);
  if (notice === null) return { kind: 'refused', words: 'there is no such page any more' };
  if (mail.from === null || mail.from !== notice.person.email?.toLowerCase())
    return { kind: 'refused', words: 'only whoever was paged may answer, from the address that was paged' };
  await deps.noteAddress(notice.person.id, 'works');
  const lines = await answer(claim, { meaning: mail.meaning, notice }, deps);
  await deps.tell({
    to: mail.from,
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
    text: `${lines.join('\n')}\n`,
    inReplyTo: mail.messageId,
  });
  return TAKEN;
}

/** Only the address that a mail was sent from hears of bounces; nobody else knows it. */
async function bounced(
  claim: ReplyClaim,
  reason: string,
  { door, readPage, noteAddress }: SettleDeps,
): Promise<Settled> {
  if (claim.kind !== 'bounce') return TAKEN;
  const { incidentId, pageId, attemptId } = claim;
  const page = await readPage(claim);
  const outcome = page?.attempts.find(({ id }) => id === attemptId)?.outcome;
  if (!page || outcome?.state !== 'sent') return TAKEN;
  const { messageId } = outcome;
  await door.say({
    type: 'page.record_undelivered',
    by: BOT,
    incidentId,
    pageId,
    attemptId,
    messageId,
    reason: `The mail came back: ${reason}`,
  });
  await noteAddress(page.personId, { refused: reason });
  return TAKEN;
}

const HOW =
  'Answer with the one word ack to take it, no if you cannot, or escalate to call the next. An empty answer takes it.';

async function answer(
  { incidentId, pageId, attemptId }: ReplyClaim,
  { meaning, notice }: { readonly meaning: Meaning; readonly notice: PageNotice },
  { door, nameOf }: SettleDeps,
): Promise<readonly string[]> {
  const by = person(notice.person.id);
  if (meaning === 'unclear') return ['Nothing was done: Firebell did not understand your answer.', HOW];
  await door.say({ type: 'page.record_acted', by: BOT, incidentId, pageId, attemptId });
  const said = await sayIt(meaning, { by, incidentId, pageId }, door);
  if (said.kind === 'refused')
    return [oneLine(said.refusal.why, 200), ...(said.refusal.hint === null ? [] : [said.refusal.hint])];
  if (meaning === 'escalate') return ['It goes on to the next step now.'];
  const { heading, lines } = outcomeOf(meaning, notice, { said, nameOf });
  return [`${heading}.`, ...lines];
}

interface Saying {
  readonly by: Actor;
  readonly incidentId: number;
  readonly pageId: string;
}

function sayIt(meaning: Exclude<Meaning, 'unclear'>, saying: Saying, door: FrontDoor): Promise<Said> {
  switch (meaning) {
    case 'acknowledge':
      return door.say({ type: 'escalation.acknowledge', ...saying, promiseMs: null });
    case 'decline':
      return door.say({ type: 'escalation.decline', ...saying });
    case 'escalate':
      return door.say({ type: 'escalation.escalate_now', ...saying });
  }
}
