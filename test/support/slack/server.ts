import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Calls } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import type { Sockets } from './delivery/sockets.ts';
import { Refusal } from './refusal.ts';
import { respond } from './response-urls.ts';
import { answer } from './web-api/answer.ts';
import type { Answered, Asked, WebApi } from './web-api/answer.ts';
import { argsIn, bytesOf, tokenOf, uploadedBytes } from './web-api/body.ts';
import type { Json } from './workspace/state.ts';
import { isJson } from './workspace/view-values.ts';

/** What the server is made of. */
export interface Parts {
  readonly api: WebApi;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** What else is served here: the page for people. False when it is not for it. */
  readonly page: ((request: IncomingMessage, response: ServerResponse) => Promise<boolean>) | null;
}

/** Starts listening on the loopback; port 0 takes a free one. */
export async function listen(
  parts: Parts,
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end(String(error));
    });
  });
  server.on('upgrade', (request, socket, head) => parts.sockets.upgrade(request, socket, head));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (parts.page !== null && (await parts.page(request, response))) return;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, first = '', ...rest] = url.pathname.split('/');
  const body = await bytesOf(request);
  const last = rest.at(-1) ?? '';
  switch (first) {
    case 'api':
      return serveApi(parts, { request, response, url, body, method: rest.join('/') });
    case 'upload':
      return upload(parts, request, response, { id: last, body });
    case 'sign-in':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN);
      return;
    case 'files-pri':
      return download(parts, request, response, rest[0] ?? '');
    case 'commands':
    case 'actions':
    case 'app': {
      const fault = parts.faults.meet('response_url', {});
      if (fault?.kind === 'error')
        return send(response, { status: 404, headers: {}, body: { ok: false, error: fault.error } });
      const { status, body: said } = respond(parts.api.state, last, readJson(body));
      return send(response, { status, headers: {}, body: said });
    }
    default:
      response.writeHead(404).end();
  }
}

function readJson(body: Buffer): Json {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return isJson(read) ? read : {};
  } catch {
    return {};
  }
}

const SIGN_IN = '<!DOCTYPE html><html><body>Sign in to Slack</body></html>';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
  readonly method: string;
}

async function serveApi(parts: Parts, exchange: Exchange): Promise<void> {
  const { response, method } = exchange;
  const asked = read(exchange);
  const fault = parts.faults.meet(method, 'args' in asked ? asked.args : {});
  if (fault === null) return send(response, perform(parts, method, asked));
  return misbehave(parts, { exchange, asked, fault });
}

function read({ request, url, body, method }: Exchange): Asked | Refusal {
  try {
    const args = argsIn(request, url, body);
    return { method, token: tokenOf(request, args), args };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function perform({ api, calls }: Parts, method: string, asked: Asked | Refusal): Answered {
  const answered =
    asked instanceof Refusal
      ? { status: 200, headers: {}, body: { ok: false, error: asked.error } }
      : answer(api, asked);
  log({ api, calls }, method, asked, answered);
  return answered;
}

function log(
  { api, calls }: Pick<Parts, 'api' | 'calls'>,
  method: string,
  asked: Asked | Refusal,
  { status, body }: Pick<Answered, 'status' | 'body'>,
): void {
  const { token: _token, ...args } =
    asked instanceof Refusal ? {} : (asked.args as Json & { readonly token?: unknown });
  calls.all.push({ method, args, answer: body, status, at: api.state.clock.now() });
}

async function misbehave(
  parts: Parts,
  {
    exchange,
    asked,
    fault,
  }: { readonly exchange: Exchange; readonly asked: Asked | Refusal; readonly fault: Fault },
): Promise<void> {
  const { request, response, method } = exchange;
  const refuseWith = (answered: Answered): void => {
    log(parts, method, asked, answered);
    send(response, answered);
  };
  switch (fault.kind) {
    case 'rate_limited': {
      const { seconds = 1 } = fault;
      const headers: Record<string, string> = seconds === null ? {} : { 'retry-after': String(seconds) };
      return refuseWith({ status: 429, headers, body: { ok: false, error: 'ratelimited' } });
    }
    case 'http_500':
    case 'http_503':
      return refuseWith({
        status: Number(fault.kind.slice(5)),
        headers: {},
        body: { ok: false, error: 'fatal_error' },
      });
    case 'error':
      return refuseWith({ status: 200, headers: {}, body: { ok: false, error: fault.error } });
    case 'html':
      log(parts, method, asked, { status: 200, body: {} });
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Please log in to the proxy</body></html>');
      return;
    case 'accept_then_hang':
      perform(parts, method, asked);
      return;
    case 'accept_then_500':
      return send(response, { ...perform(parts, method, asked), status: 500, body: { ok: false } });
    case 'accept_then_reset':
      perform(parts, method, asked);
      request.socket.resetAndDestroy();
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'slow': {
      const waited = Promise.withResolvers<null>();
      parts.api.state.clock.after(fault.ms, () => waited.resolve(null));
      await waited.promise;
      return send(response, perform(parts, method, asked));
    }
  }
}

function send(response: ServerResponse, { status, headers, body }: Answered): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

async function upload(
  { api }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  { id, body }: { readonly id: string; readonly body: Buffer },
): Promise<void> {
  const file = api.state.files.get(id);
  if (!file) {
    response.writeHead(404).end('no such upload');
    return;
  }
  file.content = await uploadedBytes(request.headers['content-type'] ?? '', body);
  response.writeHead(200).end(`OK - ${file.content.length}`);
}

/** A private file: with the app's token the file, where the app is; without one the way to a page to sign in on, as Slack answers it. */
function download({ api }: Parts, request: IncomingMessage, response: ServerResponse, name: string): void {
  const file = api.state.files.get(name.split('-').at(-1) ?? '');
  const token = tokenOf(request, {});
  const mayRead =
    api.state.app.botTokens.includes(token ?? '') && api.state.app.scopes.includes('files:read');
  if (!mayRead) {
    response.writeHead(302, { location: `/sign-in?redir=${encodeURIComponent(request.url ?? '')}` }).end();
    return;
  }
  const isThere = file?.shares.some(({ channel }) =>
    api.state.channels.get(channel)?.members.has(api.state.app.botUser),
  );
  if (!file || file.deleted || isThere !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
}
