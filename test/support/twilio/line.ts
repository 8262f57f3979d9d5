import { createHmac } from 'node:crypto';
import { ACCOUNT } from './account.ts';
import type { Taken } from './server.ts';

/** Brings a request to the bot. */
export type Deliver = (request: Request) => Promise<Response>;

type Fields = Readonly<Record<string, string>>;

/** What the bot answers as TwiML, as whoever is on the telephone perceives it. */
export interface Heard {
  readonly says: readonly string[];
  /** What is texted back. */
  readonly texts: readonly string[];
  /** Where a pressed key goes; null when none is waited for. */
  readonly keysGoTo: string | null;
  readonly hangsUp: boolean;
}

/** The telephones of everybody: each thing that one does is told to the bot as Twilio tells it, signed. */
export class Line {
  readonly #taken: readonly Taken[];
  readonly #deliver: Deliver;

  constructor(taken: readonly Taken[], deliver: Deliver) {
    this.#taken = taken;
    this.#deliver = deliver;
  }

  #texts = 0;

  /** Somebody texts our number; the same `sid` again is the same message, told twice. */
  async texts(from: string, body: string, sid = this.#nextSid()): Promise<Heard> {
    const url = `${this.#base()}/twilio/sms`;
    const fields = {
      From: from,
      To: ACCOUNT.number,
      Body: body,
      MessageSid: sid,
      NumMedia: '0',
    };
    return heard(await (await this.post(url, fields)).text());
  }

  #nextSid(): string {
    this.#texts += 1;
    return `SM${String(this.#texts).padStart(32, '9')}`;
  }

  /** A report about a message that Twilio took. */
  async reports(sid: string, status: string, more: Fields = {}): Promise<void> {
    const { params } = this.#find(sid);
    const fields = { MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status, ...more };
    await this.post(params.get('StatusCallback') ?? '', fields);
  }

  /** The call is taken, by a `human`, `machine_start`, `fax` or nobody knows. */
  async picksUp(sid: string, answeredBy: string): Promise<Heard> {
    const { params } = this.#find(sid);
    await this.progresses(sid, 'in-progress');
    const url = params.get('Url') ?? '';
    return heard(
      await (
        await this.post(url, { CallSid: sid, CallStatus: 'in-progress', AnsweredBy: answeredBy })
      ).text(),
    );
  }

  /** A key is pressed while the bot listens for one. */
  async presses(sid: string, { keysGoTo }: Heard, digit: string): Promise<Heard> {
    if (keysGoTo === null) throw new Error('nobody listens for a key');
    const fields = { CallSid: sid, CallStatus: 'in-progress', Digits: digit };
    return heard(await (await this.post(keysGoTo, fields)).text());
  }

  /** The call goes on or ends: `ringing`, `completed`, `busy`, `no-answer`, `failed`. Told only where it was asked for. */
  async progresses(sid: string, status: string, more: Fields = {}): Promise<void> {
    const { params } = this.#find(sid);
    const event = status === 'in-progress' ? 'answered' : status;
    const isEnd = !['initiated', 'ringing', 'answered'].includes(event);
    if (!params.getAll('StatusCallbackEvent').includes(isEnd ? 'completed' : event)) return;
    await this.post(params.get('StatusCallback') ?? '', { CallSid: sid, CallStatus: status, ...more });
  }

  /** Posts anything signed; `signature` replaces the right one. */
  async post(url: string, fields: Fields, signature?: string): Promise<Response> {
    const all: Fields = { AccountSid: ACCOUNT.accountSid, ApiVersion: '2010-04-01', ...fields };
    const response = await this.#deliver(
      new Request(url, {
        method: 'POST',
        headers: { 'x-twilio-signature': signature ?? sign(url, all) },
        body: new URLSearchParams(all),
      }),
    );
    if (signature === undefined && response.status >= 400)
      throw new Error(`the bot answered ${response.status} to ${url}: ${await response.text()}`);
    return response;
  }

  #find(sid: string): Taken {
    const found = this.#taken.find((one) => one.sid === sid);
    if (!found) throw new Error(`there is no ${sid}`);
    return found;
  }

  #base(): string {
    const url = this.#taken[0]?.params.get('StatusCallback') ?? 'http://localhost:8080/';
    return url.replace(/\/twilio\/.*$/, '').replace(/\/$/, '');
  }
}

/** As Twilio's page on security describes it, step by step. */
function sign(url: string, fields: Fields): string {
  let text = url;
  for (const name of Object.keys(fields).sort()) text += name + (fields[name] ?? '');
  return createHmac('sha1', ACCOUNT.authToken).update(Buffer.from(text, 'utf8')).digest('base64');
}

function heard(twiml: string): Heard {
  if (!/^<\?xml version="1.0" encoding="UTF-8"\?><Response>.*<\/Response>$/s.test(twiml))
    throw new Error(`this is no TwiML: ${twiml}`);
  const all = (tag: string): string[] =>
    [...twiml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, text = '']) => decode(text));
  const action = /<Gather[^>]* action="([^"]*)"/.exec(twiml)?.[1];
  return {
    says: all('Say'),
    texts: all('Message'),
    keysGoTo: action === undefined ? null : decode(action),
    hangsUp: twiml.includes('<Hangup/>') || twiml.includes('<Hangup />'),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function decode(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
