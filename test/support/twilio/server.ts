import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCOUNT, checkLogin, TwilioError } from './account.ts';
import { checkCall, checkMessage } from './check.ts';
import { Line } from './line.ts';
import type { Deliver } from './line.ts';

/** How Twilio behaves from now on. */
export type TwilioMood =
  | { readonly kind: 'takes_it' }
  | {
      readonly kind: 'says';
      readonly status: number;
      readonly code: number;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'is_silent' }
  /** Does what it was asked for, and its answer never arrives. */
  | { readonly kind: 'does_it_silently' }
  | { readonly kind: 'hangs_up' };

/** What was asked of Twilio and taken. */
export interface Taken {
  readonly kind: 'Messages' | 'Calls';
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly params: URLSearchParams;
  readonly at: Date;
}

/** A Twilio on this machine that refuses what the real one refuses, and calls back signed as it is documented. */
export interface FakeTwilio {
  readonly url: string;
  readonly be: (mood: TwilioMood) => void;
  /** From now on Twilio refuses this number. */
  readonly refuseNumber: (number: string, code: number, message: string) => void;
  readonly taken: readonly Taken[];
  /** Every request, refused or not: `POST Messages 21211`. */
  readonly log: readonly string[];
  /** The telephone line: what phones do, told to whoever asked for it. */
  readonly line: Line;
  /** Resolves when a request hangs in a silence. */
  readonly hangs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Most requests at a time; the next one is told to slow down. */
const MOST_AT_ONCE = 20;

/** Starts the server on a free port of the loopback. `deliver` carries Twilio's calls to the bot, `now` is Twilio's clock. */
export async function startTwilio(
  deliver: Deliver = refuseAll,
  now: () => Date = () => new Date(),
): Promise<FakeTwilio> {
  const state = new State(now);
  const server = createServer((request, response) => void state.serve(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    be: (mood) => {
      state.mood = mood;
    },
    refuseNumber: (number, code, message) => state.numbers.set(number, { code, message }),
    taken: state.taken,
    log: state.log,
    line: new Line(state.taken, deliver),
    hangs: () => state.silence.promise,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuseAll(): Promise<Response> {
  return Promise.reject(new Error('nobody listens to what Twilio calls back'));
}

class State {
  mood: TwilioMood = { kind: 'takes_it' };
  readonly numbers = new Map<string, { code: number; message: string }>();
  readonly taken: Taken[] = [];
  readonly log: string[] = [];
  readonly silence = Promise.withResolvers<void>();
  readonly #now: () => Date;
  #busy = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const mood = this.mood;
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    if (mood.kind === 'hangs_up') return void request.socket.destroy();
    if (mood.kind === 'is_silent') return this.silence.resolve();
    this.#busy += 1;
    try {
      const body = this.#answer(request, Buffer.concat(chunks).toString('utf8'), mood);
      if (mood.kind === 'does_it_silently') return this.silence.resolve();
      response.writeHead(request.method === 'POST' ? 201 : 200, JSON_TYPE).end(JSON.stringify(body));
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      this.log.push(`${request.method} ${resourceOf(request)} ${error.code}`);
      const headers = { ...JSON_TYPE, ...(mood.kind === 'says' ? mood.headers : {}) };
      const { status, code, message } = error;
      const more_info = `https://www.twilio.com/docs/errors/${code}`;
      response.writeHead(status, headers).end(JSON.stringify({ code, message, more_info, status }));
    } finally {
      this.#busy -= 1;
    }
  }

  #answer(request: IncomingMessage, body: string, mood: TwilioMood): object {
    const url = new URL(request.url ?? '', 'http://twilio.test');
    const [, accountSid = '', resource = ''] =
      /^\/2010-04-01\/Accounts\/([^/]+)\/(Messages|Calls)\.json$/.exec(url.pathname) ?? [];
    if (resource === '')
      throw new TwilioError(404, 20404, `The requested resource ${url.pathname} was not found`);
    checkLogin(request.headers.authorization, accountSid);
    if (mood.kind === 'says') throw new TwilioError(mood.status, mood.code, mood.message);
    if (this.#busy > MOST_AT_ONCE) throw new TwilioError(429, 20429, 'Too Many Requests');
    if (request.method === 'GET')
      return resource === 'Calls' ? this.#listCalls(url.searchParams) : this.#list(url.searchParams);
    if (request.method !== 'POST') throw new TwilioError(405, 20004, 'Method not allowed');
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true)
      throw new TwilioError(400, 20001, 'expected a form');
    return this.#make(resource === 'Calls' ? 'Calls' : 'Messages', new URLSearchParams(body));
  }

  #make(kind: Taken['kind'], params: URLSearchParams): object {
    if (kind === 'Calls') checkCall(params, this.numbers);
    else checkMessage(params, this.numbers);
    const prefix = kind === 'Calls' ? 'CA' : 'SM';
    const sid = `${prefix}${String(this.taken.length + 1).padStart(32, '0')}`;
    const to = params.get('To') ?? '';
    this.taken.push({
      kind,
      sid,
      to,
      body: params.get('Body') ?? params.get('Twiml') ?? '',
      params,
      at: this.#now(),
    });
    this.log.push(`POST ${kind} ${sid}`);
    return { sid, account_sid: ACCOUNT.accountSid, to, status: 'queued', error_code: null };
  }

  #listCalls(query: URLSearchParams): object {
    const size = Number(query.get('PageSize') ?? '50');
    const calls = this.taken
      .filter(({ kind, to }) => kind === 'Calls' && to === query.get('To'))
      .toReversed()
      .slice(0, size)
      .map(({ sid, to, params, at }) => ({
        sid,
        to,
        from: params.get('From'),
        direction: 'outbound-api',
        status: 'queued',
        // As the documentation of the API of 2010 shows it: to the second, with an offset.
        date_created: at.toUTCString().replace('GMT', '+0000'),
      }));
    return { calls, page: 0, page_size: size, next_page_uri: null };
  }

  #list(query: URLSearchParams): object {
    const sent = this.taken.filter(({ kind, to }) => kind === 'Messages' && to === query.get('To'));
    const size = Number(query.get('PageSize') ?? '50');
    const messages = sent
      .toReversed()
      .slice(0, size)
      .map(({ sid, to, body }) => ({ sid, to, body, direction: 'outbound-api', status: 'sent' }));
    return { messages, page: 0, page_size: size, next_page_uri: null };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

function resourceOf({ url }: IncomingMessage): string {
  return /\/(\w+)\.json/.exec(url ?? '')?.[1] ?? '?';
}
