import { COMMON_ERRORS } from '../facts/facts.ts';
import type { MethodFacts } from '../facts/facts.ts';
import { refuse, Refusal } from '../refusal.ts';
import type { Json, State } from '../workspace/state.ts';
import { readArgs } from './args.ts';
import { needOneOf } from './method.ts';
import type { Method } from './method.ts';
import type { Rates } from './rates.ts';

/** What answers the Web API. */
export interface WebApi {
  readonly state: State;
  readonly facts: ReadonlyMap<string, MethodFacts>;
  readonly methods: ReadonlyMap<string, Method>;
  readonly rates: Rates;
  /** `apps.connections.open`: a ticket for a socket. */
  readonly openConnection: () => Json;
}

/** A call as it came in. */
export interface Asked {
  readonly method: string;
  readonly token: string | null;
  readonly args: Json;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Answers one call as Slack does. Throws only when this server does what no method of Slack does. */
export function answer(api: WebApi, asked: Asked): Answered {
  const headers: Record<string, string> = {};
  try {
    return { status: 200, headers, body: { ok: true, ...perform(api, asked, headers) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    checkKnown(api, asked.method, error.error);
    const seconds = error.more['retry_after'];
    if (typeof seconds === 'number')
      return {
        status: 429,
        headers: { ...headers, 'retry-after': String(seconds) },
        body: { ok: false, error: 'ratelimited' },
      };
    return { status: 200, headers, body: { ok: false, error: error.error, ...error.more } };
  }
}

function perform(api: WebApi, { method, token, args }: Asked, headers: Record<string, string>): Json {
  const { state } = api;
  const facts = api.facts.get(method) ?? refuse('unknown_method');
  const kind = checkToken(state, token);
  if (kind === 'bot') headers['x-oauth-scopes'] = state.app.scopes.join(',');
  if (facts.scopes.length > 0) headers['x-accepted-oauth-scopes'] = facts.scopes.join(',');
  const channel = args['channel'];
  const wait = api.rates.take(method, facts.tier, typeof channel === 'string' ? channel : null);
  if (wait !== null) refuse('ratelimited', { retry_after: wait });
  if (method === 'apps.connections.open')
    return kind === 'app' ? api.openConnection() : refuse('not_allowed_token_type');
  if (kind === 'app') return ofAppToken(state, method);
  if (facts.scopes.length > 0) needOneOf(state, facts.scopes);
  const read = readArgs(facts, args);
  const run = api.methods.get(method) ?? refuse('unknown_method');
  return run({ state, args: read, facts, by: state.app.botUser });
}

/** An app-level token says who the app is, and nothing else. */
function ofAppToken({ app }: State, method: string): Json {
  return method === 'auth.test' ? { app_id: app.id, app_name: app.name } : refuse('not_allowed_token_type');
}

function checkToken({ app }: State, token: string | null): 'bot' | 'app' {
  if (token === null || token === '') refuse('not_authed');
  if (app.botTokens.includes(token)) return 'bot';
  if (app.appTokens.includes(token)) return 'app';
  return refuse(app.revoked.has(token) ? 'token_revoked' : 'invalid_auth');
}

function checkKnown(api: WebApi, method: string, error: string): void {
  const facts = api.facts.get(method);
  if (!facts || facts.errors.includes(error) || COMMON_ERRORS.includes(error)) return;
  throw new Error(`Slack's reference knows no ${error} of ${method}`);
}
