import type { Signal } from '../domain/alert/signal.ts';
import { OverloadedError } from '../engine/backlog.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { UnparsedPost } from '../store/unparsed.ts';
import { decodeText, readBody } from './body.ts';
import type { IngestAnswer, IngestRequest } from './exchange.ts';
import { Gate, INGEST_LIMITS } from './limits.ts';
import type { IngestLimits } from './limits.ts';
import type { AlertSource, ParseContext, Parsed, Rejected } from './source.ts';
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
  readonly request: IngestRequest;
  readonly source: AlertSource;
  readonly bytes: Uint8Array;
  readonly receivedAt: Date;
}

/** Takes posts of alerts, whatever brought them. Answers after the commit, and never redirects. */
export class TakePost {
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

  /** Never throws. */
  async answer(request: IngestRequest): Promise<IngestAnswer> {
    const { name } = request;
    const source = findSource(name, this.ports.sources());
    if (!source) return this.unknownSource();
    try {
      return (await this.refuse(request)) ?? (await this.pass(request, source));
    } catch (error) {
      if (error instanceof OverloadedError) return this.comeBack(name, 'overloaded');
      this.ports.logger.error({ err: error, source: name }, 'a post of alerts could not be stored');
      return this.comeBack(name, 'failed');
    }
  }

  private unknownSource(): IngestAnswer {
    this.ports.metrics.post('unknown', 'unknown_source');
    const known = sourceNames(this.ports.sources());
    return {
      status: 404,
      body: { error: `there is no such alert source; known are ${known.join(', ')}`, known },
    };
  }

  /** The answer to whoever has no token for this source; null for those who have. */
  private async refuse({ name, token, header }: IngestRequest): Promise<IngestAnswer | null> {
    const presented = presentedToken(header('authorization'), token);
    const verdict = await this.tokens.check(presented, name);
    if (verdict === 'ok') return null;
    this.ports.metrics.post(name, verdict === 'missing' ? 'unauthorized' : 'forbidden');
    const hint = `make one with "firebell token create --source ${name}"`;
    if (verdict === 'missing') {
      const error = `a token is needed, as bearer, as the password of basic authentication, or at the end of the path; ${hint}`;
      return { status: 401, body: { error }, headers: { 'WWW-Authenticate': 'Bearer realm="firebell"' } };
    }
    const why = verdict === 'wrong' ? 'is not known or was revoked' : 'is for something else';
    return { status: 403, body: { error: `this token ${why}; ${hint}` } };
  }

  private async pass(request: IngestRequest, source: AlertSource): Promise<IngestAnswer> {
    const { name } = request;
    const leave = this.gate.enterPost(name);
    if (!leave) return this.comeBack(name, 'overloaded');
    try {
      const receivedAt = this.ports.clock.now();
      const bytes = await request.body(this.limits.body);
      if (!bytes) return this.tooLarge(name, `more than ${this.limits.body} bytes`);
      return await this.read({ request, source, bytes, receivedAt });
    } finally {
      leave();
    }
  }

  private async read(post: Post): Promise<IngestAnswer> {
    const { request, source, bytes } = post;
    const encoding = request.header('content-encoding') ?? 'identity';
    if (encoding !== 'identity') {
      return this.unusable(post, [`send the body uncompressed, not as ${encoding.slice(0, 40)}`], 415);
    }
    const body = readBody(bytes, request.header('content-type') ?? null);
    if (body.kind === 'bad') return this.unusable(post, [body.reason], 400);
    const parsed = source.parse(body.body, new Context(post));
    const { signals, rejected } = parsed;
    if (signals.length === 0) return this.unusable(post, rejected.map(reasonOf), 400);
    if (signals.length > this.limits.alerts) {
      return this.tooLarge(request.name, `more than ${this.limits.alerts} alerts in one post`);
    }
    return this.accept(post, parsed);
  }

  private async accept(post: Post, { signals, rejected }: Parsed): Promise<IngestAnswer> {
    const { name } = post.request;
    const leave = this.gate.enterSignals(name, signals.length);
    if (!leave) return this.comeBack(name, 'overloaded');
    try {
      await this.ports.receive(signals);
      if (rejected.length > 0) await this.keep(post, rejected.map(reasonOf), bodyOfRejected(rejected));
      this.count(name, signals, rejected.length);
      return {
        status: 200,
        body: { status: 'accepted', accepted: signals.length, rejected: shown(rejected) },
      };
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

  private async unusable(post: Post, reasons: readonly string[], status: 400 | 415): Promise<IngestAnswer> {
    const { name } = post.request;
    this.ports.metrics.post(name, 'unparsed');
    await this.keep(post, reasons, decodeText(post.bytes));
    const error = [...new Set(reasons)].slice(0, MOST_SHOWN).join('; ');
    return { status, body: { error, source: name, help: HELP } };
  }

  /** A post that cannot even be kept was still answered with the reason, so this never fails. */
  private async keep(post: Post, reasons: readonly string[], body: string): Promise<void> {
    const { request, receivedAt } = post;
    const reason = [...new Set(reasons)].slice(0, MOST_SHOWN).join('; ');
    const contentType = request.header('content-type')?.slice(0, 200) ?? null;
    try {
      await this.ports.keepUnparsed({ source: request.name, receivedAt, reason, contentType, body });
    } catch (error) {
      this.ports.logger.error({ err: error, source: request.name }, 'an unreadable post could not be kept');
    }
  }

  private tooLarge(name: string, why: string): IngestAnswer {
    this.ports.metrics.post(name, 'too_large');
    // The rest of the body is not read, so the connection is of no more use.
    return {
      status: 413,
      body: { error: `${why}; send fewer alerts in one post` },
      headers: { Connection: 'close' },
    };
  }

  /** Not 429: Alertmanager drops what it gets a 429 for. */
  private comeBack(name: string, result: 'overloaded' | 'failed'): IngestAnswer {
    this.ports.metrics.post(name, result);
    const why = result === 'overloaded' ? 'too many alerts at once' : 'the alerts could not be stored';
    const headers = { 'Retry-After': String(this.limits.retryAfter) };
    return {
      status: 503,
      body: { error: `${why}; send them again in ${this.limits.retryAfter} seconds` },
      headers,
    };
  }
}

const MOST_SHOWN = 20;
const MOST_KEPT = 64 * 1024;
const HELP = 'see docs/generic-json.md for what the generic source takes, or try it with "firebell parse"';

/** Few sources look at headers and query, and making them costs more than reading the body. */
class Context implements ParseContext {
  readonly source: string;
  readonly receivedAt: Date;
  private readonly request: IngestRequest;

  constructor({ request, receivedAt }: Post) {
    this.source = request.name;
    this.receivedAt = receivedAt;
    this.request = request;
  }

  get headers() {
    return this.request.headers();
  }

  get query() {
    return this.request.query();
  }
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
