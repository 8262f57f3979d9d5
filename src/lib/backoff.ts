export interface Backoff {
  /** Longest wait after the first failure, in ms; doubles with every further one. */
  readonly baseMs: number;
  /** No wait is longer than this. */
  readonly maxMs: number;
  /** 0 up to 1, like `Math.random`. */
  readonly random: () => number;
}

/**
 * How long to wait, in whole ms, after the given failed attempt (1 is the first): exponential with full jitter, anywhere between
 * nothing and the ceiling, so that many who failed together do not come back together.
 */
export function backoffMs(attempt: number, { baseMs, maxMs, random }: Backoff): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** (Math.max(1, attempt) - 1));
  return Math.round(random() * ceiling);
}
