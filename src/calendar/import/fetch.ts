import { lookup as lookUpName } from 'node:dns';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { cleanLine } from '../../lib/clean-text.ts';
import { isPrivateAddress } from './private-address.ts';

/** What a calendar said of itself when it was last read; it is asked for only if that has changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What became of reading a calendar. `isPassing`: the same may well work later. Reasons never hold more of an address than its host. */
export type Fetched =
  | { readonly kind: 'same' }
  | ({ readonly kind: 'read'; readonly text: string } & Validators)
  | { readonly kind: 'failed'; readonly reason: string; readonly isPassing: boolean };

export interface FetchOptions {
  readonly validators: Validators;
  /** Whether this machine and private networks may be asked. */
  readonly privateNetwork: boolean;
  /** For everything together, redirects included; 20 s unless given. */
  readonly timeoutMs?: number;
}

/** The largest calendar that is read, in bytes. */
export const LARGEST_CALENDAR = 5 * 1024 * 1024;
const TIMEOUT_MS = 20_000;
const MOST_REDIRECTS = 5;

type Failed = Extract<Fetched, { kind: 'failed' }>;

/** Reads a calendar over http or https. Never throws. The address that was checked is the one that is connected to, at every redirect. */
export async function fetchCalendar(url: string, options: FetchOptions): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let next = new URL(url);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await ask(next, options, signal);
      const target = redirectOf(response, next);
      if (target === null) return await read(response, next, signal);
      response.destroy();
      if (typeof target !== 'string') return target;
      next = withoutSecrets(new URL(target, next), next);
    }
    return failed(`${next.host} redirects more than ${MOST_REDIRECTS} times`, false);
  } catch (error) {
    return failureOf(error, next);
  }
}

function failed(reason: string, isPassing: boolean): Failed {
  return { kind: 'failed', reason, isPassing };
}

/** An address of a network that calendars are not read from. */
class PrivateAddress extends Error {}

function ask(
  url: URL,
  { validators, privateNetwork }: FetchOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { etag, lastModified } = validators;
  const options: RequestOptions = {
    signal,
    headers: {
      Accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
      'Accept-Encoding': 'gzip, identity',
      'User-Agent': 'Firebell (calendar)',
      ...(etag === null ? {} : { 'If-None-Match': etag }),
      ...(lastModified === null ? {} : { 'If-Modified-Since': lastModified }),
    },
    ...(privateNetwork ? {} : { lookup: publicLookup }),
  };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // No name is looked up for an address, so it is checked here.
  if (!privateNetwork && isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddress(host);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    send(url, options, resolve).on('error', reject).end();
  });
}

/** Looks a name up, and connects to nothing if any of its addresses is private. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUpName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    if (bad) return callback(new PrivateAddress(`${hostname} (${bad.address})`), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

/** Where an answer sends us; null when it is none of those. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): string | Failed | null {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return null;
  const { location } = headers;
  const target = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (target === null) return failed(`${from.host} redirects to nowhere`, false);
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    return failed(
      `${from.host} redirects to ${cleanLine(target.protocol, 20)}, which is not followed`,
      false,
    );
  if (from.protocol === 'https:' && target.protocol === 'http:')
    return failed(`${from.host} redirects from https to http, which is not followed`, false);
  return target.href;
}

/** A name and password go to the host that they were written for and to no other. */
function withoutSecrets(target: URL, from: URL): URL {
  const clean = new URL(target);
  clean.username = target.host === from.host ? from.username : '';
  clean.password = target.host === from.host ? from.password : '';
  return clean;
}

async function read(response: IncomingMessage, { host }: URL, signal: AbortSignal): Promise<Fetched> {
  const { statusCode = 0, headers } = response;
  if (statusCode === 304) {
    response.destroy();
    return { kind: 'same' };
  }
  if (statusCode !== 200) {
    response.destroy();
    const isPassing = statusCode >= 500 || statusCode === 408 || statusCode === 425 || statusCode === 429;
    return failed(`${host} answered ${statusCode}${adviceFor(statusCode)}`, isPassing);
  }
  const text = await readLimited(response, signal);
  if (text === null) return failed(`${host} sends more than ${LARGEST_CALENDAR / 1024 / 1024} MB`, false);
  return { kind: 'read', text, etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return ': it does not let us in. Is the secret address still the right one?';
  if (status === 404 || status === 410)
    return ': there is no such calendar any more. Was the address changed or revoked?';
  return '';
}

async function readLimited(response: IncomingMessage, signal: AbortSignal): Promise<string | null> {
  const stream: Readable =
    response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;
  response.on('error', (error) => stream.destroy(error));
  const stop = () => stream.destroy(new Error('no answer in time'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST_CALENDAR) return null;
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    signal.removeEventListener('abort', stop);
    response.destroy();
  }
}

function failureOf(error: unknown, { host }: URL): Failed {
  if (error instanceof PrivateAddress) {
    const where = error.message === host ? host : `${host} is at ${error.message}, which`;
    return failed(
      `${where} is in a private network. If that is meant, set \`private_network: true\` for this calendar`,
      false,
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  return failed(`cannot reach ${host}: ${isLate ? 'no answer in time' : cleanLine(message, 120)}`, true);
}
