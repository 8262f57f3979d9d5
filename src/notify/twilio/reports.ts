import { BOT } from '../../domain/actor.ts';
import type { CommandOf } from '../../domain/command.ts';
import type { NamedAttempt } from './callback-path.ts';
import { explainError } from './errors.ts';

/** What a report of Twilio's says about an attempt. */
export type Reported =
  | CommandOf<'page.record_sent'>
  | CommandOf<'page.record_delivered'>
  | CommandOf<'page.record_undelivered'>;

/** Reads a status callback of a message. Null when it tells nothing: an unknown word, or a report without its message. */
export function readMessageReport(attempt: NamedAttempt, fields: URLSearchParams): Reported | null {
  const messageId = fields.get('MessageSid') ?? fields.get('SmsSid') ?? '';
  if (messageId === '') return null;
  const about = { by: BOT, ...attempt, messageId };
  switch (fields.get('MessageStatus') ?? fields.get('SmsStatus') ?? '') {
    case 'accepted':
    case 'scheduled':
    case 'queued':
    case 'sending':
    case 'sent':
      return { type: 'page.record_sent', ...about };
    case 'delivered':
    case 'read':
      return { type: 'page.record_delivered', ...about };
    case 'undelivered':
    case 'failed':
    case 'canceled':
      return { type: 'page.record_undelivered', ...about, reason: reasonIn(fields) };
    default:
      return null;
  }
}

function reasonIn(fields: URLSearchParams): string {
  const code = Number(fields.get('ErrorCode') ?? '');
  if (!Number.isInteger(code) || code <= 0) return 'not delivered, and Twilio gave no reason';
  return explainError(code, fields.get('ErrorMessage') ?? '').words;
}

/** Reads a status callback of a call. A mailbox that takes a call is no answer, and neither is a call in which nobody pressed a key and nobody is known to have listened. */
export function readCallReport(attempt: NamedAttempt, fields: URLSearchParams): Reported | null {
  const messageId = fields.get('CallSid') ?? '';
  if (messageId === '') return null;
  const about = { by: BOT, ...attempt, messageId };
  const undelivered = (reason: string): Reported => ({ type: 'page.record_undelivered', ...about, reason });
  switch (fields.get('CallStatus') ?? '') {
    case 'queued':
    case 'initiated':
    case 'ringing':
    case 'in-progress':
      return { type: 'page.record_sent', ...about };
    case 'completed':
      if (isHuman(fields)) return { type: 'page.record_delivered', ...about };
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
      return undelivered(callFailure(fields));
    default:
      return null;
  }
}

function callFailure(fields: URLSearchParams): string {
  const code = Number(fields.get('ErrorCode') ?? '');
  const words = Number.isInteger(code) && code > 0 ? `: ${explainError(code, '').words}` : '';
  return `the number could not be called${words}`;
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
