import { BOT } from '../../domain/actor.ts';
import type { CommandOf } from '../../domain/command.ts';
import type { NamedAttempt } from './callback-path.ts';
import { explainError } from './errors.ts';

/** What a report of Twilio's says: about an attempt, and sometimes about the number. */
export interface Report {
  readonly command: Reported;
  readonly phone: 'works' | { readonly refused: string } | null;
}

type Reported =
  | CommandOf<'page.record_sent'>
  | CommandOf<'page.record_delivered'>
  | CommandOf<'page.record_undelivered'>;

/** Reads a status callback of a message. Null when it tells nothing: an unknown word, or a report without its message. */
export function readMessageReport(attempt: NamedAttempt, fields: URLSearchParams): Report | null {
  const messageId = fields.get('MessageSid') ?? fields.get('SmsSid') ?? '';
  if (messageId === '') return null;
  const about = { by: BOT, ...attempt, messageId };
  switch (fields.get('MessageStatus') ?? fields.get('SmsStatus') ?? '') {
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
    case 'sent':
      return { command: { type: 'page.record_sent', ...about }, phone: null };
    case 'delivered':
    case 'read':
      return { command: { type: 'page.record_delivered', ...about }, phone: 'works' };
    case 'undelivered':
    case 'failed':
    case 'canceled':
      return lost(about, explained(fields, 'not delivered, and Twilio gave no reason'));
    default:
      return null;
  }
}

interface About {
  readonly by: typeof BOT;
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
  readonly messageId: string;
}

interface Explained {
  readonly words: string;
  /** The number is to blame, so that other pages will not arrive there either. */
  readonly isAddress: boolean;
}

function lost(about: About, { words, isAddress }: Explained): Report {
  const command: Reported = { type: 'page.record_undelivered', ...about, reason: words };
  return { command, phone: isAddress ? { refused: words } : null };
}

function explained(fields: URLSearchParams, otherwise: string): Explained {
  const code = Number(fields.get('ErrorCode') ?? '');
  if (!Number.isInteger(code) || code <= 0) return { words: otherwise, isAddress: false };
  const { words, blame } = explainError(code, fields.get('ErrorMessage') ?? '');
  return { words, isAddress: blame === 'address' };
}

/** Reads a status callback of a call. A mailbox that takes a call is no answer, and neither is a call in which nobody pressed a key and nobody is known to have listened. */
export function readCallReport(attempt: NamedAttempt, fields: URLSearchParams): Report | null {
  const messageId = fields.get('CallSid') ?? '';
  if (messageId === '') return null;
  const about = { by: BOT, ...attempt, messageId };
  const undelivered = (words: string): Report => lost(about, { words, isAddress: false });
  switch (fields.get('CallStatus') ?? '') {
    case 'queued':
    case 'initiated':
    case 'ringing':
    case 'in-progress':
      return { command: { type: 'page.record_sent', ...about }, phone: null };
    case 'completed':
      if (isHuman(fields)) return { command: { type: 'page.record_delivered', ...about }, phone: 'works' };
      return undelivered(
        isMachine(fields) ? 'a mailbox took the call' : 'the call was taken, and no key was pressed',
      );
    case 'busy':
      return undelivered('did not answer: busy');
    case 'no-answer':
      return undelivered('did not answer');
    case 'canceled':
      return undelivered('the call was cancelled');
    case 'failed':
      return lost(about, callFailure(fields));
    default:
      return null;
  }
}

function callFailure(fields: URLSearchParams): Explained {
  const { words, isAddress } = explained(fields, '');
  return { words: `the number could not be called${words === '' ? '' : `: ${words}`}`, isAddress };
}

/** Whether Twilio heard a person. */
export function isHuman(fields: URLSearchParams): boolean {
  return fields.get('AnsweredBy') === 'human';
}

/** Whether Twilio heard a mailbox or a fax. */
export function isMachine(fields: URLSearchParams): boolean {
  const by = fields.get('AnsweredBy') ?? '';
  return by.startsWith('machine') || by === 'fax';
}
