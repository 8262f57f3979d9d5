import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server behaves from now on. */
export type PushoverMood =
  | { readonly kind: 'works' }
  | {
      readonly kind: 'refuses';
      readonly status: number;
      readonly words: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'is_silent' }
  | { readonly kind: 'hangs_up' };

/** A message that was taken, with its receipt when it is an emergency. */
export interface TakenMessage {
  readonly fields: Readonly<Record<string, string>>;
  readonly receipt: string | null;
  /** True while the phone goes on ringing. */
  rings: boolean;
  acknowledgedBy: string | null;
}

/** An HTTP server on this machine that takes and refuses what Pushover documents. */
export interface PushoverServer {
  readonly url: string;
  readonly taken: readonly TakenMessage[];
  readonly be: (mood: PushoverMood) => void;
  /** Times that anybody asked for a receipt. */
  readonly asked: () => number;
  /** Somebody presses *Acknowledge* in the app; answers with the callback that Pushover makes then. */
  readonly acknowledge: (
    message: TakenMessage,
    user: string,
  ) => { readonly url: string; readonly body: string } | null;
  readonly hangs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface PushoverOptions {
  readonly token: string;
  readonly users: readonly string[];
}

const FIELDS = new Set([
  'token',
  'user',
  'message',
  'title',
  'url',
  'url_title',
  'priority',
  'retry',
  'expire',
  'callback',
  'sound',
  'device',
  'timestamp',
  'ttl',
  'html',
  'tags',
]);

/** Starts the server on a free port of the loopback. */
export async function startPushover({ token, users }: PushoverOptions): Promise<PushoverServer> {
  let mood: PushoverMood = { kind: 'works' };
  let asked = 0;
  const taken: TakenMessage[] = [];
  const silence = Promise.withResolvers<void>();

  const publish = (fields: Record<string, string>): Said => {
    const errors = problemsWith(fields, { token, users });
    if (errors.length > 0) return { status: 400, json: { status: 0, errors } };
    const receipt = fields['priority'] === '2' ? receiptOf(taken.length) : null;
    taken.push({ fields, receipt, rings: receipt !== null, acknowledgedBy: null });
    return { status: 200, json: { status: 1, ...(receipt === null ? {} : { receipt }) } };
  };
  const receipt = (path: string, fields: Record<string, string>): Said => {
    const [, id, cancel] = /^\/1\/receipts\/([A-Za-z0-9]{30})(\/cancel)?\.json$/.exec(path) ?? [];
    const message = taken.find((one) => one.receipt === id);
    if (fields['token'] !== token || message === undefined)
      return { status: 400, json: { status: 0, errors: ['receipt not found; may be invalid or expired'] } };
    if (cancel) message.rings = false;
    else asked += 1;
    return {
      status: 200,
      json: {
        status: 1,
        acknowledged: message.acknowledgedBy === null ? 0 : 1,
        acknowledged_by: message.acknowledgedBy ?? '',
        last_delivered_at: 1_785_758_400,
        expired: 0,
      },
    };
  };

  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const now = mood;
      if (now.kind === 'is_silent') return silence.resolve();
      if (now.kind === 'hangs_up') return void request.socket.destroy();
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://pushover');
      const said =
        now.kind === 'refuses'
          ? { status: now.status, json: { status: 0, errors: [now.words] }, headers: now.headers }
          : route(request.method ?? '', pathname, {
              posted: Object.fromEntries(new URLSearchParams(body)),
              asked: Object.fromEntries(searchParams),
            });
      response
        .writeHead(said.status, { 'content-type': 'application/json', ...said.headers })
        .end(JSON.stringify({ ...said.json, request: randomUUID() }));
    })();
  });
  const route = (method: string, path: string, fields: Fields): Said => {
    if (method === 'POST' && path === '/1/messages.json') return publish(fields.posted);
    const isCancel = path.endsWith('/cancel.json');
    if (method === (isCancel ? 'POST' : 'GET')) return receipt(path, isCancel ? fields.posted : fields.asked);
    return { status: 404, json: { status: 0, errors: ['not found'] } };
  };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    be: (next) => {
      mood = next;
    },
    asked: () => asked,
    acknowledge: (message, user) => {
      message.rings = false;
      message.acknowledgedBy = user;
      const { callback } = message.fields;
      const told = {
        receipt: message.receipt ?? '',
        acknowledged: '1',
        acknowledged_at: '1785758460',
        acknowledged_by: user,
      };
      return callback === undefined ? null : { url: callback, body: new URLSearchParams(told).toString() };
    },
    hangs: () => silence.promise,
    close: async () => {
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await done;
    },
  };
}

interface Said {
  readonly status: number;
  readonly json: object;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface Fields {
  readonly posted: Record<string, string>;
  readonly asked: Record<string, string>;
}

function problemsWith(fields: Record<string, string>, { token, users }: PushoverOptions): readonly string[] {
  const { message = '', title = '', url = '', url_title: urlTitle = '', priority = '0' } = fields;
  const length = (text: string): number => Array.from(text).length;
  const seconds = (name: string): number => Number(fields[name] ?? Number.NaN);
  return [
    ...(fields['token'] === token ? [] : ['application token is invalid']),
    ...(users.includes(fields['user'] ?? '')
      ? []
      : ['user identifier is not a valid user, group, or subscribed user key']),
    ...Object.keys(fields).flatMap((name) => (FIELDS.has(name) ? [] : [`${name} is not a parameter`])),
    ...(message === '' ? ['message cannot be blank'] : []),
    ...(length(message) > 1024 ? ['message is too long'] : []),
    ...(length(title) > 250 ? ['title is too long'] : []),
    ...(length(url) > 512 ? ['url is too long'] : []),
    ...(length(urlTitle) > 100 ? ['url_title is too long'] : []),
    ...(/^(-2|-1|0|1|2)$/.test(priority) ? [] : ['priority is invalid']),
    ...(priority === '2' && !(seconds('retry') >= 30)
      ? ['retry must be supplied with priority=2 and be at least 30']
      : []),
    ...(priority === '2' && !(seconds('expire') > 0 && seconds('expire') <= 10_800)
      ? ['expire must be supplied with priority=2 and be at most 10800']
      : []),
  ];
}

function receiptOf(place: number): string {
  return `rLqVuqTRh62UzxtmqiaLzQmVcPg${String(place).padStart(3, '0')}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}
