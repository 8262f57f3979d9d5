import { ACCOUNT, TwilioError } from './account.ts';

/** Numbers that Twilio has something against, by what it says about them. */
export type Numbers = ReadonlyMap<string, { readonly code: number; readonly message: string }>;

const E164 = /^\+[1-9]\d{1,14}$/;
const MESSAGE_PARAMS = ['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback'];
const CALL_PARAMS = [
  'To',
  'From',
  'Url',
  'Twiml',
  'Method',
  'StatusCallback',
  'StatusCallbackMethod',
  'StatusCallbackEvent',
  'Timeout',
  'MachineDetection',
  'MachineDetectionTimeout',
];

/** Refuses what Twilio refuses of a message, and names of parameters that it would silently pass over. */
export function checkMessage(params: URLSearchParams, numbers: Numbers): void {
  checkNames(params, MESSAGE_PARAMS);
  checkTo(params, numbers);
  const body = params.get('Body') ?? '';
  if (body === '') refuse(21602, 'Message body is required.');
  if (body.length > 1600) refuse(21617, 'The concatenated message body exceeds the 1600 character limit.');
  if (params.has('From') === params.has('MessagingServiceSid'))
    refuse(21603, "A 'From' phone number is required.");
  if (params.has('From')) checkFrom(params, 21606);
  else if (params.get('MessagingServiceSid') !== ACCOUNT.messagingService)
    refuse(21705, 'The Messaging Service Sid is invalid.');
  checkUrl(params, 'StatusCallback', 21609);
}

/** Refuses what Twilio refuses of a call. */
export function checkCall(params: URLSearchParams, numbers: Numbers): void {
  checkNames(params, CALL_PARAMS);
  checkTo(params, numbers);
  checkFrom(params, 21210);
  if (params.has('Url') === params.has('Twiml')) refuse(21205, 'Url or Twiml parameter is required.');
  if (params.has('Twiml') && !/^<\?xml.*<Response>.*<\/Response>$/s.test(params.get('Twiml') ?? ''))
    refuse(12100, 'Document parse failure');
  checkUrl(params, 'Url', 21205);
  checkUrl(params, 'StatusCallback', 21609);
  const events = ['initiated', 'ringing', 'answered', 'completed'];
  if (params.getAll('StatusCallbackEvent').some((event) => !events.includes(event)))
    refuse(21626, 'Invalid StatusCallbackEvents.');
  between(params, 'Timeout', { least: 1, most: 600 });
  between(params, 'MachineDetectionTimeout', { least: 3, most: 59 });
  const detection = params.get('MachineDetection');
  if (detection !== null && detection !== 'Enable' && detection !== 'DetectMessageEnd')
    refuse(21264, 'Invalid MachineDetection parameter.');
}

function refuse(code: number, message: string): never {
  throw new TwilioError(400, code, message);
}

function checkNames(params: URLSearchParams, known: readonly string[]): void {
  const unknown = [...params.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) refuse(20001, `Unknown parameters: ${unknown.join(', ')}`);
}

function checkTo(params: URLSearchParams, numbers: Numbers): void {
  const to = params.get('To') ?? '';
  if (!E164.test(to)) refuse(21211, `The 'To' number ${to} is not a valid phone number.`);
  const against = numbers.get(to);
  if (against) refuse(against.code, against.message);
}

function checkFrom(params: URLSearchParams, code: number): void {
  const from = params.get('From') ?? '';
  if (from !== ACCOUNT.number)
    refuse(code, `The 'From' number ${from} is not a Twilio phone number of this account.`);
}

function checkUrl(params: URLSearchParams, name: string, code: number): void {
  const url = params.get(name);
  if (url !== null && !/^https?:\/\/[^/\s]+\/\S*$/.test(url))
    refuse(code, `${name} is not a valid URL: ${url}`);
}

function between(
  params: URLSearchParams,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): void {
  const value = params.get(name);
  if (value === null) return;
  if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most)
    refuse(20001, `${name} is from ${least} to ${most}, not ${value}`);
}
