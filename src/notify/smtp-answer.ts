import type { Delivery } from '../engine/notification-channel.ts';
import { oneLine } from './outside-text.ts';

/** What nodemailer says about a mail that did not go out; every field may be missing. */
interface SmtpProblem {
  readonly message: string;
  /** nodemailer's own: EAUTH, EENVELOPE, EMESSAGE, ECONNECTION, ETIMEDOUT, ESOCKET, EDNS, ETLS, EABORT, … */
  readonly code: string | null;
  readonly responseCode: number | null;
  readonly response: string | null;
  readonly command: string | null;
}

/** Authentication and encryption that the server wants and did not get (RFC 4954 section 6, RFC 3207 section 4). */
const OURS = new Set([530, 534, 535, 538]);
/** Said about a session that went out of step, not about the mail (RFC 5321 section 4.2.4). */
const SESSION = new Set([500, 501, 502, 503, 504]);

/**
 * What a failed mail means for the page. `failed` only where the server refused this mail or this person for good; whatever may be
 * the network's, the server's or our own settings' fault stays a `retry`.
 */
export function deliveryOf(thrown: unknown): Delivery {
  const problem = problemOf(thrown);
  const words = oneLine(problem.response ?? problem.message, 300);
  if (problem.code === 'EABORT') return later('The mail server did not answer in time.');
  if (isOurs(problem)) {
    return later(
      `The mail server does not accept our login or settings: check the SMTP user, password and TLS. It says: ${words}`,
    );
  }
  if (isForGood(problem)) {
    const reason = `${subjectOf(problem)} ${words}`;
    return problem.command === 'MAIL FROM'
      ? { kind: 'failed', reason, fault: 'ours' }
      : { kind: 'failed', reason };
  }
  if (problem.responseCode !== null) return later(`The mail server asks to try later: ${words}`);
  return later(`Cannot reach the mail server: ${words}`);
}

function isOurs({ code, responseCode }: SmtpProblem): boolean {
  return (
    code === 'EAUTH' ||
    code === 'ENOAUTH' ||
    code === 'ECONFIG' ||
    code === 'ETLS' ||
    OURS.has(responseCode ?? 0)
  );
}

function isForGood({ code, responseCode }: SmtpProblem): boolean {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  // Without an answer it was the address itself that could not be put on an envelope.
  if (responseCode === null) return true;
  return responseCode >= 500 && responseCode < 600 && !SESSION.has(responseCode);
}

function subjectOf({ command }: SmtpProblem): string {
  if (command === 'MAIL FROM') return 'The mail server refuses our sender address:';
  return command === 'RCPT TO'
    ? 'The mail server refuses this address:'
    : 'The mail server refuses this mail:';
}

function later(reason: string): Delivery {
  return { kind: 'retry', afterMs: null, reason };
}

function problemOf(thrown: unknown): SmtpProblem {
  if (!(thrown instanceof Error))
    return { message: String(thrown), code: null, responseCode: null, response: null, command: null };
  const read = (field: string): unknown => Reflect.get(thrown, field);
  const text = (field: string): string | null => {
    const value = read(field);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const responseCode = read('responseCode');
  return {
    message: thrown.message,
    code: text('code'),
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    response: text('response'),
    command: text('command'),
  };
}
