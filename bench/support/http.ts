import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** What is asked. A body makes it a POST. */
export interface Asked {
  readonly url: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One request over connections that are kept, with as little work on this side as can be: the clients share the machine with the bot. */
export async function ask(asked: Asked): Promise<Answered> {
  const response = await open(asked);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The same, with the answer as a stream. */
export function open({ url, body, headers = {} }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        },
      },
      resolve,
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
