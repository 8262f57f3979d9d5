import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** How the receiver answers from now on. */
export type ReceiverMood =
  | {
      readonly kind: 'answers';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'is_silent' }
  /** Sends the head of an answer and never its end. */
  | { readonly kind: 'never_ends'; readonly status: number }
  /** Sends a body without end as fast as it is read. */
  | { readonly kind: 'floods'; readonly status: number }
  | { readonly kind: 'hangs_up' };

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server on this machine that keeps what it gets and answers as told. */
export interface WebReceiver {
  readonly url: string;
  readonly be: (mood: ReceiverMood) => void;
  readonly received: readonly ReceivedRequest[];
  /** Resolves when a request hangs in a silence. */
  readonly hangs: () => Promise<void>;
  /** Bytes of endless bodies that were written before the client hung up. */
  readonly flooded: () => number;
  readonly close: () => Promise<void>;
}

/** Starts the receiver on a free port of the loopback. */
export async function startWebReceiver(): Promise<WebReceiver> {
  let mood: ReceiverMood = { kind: 'answers', status: 200 };
  let flooded = 0;
  const received: ReceivedRequest[] = [];
  const silence = Promise.withResolvers<void>();
  const server = createServer((request, response) => void serve(request, response, mood));
  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    now: ReceiverMood,
  ): Promise<void> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const body = Buffer.concat(chunks).toString('utf8');
    received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    switch (now.kind) {
      case 'answers':
        response.writeHead(now.status, now.headers).end(now.body ?? '');
        return;
      case 'is_silent':
        silence.resolve();
        return;
      case 'never_ends':
        response.writeHead(now.status).write('so far');
        return;
      case 'floods':
        response.writeHead(now.status);
        Readable.from(flood()).pipe(response);
        return;
      case 'hangs_up':
        request.socket.destroy();
    }
  };
  function* flood(): Generator<string> {
    for (; flooded < 100_000_000; flooded += 65_536) yield 'x'.repeat(65_536);
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    be: (next) => {
      mood = next;
    },
    received,
    hangs: () => silence.promise,
    flooded: () => flooded,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
