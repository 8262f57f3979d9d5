const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What Discord says about how often a session may still be started. */
export interface StartBudget {
  readonly remaining: number;
  readonly resetAfterMs: number;
}

/** Below this many starts left, those that are left are spread over the time until there are new ones. */
const SCARCE = 300;
const SHORTEST_MS = 5 * SECOND;
const BUSY_WITHIN_MS = 10 * MINUTE;
const BUSY_AFTER = 5;
const BUSY_MS = 2 * MINUTE;

/**
 * How long to wait before the next session is started. More than 1000 starts a day and Discord takes the token away: a bot that crashes
 * and comes back again and again must not be able to.
 */
export function waitBeforeStart(
  starts: readonly number[],
  now: number,
  { remaining, resetAfterMs }: StartBudget,
): number {
  if (remaining <= 1) return resetAfterMs;
  const lately = starts.filter((at) => now - at < BUSY_WITHIN_MS);
  const last = lately.at(-1);
  const apart = lately.length >= BUSY_AFTER ? BUSY_MS : SHORTEST_MS;
  const spread = remaining < SCARCE ? resetAfterMs / remaining : 0;
  // The first start of a process waits only where few are left: somebody may have to be heard.
  if (last === undefined) return remaining < SCARCE / 3 ? spread : 0;
  return Math.max(0, last + Math.max(apart, spread) - now);
}
