import type { Signal } from '../domain/alert/signal.ts';
import { OverloadedError } from '../engine/backlog.ts';
import type { Clock } from '../lib/clock.ts';

type Receive = (signals: readonly Signal[]) => Promise<void>;

/** An intake that remembers how it went. */
export interface WatchedIntake {
  readonly receive: Receive;
  /** Whether alerts can be stored, for `/readyz`: a database may well answer questions and take nothing in. */
  readonly condition: () => { readonly ok: boolean; readonly detail: string };
}

/** How long a failure counts when nothing was posted since. */
const COUNTS_MS = 30_000;
const LONGEST_REASON = 200;

/** Watches an intake. */
export function watchIntake(receive: Receive, clock: Clock): WatchedIntake {
  let failure: { readonly at: number; readonly reason: string } | null = null;
  return {
    receive: async (signals) => {
      try {
        await receive(signals);
        failure = null;
      } catch (error) {
        if (!(error instanceof OverloadedError))
          failure = { at: clock.now().getTime(), reason: reasonOf(error) };
        throw error;
      }
    },
    condition: () => {
      const ago = failure === null ? Infinity : clock.now().getTime() - failure.at;
      if (failure === null || ago > COUNTS_MS) return { ok: true, detail: 'alerts are stored' };
      return {
        ok: false,
        detail: `alerts could not be stored ${Math.round(ago / 1000)} s ago: ${failure.reason}`,
      };
    },
  };
}

/** The innermost cause: the others only repeat the statement that failed. */
function reasonOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause !== undefined) innermost = innermost.cause;
  return (innermost instanceof Error ? innermost.message : String(innermost)).slice(0, LONGEST_REASON);
}
