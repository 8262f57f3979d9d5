/** How much Firebell takes from senders at once. */
export interface IngestLimits {
  /** Bytes of one post. */
  readonly body: number;
  /** Alerts in one post. */
  readonly alerts: number;
  /** Posts of one source that are being worked on at the same moment. */
  readonly posts: number;
  /** Alerts of one source that are on their way into the database at the same moment. */
  readonly signals: number;
  /** What an overloaded sender is asked to wait, in seconds. */
  readonly retryAfter: number;
}

/** Ample for a storm of one monitor, and far from what would slow down paging. */
export const INGEST_LIMITS: IngestLimits = {
  body: 1024 * 1024,
  alerts: 5000,
  posts: 64,
  signals: 20_000,
  retryAfter: 5,
};

/** What is under way for each source, so that one that storms cannot starve the others. */
export class Gate {
  private readonly limits: IngestLimits;
  private readonly posts = new Map<string, number>();
  private readonly signals = new Map<string, number>();

  constructor(limits: IngestLimits) {
    this.limits = limits;
  }

  /** Lets a post in, and answers with the way out; null when there are too many. */
  enterPost(source: string): (() => void) | null {
    return enter(this.posts, { source, count: 1, most: this.limits.posts });
  }

  /** Lets the alerts of a post on to the database. One post alone is always let on. */
  enterSignals(source: string, count: number): (() => void) | null {
    const most = Math.max(this.limits.signals, this.signals.has(source) ? 0 : count);
    return enter(this.signals, { source, count, most });
  }
}

function enter(
  inside: Map<string, number>,
  { source, count, most }: { readonly source: string; readonly count: number; readonly most: number },
): (() => void) | null {
  const before = inside.get(source) ?? 0;
  if (before + count > most) return null;
  inside.set(source, before + count);
  let isOut = false;
  return () => {
    if (isOut) return;
    isOut = true;
    const left = (inside.get(source) ?? 0) - count;
    if (left > 0) inside.set(source, left);
    else inside.delete(source);
  };
}
