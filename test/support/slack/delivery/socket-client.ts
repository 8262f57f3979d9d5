import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { World } from '../web-api/sdk-world.ts';
import type { Json } from '../workspace/state.ts';

/** A client of Socket Mode that shows every frame and acknowledges when it is told to. */
export class Client {
  readonly frames: Json[] = [];
  readonly #socket: WebSocket;
  readonly #waiting: (() => void)[] = [];
  /** Acknowledges whatever comes. */
  acks = true;
  /** What its acknowledgements carry. */
  answer: Json = {};

  constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data) => {
      const frame = JSON.parse(String(data as Buffer)) as Json;
      this.frames.push(frame);
      if (this.acks) this.ack(frame);
      for (const look of this.#waiting.splice(0)) look();
    });
  }

  ack({ envelope_id }: Json & { readonly envelope_id?: unknown }): void {
    if (envelope_id !== undefined) this.#socket.send(JSON.stringify({ envelope_id, payload: this.answer }));
  }

  async frame(n: number): Promise<Json> {
    while (this.frames.length < n) {
      const { promise, resolve } = Promise.withResolvers<null>();
      this.#waiting.push(() => resolve(null));
      await promise;
    }
    return this.frames[n - 1] ?? {};
  }

  async closes(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close(1000);
    await closed;
  }

  get socket(): WebSocket {
    return this.#socket;
  }
}

/** Opens one more connection as the app. It ends with the test. */
export async function connect({ slack }: World): Promise<Client> {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.tokens.app}` },
  });
  const { url } = (await response.json()) as { readonly url: string };
  const client = new Client(url);
  await once(client.socket, 'open');
  onTestFinished(() => client.socket.terminate());
  return client;
}
