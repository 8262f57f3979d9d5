import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { PushTarget } from '../../../src/store/push-subscriptions.ts';

/** How the service behaves from now on. */
export type PushMood =
  | { readonly kind: 'works' }
  | {
      readonly kind: 'refuses';
      readonly status: number;
      readonly words: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'is_silent' }
  | { readonly kind: 'hangs_up' };

/** A message as the browser reads it, with what the service saw of it. */
export interface PushedMessage {
  readonly data: Readonly<Record<string, unknown>>;
  readonly ttl: number;
  readonly urgency: string;
  readonly topic: string | null;
}

/** One browser: what it handed out when notifications were allowed, and what reached it. */
export interface PushBrowser extends PushTarget {
  readonly received: readonly PushedMessage[];
  /** The newest of each tag, as it stands on the screen. */
  readonly screen: () => readonly Readonly<Record<string, unknown>>[];
  /** The browser takes its permission back: the service answers 410 from now on. */
  readonly leave: () => void;
}

/** A push service (RFC 8030) on this machine that believes nobody: it checks who sends (RFC 8292) and opens what is sent (RFC 8291). */
export interface PushService {
  readonly url: string;
  readonly be: (mood: PushMood) => void;
  /** A browser subscribes, for one sender only; null for whoever is the first to send. */
  readonly subscribe: (applicationServerKey: string | null) => PushBrowser;
  readonly hangs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Subscribed {
  readonly browser: PushBrowser;
  readonly keys: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
  readonly received: PushedMessage[];
  sender: string | null;
  isGone: boolean;
}

/** Starts the service on a free port of the loopback. */
export async function startPushService(): Promise<PushService> {
  let mood: PushMood = { kind: 'works' };
  let count = 0;
  const subscribed = new Map<string, Subscribed>();
  const silence = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const now = mood;
      if (now.kind === 'is_silent') return silence.resolve();
      if (now.kind === 'hangs_up') return void request.socket.destroy();
      if (now.kind === 'refuses') return void response.writeHead(now.status, now.headers).end(now.words);
      const known = subscribed.get(request.url ?? '');
      if (known === undefined) return void response.writeHead(404).end('no such subscription');
      if (known.isGone) return void response.writeHead(410).end('unsubscribed');
      const refusal = take(known, request.headers, body);
      if (refusal) return void response.writeHead(refusal.status).end(refusal.words);
      count += 1;
      response.writeHead(201, { location: `${origin}/message/${count}` }).end();
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const take = (known: Subscribed, headers: IncomingHttpHeaders, body: Buffer): Refusal | null => {
    const refusal = refusalOfHeaders(headers, body) ?? refusalOfSender(known, headers, origin);
    if (refusal) return refusal;
    const text = decrypt(body, known);
    if (text === null) return { status: 400, words: 'cannot be decrypted' };
    known.received.push({
      data: z.record(z.string(), z.unknown()).parse(JSON.parse(text)),
      ttl: Number(headers['ttl']),
      urgency: String(headers['urgency'] ?? 'normal'),
      topic: headers['topic'] === undefined ? null : String(headers['topic']),
    });
    return null;
  };
  return {
    url: origin,
    be: (next) => {
      mood = next;
    },
    subscribe: (applicationServerKey) => {
      const path = `/push/${subscribed.size + 1}-${randomBytes(9).toString('base64url')}`;
      const keys = createECDH('prime256v1');
      const auth = randomBytes(16);
      const received: PushedMessage[] = [];
      const browser: PushBrowser = {
        endpoint: `${origin}${path}`,
        p256dh: keys.generateKeys('base64url', 'uncompressed'),
        auth: auth.toString('base64url'),
        received,
        screen: () => [...new Map(received.map(({ data }) => [data['tag'], data])).values()],
        leave: () => {
          known.isGone = true;
        },
      };
      const known: Subscribed = {
        browser,
        keys,
        auth,
        received,
        sender: applicationServerKey,
        isGone: false,
      };
      subscribed.set(path, known);
      return browser;
    },
    hangs: () => silence.promise,
    close: async () => {
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await done;
    },
  };
}

interface Refusal {
  readonly status: number;
  readonly words: string;
}

const LARGEST = 4_096;

function refusalOfHeaders(headers: IncomingHttpHeaders, body: Buffer): Refusal | null {
  if (headers['content-encoding'] !== 'aes128gcm') return { status: 400, words: 'content encoding' };
  if (!/^\d+$/.test(String(headers['ttl']))) return { status: 400, words: 'TTL is missing' };
  if (!['very-low', 'low', 'normal', 'high'].includes(String(headers['urgency'] ?? 'normal')))
    return { status: 400, words: 'urgency' };
  if (headers['topic'] !== undefined && !/^[-_A-Za-z0-9]{1,32}$/.test(String(headers['topic'])))
    return { status: 400, words: 'topic' };
  return body.length > LARGEST ? { status: 413, words: 'payload too large' } : null;
}

const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string().regex(/^(mailto:|https:)/) });
const DAY_SECONDS = 86_400;

function refusalOfSender(known: Subscribed, headers: IncomingHttpHeaders, origin: string): Refusal | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  const [head = '', payload = '', signature = ''] = token.split('.');
  if (!isSigned(`${head}.${payload}`, signature, key)) return { status: 401, words: 'not signed' };
  const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
  const now = Date.now() / 1000;
  if (!claims || claims.aud !== origin || claims.exp < now || claims.exp > now + DAY_SECONDS)
    return { status: 401, words: 'not for us, or not any more' };
  known.sender ??= key;
  return known.sender === key ? null : { status: 403, words: 'subscribed for another sender' };
}

function isSigned(text: string, signature: string, key: string): boolean {
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return false;
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(
    'sha256',
    Buffer.from(text),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}

/** RFC 8291, section 3.4, over one record of RFC 8188; null when it is not for this browser. */
function decrypt(body: Buffer, { keys, auth }: Subscribed): string | null {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const theirs = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const shared = keys.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), theirs]);
  const secret = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const key = hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    return padded.subarray(0, end).toString('utf8');
  } catch {
    return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
