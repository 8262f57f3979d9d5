import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Publish, refusalOf, TOPIC } from './message.ts';
import type { Refusal } from './message.ts';

/** How the server behaves from now on. */
export type NtfyMood =
  | { readonly kind: 'works' }
  | {
      readonly kind: 'refuses';
      readonly code: number;
      readonly words: string;
      readonly retryAfter?: number;
    }
  | { readonly kind: 'is_silent' }
  | { readonly kind: 'hangs_up' };

/** An event of a topic, as subscribers read it. */
export interface TopicEvent extends Partial<Omit<Publish, 'topic'>> {
  readonly id: string;
  readonly time: number;
  readonly event: 'open' | 'message' | 'message_clear' | 'message_delete';
  readonly topic: string;
}

export interface NtfyOptions {
  /** The token that may read and write; without one everybody may. */
  readonly token?: string | null;
  /** Topics that even the token may not write to. */
  readonly closed?: readonly string[];
  /** False stands for a server from before messages could be changed: the field is passed over, the paths are unknown. */
  readonly changesMessages?: boolean;
  /** Requests that one visitor has in hand before they are told to slow down. */
  readonly burst?: number;
}

/** An HTTP server on this machine that takes and refuses what ntfy takes and refuses. */
export interface NtfyServer {
  readonly url: string;
  readonly be: (mood: NtfyMood) => void;
  /** Everything that happened in a topic, oldest first. */
  readonly eventsOf: (topic: string) => readonly TopicEvent[];
  readonly hangs: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const TOO_MANY: Refusal = { code: 42901, error: 'limit reached: too many requests' };

/** Starts the server on a free port of the loopback. */
export async function startNtfy(options: NtfyOptions = {}): Promise<NtfyServer> {
  const { token = null, closed = [], changesMessages = true, burst = 60 } = options;
  let mood: NtfyMood = { kind: 'works' };
  let requests = 0;
  const events: TopicEvent[] = [];
  const listeners = new Set<(event: TopicEvent) => void>();
  const silence = Promise.withResolvers<void>();

  const happen = (event: Omit<TopicEvent, 'id' | 'time'>): TopicEvent => {
    const happened = { id: `m${String(events.length + 1).padStart(11, '0')}`, time: 1_785_758_400, ...event };
    events.push(happened);
    for (const tell of listeners) tell(happened);
    return happened;
  };
  const mayNot = (request: IncomingMessage, topic: string): Refusal | null => {
    const given = request.headers.authorization;
    if (token !== null && given !== undefined && given !== `Bearer ${token}`)
      return { code: 40101, error: 'unauthorized' };
    if ((token !== null && given === undefined) || closed.includes(topic))
      return { code: 40301, error: 'forbidden' };
    return null;
  };
  const publish = (request: IncomingMessage, body: string): TopicEvent | Refusal => {
    const read = Publish.safeParse(parsed(body));
    if (!read.success) return { code: 40024, error: 'invalid request: request body must be message JSON' };
    const refusal = refusalOf(read.data) ?? mayNot(request, read.data.topic);
    if (refusal) return refusal;
    const { sequence_id, ...message } = read.data;
    return happen({
      event: 'message',
      ...message,
      ...(changesMessages && sequence_id !== undefined ? { sequence_id } : {}),
    });
  };
  const change = (request: IncomingMessage): TopicEvent | Refusal => {
    const [, topic = '', sequence = '', clear] = (request.url ?? '').split('/');
    const isClear = request.method === 'PUT' && clear === 'clear';
    const isDelete = request.method === 'DELETE' && clear === undefined;
    if (!changesMessages || !(isClear || isDelete)) return { code: 40401, error: 'page not found' };
    return (
      mayNot(request, topic) ??
      happen({ event: isClear ? 'message_clear' : 'message_delete', topic, sequence_id: sequence })
    );
  };
  const subscribe = (request: IncomingMessage, response: ServerResponse): void => {
    const [, topic = ''] = (request.url ?? '').split('/');
    const refusal = TOPIC.test(topic) ? mayNot(request, topic) : { code: 40401, error: 'page not found' };
    if (refusal) return answer(response, refusal);
    const write = (event: TopicEvent): void => {
      if (event.topic === topic) response.write(`${JSON.stringify(event)}\n`);
    };
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    write({ id: 'open', time: 1_785_758_400, event: 'open', topic });
    const asked = new URL(request.url ?? '', 'http://ntfy').searchParams;
    if (asked.get('since') === 'all') events.forEach(write);
    if (asked.get('poll') === '1') return void response.end();
    listeners.add(write);
    response.on('close', () => listeners.delete(write));
  };

  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    requests += 1;
    const now = mood;
    if (request.method === 'GET') return subscribe(request, response);
    if (now.kind === 'is_silent') return silence.resolve();
    if (now.kind === 'hangs_up') return void request.socket.destroy();
    if (now.kind === 'refuses') return answer(response, { code: now.code, error: now.words }, now.retryAfter);
    if (requests > burst) return answer(response, TOO_MANY);
    answer(response, request.url === '/' ? publish(request, body) : change(request));
  };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    be: (next) => {
      mood = next;
    },
    eventsOf: (topic) => events.filter((event) => event.topic === topic),
    hangs: () => silence.promise,
    close: async () => {
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await done;
    },
  };
}

function answer(response: ServerResponse, what: TopicEvent | Refusal, retryAfter?: number): void {
  const status = 'code' in what ? Math.floor(what.code / 100) : 200;
  const body = 'code' in what ? { code: what.code, http: status, error: what.error } : what;
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    })
    .end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
