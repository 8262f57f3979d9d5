import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Signal } from '../domain/alert/signal.ts';
import { OverloadedError } from '../engine/backlog.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { UnparsedPost } from '../store/unparsed.ts';
import { decodeText, readBody } from './body.ts';
import { Gate, INGEST_LIMITS } from './limits.ts';
import type { IngestLimits } from './limits.ts';
import { readLimited } from './read-limited.ts';
import type { AlertSource, Parsed, Rejected } from './source.ts';
import { findSource, sourceNames } from './named-sources.ts';
import type { NamedSources } from './named-sources.ts';
import { presentedToken, TokenCheck } from './token-check.ts';
import type { TokenPort } from './token-check.ts';

/** How a post ended, for counting. */
export type PostResult =
  | 'accepted'
  | 'partly_accepted'
  | 'unparsed'
  | 'unauthorized'
  | 'forbidden'
  | 'unknown_source'
  | 'too_large'
  | 'overloaded'
  | 'failed';

/** Counters; a post of a source that nobody knows is counted under the source `unknown`. */
export interface IngestMetrics {
  readonly post: (source: string, result: PostResult) => void;
  readonly signals: (source: string, what: Signal['status'] | 'rejected', count: number) => void;
}

/** What the routes need of the rest of the house. */
export interface IngestPorts extends TokenPort {
  /** Resolves when the alerts and all that follows from them are committed; throws when they are not. */
  readonly receive: (signals: readonly Signal[]) => Promise<void>;
  /** As the newest configuration has them. */
  readonly sources: () => NamedSources;
  readonly keepUnparsed: (post: UnparsedPost) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: IngestMetrics;
  readonly limits?: IngestLimits;
}

/** What one post carries through its handling. */
interface Post {
  readonly c: Context;
  /** Of the source, as in the URL. */
  readonly name: string;
  readonly source: AlertSource;
  readonly bytes: Uint8Array;
  readonly receivedAt: Date;
}

type Answer = Response;

/** `POST /ingest/<source>` and `POST /ingest/<source>/<token>`: alerts from monitors. Answers after the commit, and never redirects. */
export function ingestRoutes(ports: IngestPorts): RouteGroup {
  const ingest = new Ingest(ports);
  const routes = new Hono();
  for (const path of ['/:source', '/:source/', '/:source/:token', '/:source/:token/']) {
    routes.post(path, (c) => ingest.answer(c));
    routes.all(path, (c) => c.json({ error: 'alerts are sent with POST' }, 405, { Allow: 'POST' }));
  }
  return { at: '/ingest', routes };
}

class Ingest {
  private readonly ports: IngestPorts;
  private readonly limits: IngestLimits;
  private readonly gate: Gate;
  private readonly tokens: TokenCheck;

  constructor(ports: IngestPorts) {
    this.ports = ports;
    this.limits = ports.limits ?? INGEST_LIMITS;
    this.gate = new Gate(this.limits);
    this.tokens = new TokenCheck(ports, ports.clock);
  }

  async answer(c: Context): Promise<Answer> {
    const name = c.req.param('source') ?? '';
    const source = findSource(name, this.ports.sources());
    if (!source) return this.unknownSource(c);
    try {
      return (await this.refuse(c, name)) ?? (await this.pass(c, name, source));
    } catch (error) {
      if (error instanceof OverloadedError) return this.comeBack(c, name, 'overloaded');
      this.ports.logger.error({ err: error, source: name }, 'a post of alerts could not be stored');
      return this.comeBack(c, name, 'failed');
    }
  }

  private unknownSource(c: Context): Answer {
    this.ports.metrics.post('unknown', 'unknown_source');
    const known = sourceNames(this.ports.sources());
    return c.json({ error: `there is no such alert source; known are ${known.join(', ')}`, known }, 404);
  }

  /** The answer to whoever has no token for this source; null for those who have. */
  private async refuse(c: Context, name: string): Promise<Answer | null> {
    const presented = presentedToken(c.req.header('authorization'), c.req.param('token'));
    const verdict = await this.tokens.check(presented, name);
    if (verdict === 'ok') return null;
    this.ports.metrics.post(name, verdict === 'missing' ? 'unauthorized' : 'forbidden');
    const hint = `make one with "firebell token create --source ${name}"`;
    if (verdict === 'missing') {
      const error = `a token is needed, as bearer, as the password of basic authentication, or at the end of the path; ${hint}`;
      return c.json({ error }, 401, { 'WWW-Authenticate': 'Bearer realm="firebell"' });
    }
    const why = verdict === 'wrong' ? 'is not known or was revoked' : 'is for something else';
    return c.json({ error: `this token ${why}; ${hint}` }, 403);
  }

  private async pass(c: Context, name: string, source: AlertSource): Promise<Answer> {
    const leave = this.gate.enterPost(name);
    if (!leave) return this.comeBack(c, name, 'overloaded');
    try {
      const receivedAt = this.ports.clock.now();
      const bytes = await readLimited(c.req.raw, this.limits.body);
      if (!bytes) return this.tooLarge(c, name, `more than ${this.limits.body} bytes`);
      return await this.read({ c, name, source, bytes, receivedAt });
    } finally {
      leave();
    }
  }

  private async read(post: Post): Promise<Answer> {
    const { c, name, source, bytes } = post;
    const encoding = c.req.header('content-encoding') ?? 'identity';
    if (encoding !== 'identity') {
      return this.unusable(post, [`send the body uncompressed, not as ${encoding.slice(0, 40)}`], 415);
    }
    const body = readBody(bytes, c.req.header('content-type') ?? null);
    if (body.kind === 'bad') return this.unusable(post, [body.reason], 400);
    const parsed = source.parse(body.body, contextOf(post));
    const { signals, rejected } = parsed;
    if (signals.length === 0) return this.unusable(post, rejected.map(reasonOf), 400);
    if (signals.length > this.limits.alerts) {
      return this.tooLarge(c, name, `more than ${this.limits.alerts} alerts in one post`);
    }
    return this.accept(post, parsed);
  }

  private async accept(post: Post, { signals, rejected }: Parsed): Promise<Answer> {
    const { c, name } = post;
    const leave = this.gate.enterSignals(name, signals.length);
    if (!leave) return this.comeBack(c, name, 'overloaded');
    try {
      await this.ports.receive(signals);
      if (rejected.length > 0) await this.keep(post, rejected.map(reasonOf), bodyOfRejected(rejected));
      this.count(name, signals, rejected.length);
      return c.json({ status: 'accepted', accepted: signals.length, rejected: shown(rejected) }, 200);
    } finally {
      leave();
    }
  }

  private count(source: string, signals: readonly Signal[], rejected: number): void {
    const { metrics } = this.ports;
    metrics.post(source, rejected > 0 ? 'partly_accepted' : 'accepted');
    for (const status of ['firing', 'resolved', 'acknowledged'] as const) {
      const count = signals.filter((signal) => signal.status === status).length;
      if (count > 0) metrics.signals(source, status, count);
    }
    if (rejected > 0) metrics.signals(source, 'rejected', rejected);
  }

  private async unusable(post: Post, reasons: readonly string[], status: 400 | 415): Promise<Answer> {
    this.ports.metrics.post(post.name, 'unparsed');
    await this.keep(post, reasons, decodeText(post.bytes));
    const error = [...new Set(reasons)].slice(0, MOST_SHOWN).join('; ');
    return post.c.json({ error, source: post.name, help: HELP }, status);
  }

  /** A post that cannot even be kept was still answered with the reason, so this never fails. */
  private async keep(post: Post, reasons: readonly string[], body: string): Promise<void> {
    const { c, name, receivedAt } = post;
    const reason = [...new Set(reasons)].slice(0, MOST_SHOWN).join('; ');
    const contentType = c.req.header('content-type')?.slice(0, 200) ?? null;
    try {
      await this.ports.keepUnparsed({ source: name, receivedAt, reason, contentType, body });
    } catch (error) {
      this.ports.logger.error({ err: error, source: name }, 'an unreadable post could not be kept');
    }
  }

  private tooLarge(c: Context, name: string, why: string): Answer {
    this.ports.metrics.post(name, 'too_large');
    // The rest of the body is not read, so the connection is of no more use.
    return c.json({ error: `${why}; send fewer alerts in one post` }, 413, { Connection: 'close' });
  }

  /** Not 429: Alertmanager drops what it gets a 429 for. */
  private comeBack(c: Context, name: string, result: 'overloaded' | 'failed'): Answer {
    this.ports.metrics.post(name, result);
    const why = result === 'overloaded' ? 'too many alerts at once' : 'the alerts could not be stored';
    const headers = { 'Retry-After': String(this.limits.retryAfter) };
    return c.json({ error: `${why}; send them again in ${this.limits.retryAfter} seconds` }, 503, headers);
  }
}

const MOST_SHOWN = 20;
const MOST_KEPT = 64 * 1024;
const HELP = 'see docs/generic-json.md for what the generic source takes, or try it with "firebell parse"';

function contextOf({ c, name, receivedAt }: Post) {
  return {
    source: name,
    receivedAt,
    // Few sources look at these, and making them costs more than reading the body.
    get headers() {
      return c.req.header();
    },
    get query() {
      return c.req.query();
    },
  };
}

function reasonOf({ reason }: Rejected): string {
  return reason;
}

function shown(rejected: readonly Rejected[]): readonly Omit<Rejected, 'item'>[] {
  return rejected.slice(0, MOST_SHOWN).map(({ index, reason }) => ({ index, reason }));
}

/** One rejected item a line. */
function bodyOfRejected(rejected: readonly Rejected[]): string {
  const lines: string[] = [];
  let size = 0;
  for (const { item } of rejected) {
    const line = (JSON.stringify(item) ?? 'nothing').slice(0, MOST_KEPT);
    size += line.length;
    if (size > MOST_KEPT) break;
    lines.push(line);
  }
  return lines.join('\n');
}
