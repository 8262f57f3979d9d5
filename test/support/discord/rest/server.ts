import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import type { Description } from '../openapi.ts';
import { Refusal, invalidForm, limited, refusal } from '../refusal.ts';
import type { World } from '../state/world.ts';
import { callLine } from './calls.ts';
import type { Call } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import { readBody } from './incoming.ts';
import { matchRoute } from './match.ts';
import type { Matched } from './match.ts';
import type { Drawn, Verdict } from './rate-limits.ts';
import type { Answer, SentFile } from './route.ts';

/** What the REST side works with. */
export interface RestParts {
  readonly world: World;
  readonly calls: Call[];
  readonly faults: Faults;
  readonly description: Description | null;
  /** Answers that the official description does not allow: mistakes of this Discord. */
  readonly violations: string[];
  readonly limit: (drawn: Drawn) => Verdict;
  /** `GET /gateway/bot` is answered by the gateway. */
  readonly gatewayBot: () => unknown;
}

interface Reply extends Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

const VERSIONED = /^\/api(?:\/v10)?(\/.*)$/;

/** Answers a request of the REST API; false when the path is none of it. */
export function restHandler(parts: RestParts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? '/', 'http://discord');
    const path = VERSIONED.exec(url.pathname)?.[1];
    if (path === undefined) return false;
    const call = newCall(parts, request, { path, query: url.search.slice(1) });
    const fault = parts.faults.take(callLine(call));
    if (fault?.kind === 'is_slow') await wait(fault.ms);
    const reply = await replyTo(parts, { request, call, url, fault });
    if (fault?.kind.startsWith('resets')) request.socket.resetAndDestroy();
    if (fault?.kind.startsWith('resets') || fault?.kind.startsWith('hangs')) return true;
    const said = fault?.kind === 'fails_after' ? { status: fault.status, json: OUTAGE } : reply;
    call.status = said.status;
    call.answer = said.json;
    const headers = { 'content-type': 'application/json', ...said.headers };
    response.writeHead(said.status, said.json === undefined ? said.headers : headers);
    response.end(said.json === undefined ? undefined : JSON.stringify(said.json));
    return true;
  };
}

/** How long a limit with a code of its own lasts when a script sets it. */
const SHORTLY_MS = 5_000;

const OUTAGE = { message: '500: Internal Server Error', code: 0 };

function newCall(
  { world, calls }: RestParts,
  request: IncomingMessage,
  { path, query }: { readonly path: string; readonly query: string },
): Call {
  const reason = request.headers['x-audit-log-reason'];
  const call: Call = {
    method: request.method ?? 'GET',
    path: decodeURIComponent(path),
    query,
    body: undefined,
    at: world.clock.now(),
    reason: typeof reason === 'string' ? decodeURIComponent(reason) : null,
    userAgent: request.headers['user-agent'] ?? null,
    files: [],
    status: null,
    answer: undefined,
  };
  calls.push(call);
  return call;
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly call: Call;
  readonly url: URL;
  readonly fault: Fault | null;
}

async function replyTo(parts: RestParts, incoming: Incoming): Promise<Reply> {
  const { request, call, url, fault } = incoming;
  try {
    const carried = await readBody(request);
    Object.assign(call, { body: carried.body, files: carried.files.map(({ filename }) => filename) });
    const early = fault === null ? null : instead(fault);
    if (early !== null) return early;
    return answer(parts, { call, url, carried, authorization: request.headers.authorization });
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    parts.violations.push(`${callLine(call)}: ${String(error instanceof Error ? error.stack : error)}`);
    return { status: 500, json: OUTAGE };
  }
}

/** What a fault answers before anything is done; null when the request is carried out first. */
function instead(fault: Fault): Reply | null {
  switch (fault.kind) {
    case 'rate_limited':
      return tooMany(fault.retryAfterMs, fault.scope ?? 'user');
    case 'fails':
      return { status: fault.status, json: OUTAGE };
    case 'refuses':
      return refused(
        refusal(fault.code).status === 429 ? limited(fault.code, SHORTLY_MS) : refusal(fault.code),
      );
    case 'unauthorized':
      return refused(refusal(0));
    case 'hangs':
    case 'resets':
      return { status: 0 };
    case 'is_slow':
    case 'fails_after':
    case 'hangs_after':
    case 'resets_after':
      return null;
  }
}

function tooMany(
  retryAfterMs: number,
  scope: 'user' | 'shared' | 'global',
  headers: Readonly<Record<string, string>> = {},
) {
  const seconds = retryAfterMs / 1000;
  return {
    status: 429,
    json: {
      message: 'You are being rate limited.',
      retry_after: seconds,
      global: scope === 'global',
      code: 0,
    },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}

function refused({ status, code, message, errors, retryAfterMs }: Refusal): Reply {
  if (retryAfterMs !== null) {
    const { json, headers } = tooMany(retryAfterMs, 'user');
    return { status, json: { ...json, message, code }, ...(headers ? { headers } : {}) };
  }
  return { status, json: { message, code, ...(errors === undefined ? {} : { errors }) } };
}

interface Read {
  readonly call: Call;
  readonly url: URL;
  readonly carried: { readonly body: unknown; readonly files: readonly SentFile[] };
  readonly authorization: string | undefined;
}

function answer(parts: RestParts, { call, url, carried, authorization }: Read): Reply {
  const { world } = parts;
  const isAuthorized = authorization === `Bot ${world.token}`;
  if (call.path === '/gateway/bot' && call.method === 'GET')
    return isAuthorized ? { status: 200, json: parts.gatewayBot() } : refused(refusal(0));
  const matched = matchRoute(call.method, url.pathname.replace(/^\/api(\/v10)?/, ''));
  if (matched === null) return { status: 404, json: { message: '404: Not Found', code: 0 } };
  const line = callLine(matched.route);
  if (matched.route.needsBot && !isAuthorized) return refused(refusal(0));
  const verdict = parts.limit({ route: line, path: call.path, body: carried.body });
  const said = verdict.refused
    ? tooMany(verdict.refused.retryAfterMs, verdict.refused.scope, verdict.headers)
    : carriedOut(parts, { matched, url, carried }, verdict);
  const wrong = parts.description?.answer(line, said.status, said.json);
  if (wrong) parts.violations.push(`${line} answered ${said.status}: ${wrong}`);
  return said;
}

function carriedOut(parts: RestParts, asked: Let, { headers }: Verdict): Reply {
  const reply = carryOut(parts, asked);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

interface Let extends Pick<Read, 'url' | 'carried'> {
  readonly matched: Matched;
}

function carryOut({ world, description }: RestParts, { matched, url, carried }: Let): Reply {
  const line = callLine(matched.route);
  try {
    const asked = {
      world,
      param: (name: string) => matched.params[name] ?? '',
      query: url.searchParams,
      ...carried,
    };
    matched.route.check(carried.body);
    const wrong = carried.body === undefined ? null : description?.body(line, carried.body);
    if (wrong) throw invalidForm([{ path: [], code: 'OPENAPI', message: wrong }]);
    return matched.route.answer(asked);
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}
