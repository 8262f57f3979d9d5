import type { PageNotice } from '../../domain/page/notice.ts';
import { endOf } from '../page-words.ts';
import { answerPage, recordDelivered } from './answer.ts';
import type { Answer, AnswerDeps } from './answer.ts';
import { callbackUrl } from './callback-path.ts';
import type { NamedAttempt } from './callback-path.ts';
import { isHuman, isMachine } from './reports.ts';
import { KEYS, spokenPage } from './spoken-words.ts';
import { menu, spoken } from './twiml.ts';
import type { TwilioConfig } from '../../config/config.ts';

export interface CallDeps extends AnswerDeps {
  /** The page as it stands now, or null when there is no such page. */
  readonly readNotice: (attempt: NamedAttempt) => Promise<PageNotice | null>;
}

/** A call of ours that somebody or something took, or in which a key was pressed. */
export interface TakenCall {
  readonly attempt: NamedAttempt;
  readonly fields: URLSearchParams;
  readonly config: TwilioConfig;
}

const NO_KEY = 'No key was pressed. Unless somebody acknowledges, this goes on to others. Goodbye.';
const UNKNOWN = 'Firebell does not know this page any more. Please look into the chat. Goodbye.';
const BY_KEY: ReadonlyMap<string, Answer> = new Map([
  ['1', 'ack'],
  ['2', 'escalate'],
  ['3', 'decline'],
]);

/** What a call says when it is taken, as TwiML. A mailbox hears nothing: what burns is not for everyone who listens to it later. */
export async function greetCall(call: TakenCall, deps: CallDeps): Promise<string> {
  const { attempt, fields } = call;
  if (isMachine(fields)) return spoken();
  const callSid = fields.get('CallSid') ?? '';
  if (isHuman(fields) && callSid !== '') await recordDelivered(attempt, callSid, deps.door);
  const notice = await deps.readNotice(attempt);
  if (notice === null) return spoken(UNKNOWN);
  if (notice.end !== null)
    return spoken(`Firebell. ${endOf(notice.end, notice.person.zone)} Nothing is left to do. Goodbye.`);
  return menuOf(notice, call);
}

/** What a pressed key comes to, as TwiML. A key that means nothing hears the menu again. */
export async function takeKey(call: TakenCall, deps: CallDeps): Promise<string> {
  const { attempt, fields } = call;
  const notice = await deps.readNotice(attempt);
  if (notice === null) return spoken(UNKNOWN);
  const answer = BY_KEY.get(fields.get('Digits') ?? '');
  if (answer === undefined) return menuOf(notice, call);
  const callSid = fields.get('CallSid') ?? '';
  if (callSid !== '') await recordDelivered(attempt, callSid, deps.door);
  if (notice.end !== null && answer !== 'ack')
    return spoken(`${endOf(notice.end, notice.person.zone)} Nothing is left to do. Goodbye.`);
  const { id: personId, zone } = notice.person;
  const said = await answerPage({ ...attempt, answer, personId, zone }, deps);
  return spoken(`${said.replaceAll('#', 'incident ')} Goodbye.`);
}

function menuOf(notice: PageNotice, { attempt, config }: TakenCall): Promise<string> {
  return menu({
    says: spokenPage(notice),
    keys: KEYS,
    action: callbackUrl(config, 'voice-keys', attempt.attemptId),
    otherwise: NO_KEY,
  });
}
