import { BOT, person } from '../../domain/actor.ts';
import type { Actor } from '../../domain/actor.ts';
import type { FrontDoor } from '../../engine/front-door.ts';
import { whoHasIt } from '../ack-outcome.ts';
import { instantIn, oneLine } from '../outside-text.ts';
import type { NamedAttempt } from './callback-path.ts';

/** What a person can want of a page, by a key or by a reply. */
export type Answer = 'ack' | 'escalate' | 'decline';

/** Who answers which page how. */
export interface Answering {
  readonly answer: Answer;
  readonly incidentId: number;
  readonly pageId: string;
  /** The attempt that brought the answer; null when it cannot be told. */
  readonly attemptId: string | null;
  readonly personId: string;
  /** In which times are said. */
  readonly zone: string;
}

export interface AnswerDeps {
  readonly door: FrontDoor;
  /** A name for whoever did something. */
  readonly nameOf: (actor: Actor) => string;
}

const COMMANDS = {
  ack: { type: 'escalation.acknowledge', promiseMs: null },
  escalate: { type: 'escalation.escalate_now' },
  decline: { type: 'escalation.decline' },
} as const;

/** Does what a person wants of a page in their name, and says in a sentence or two what came of it. */
export async function answerPage(answering: Answering, { door, nameOf }: AnswerDeps): Promise<string> {
  const { answer, incidentId, pageId, attemptId, personId } = answering;
  if (attemptId !== null)
    await door.say({ type: 'page.record_acted', by: BOT, incidentId, pageId, attemptId });
  const said = await door.say({ ...COMMANDS[answer], by: person(personId), incidentId, pageId });
  if (said.kind === 'refused') {
    const { why, hint } = said.refusal;
    return [why, hint ?? ''].join(' ').replaceAll('`', '').trim();
  }
  const title = `#${incidentId} ${oneLine(said.incident.title, 60)}`;
  if (answer === 'escalate') return `${title} goes on to the next in line now.`;
  if (answer === 'decline') return `Understood: somebody else is paged for ${title}.`;
  const whose = whoHasIt(said, personId);
  if (whose.kind === 'mine') return `You have ${title}. The paging has stopped for you.`;
  if (whose.kind === 'nobody') return `Nobody is being paged for ${title} any more.`;
  const since = whose.since === null ? '' : ` since ${instantIn(answering.zone, whose.since)}`;
  return `${oneLine(nameOf(whose.by), 60)} has ${title}${since}. Nothing is left for you to do.`;
}

/** Records that the provider brought a message or a call to the person. */
export async function recordDelivered(
  { incidentId, pageId, attemptId }: NamedAttempt,
  messageId: string,
  door: FrontDoor,
): Promise<void> {
  await door.say({ type: 'page.record_delivered', by: BOT, incidentId, pageId, attemptId, messageId });
}
