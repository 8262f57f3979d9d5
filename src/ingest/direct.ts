import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DirectRoute } from '../engine/route-group.ts';
import type { IngestAnswer, IngestRequest } from './exchange.ts';
import type { TakePost } from './take-post.ts';

/** The addresses that monitors are given. Whatever is written in another way goes through the router. */
const PATH = /^\/([\w-]+)(?:\/([\w~-]+))?\/?(?:\?(.*))?$/;

/** Takes posts straight off the socket: in a storm the router and what it wraps requests in cost as much as all the rest. */
export function takeDirectly(at: string, desk: TakePost): DirectRoute {
  return (incoming, outgoing, always) => {
    const { url = '', method } = incoming;
    const parts = method === 'POST' && url.startsWith(at) ? PATH.exec(url.slice(at.length)) : null;
    if (!parts) return null;
    return desk.answer(requestOf(incoming, parts)).then((answer) => send(outgoing, answer, always));
  };
}

function send(
  outgoing: ServerResponse,
  { status, body, headers }: IngestAnswer,
  always: Readonly<Record<string, string>>,
): number {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    ...always,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  outgoing.end(text);
  return status;
}

function requestOf(incoming: IncomingMessage, [, name = '', token, query]: RegExpExecArray): IngestRequest {
  return {
    name,
    token,
    header: (header) => incoming.headers[header]?.toString(),
    headers: () =>
      Object.fromEntries(Object.entries(incoming.headers).map(([key, value]) => [key, String(value)])),
    query: () => Object.fromEntries(new URLSearchParams(query)),
    body: (most) => readBody(incoming, most),
  };
}

function readBody(incoming: IncomingMessage, most: number): Promise<Uint8Array | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > most) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        incoming.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    incoming.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.once('close', () => {
      if (!incoming.complete) reject(new Error('the sender went away before it had sent all'));
    });
  });
}
