import type { Tier } from '../facts/facts.ts';

const MINUTE = 60_000;

/** Calls per minute of each tier, per method and workspace; the special one is where the reference says "hundreds". */
const PER_MINUTE: Readonly<Record<Tier, number>> = { t1: 1, t2: 20, t3: 50, t4: 100, t5: 300 };

/** A channel takes one message per second from an app, and this many at once after a pause. */
const CHANNEL_BURST = 5;
const CHANNEL_REFILL_MS = 1_000;

/** Counts what an app asks and says when it is too much. */
export interface Rates {
  /** Seconds to wait before this is asked again; null when it may be asked now, and is then counted. */
  readonly take: (method: string, tier: Tier, channel: string | null) => number | null;
}

/** Counts calls in the window of a minute that ends now, and `chat.postMessage` per channel too. */
export function countRates(now: () => number): Rates {
  const calls = new Map<string, number[]>();
  const channels = new Map<string, { left: number; at: number }>();

  const window = (method: string, tier: Tier): number | null => {
    const recent = (calls.get(method) ?? []).filter((at) => at > now() - MINUTE);
    calls.set(method, recent);
    if (recent.length < PER_MINUTE[tier]) return null;
    return Math.max(1, Math.ceil(((recent[0] ?? now()) + MINUTE - now()) / 1_000));
  };
  const bucket = (channel: string): { left: number; at: number } => {
    const known = channels.get(channel) ?? { left: CHANNEL_BURST, at: now() };
    const refilled = Math.max(0, Math.floor((now() - known.at) / CHANNEL_REFILL_MS));
    known.left = Math.min(CHANNEL_BURST, known.left + refilled);
    known.at = known.left === CHANNEL_BURST ? now() : known.at + refilled * CHANNEL_REFILL_MS;
    channels.set(channel, known);
    return known;
  };
  return {
    take: (method, tier, channel) => {
      const wait = window(method, tier);
      if (wait !== null) return wait;
      const ofChannel = method === 'chat.postMessage' && channel !== null ? bucket(channel) : null;
      if (ofChannel !== null && ofChannel.left < 1) return 1;
      if (ofChannel !== null) ofChannel.left -= 1;
      calls.get(method)?.push(now());
      return null;
    },
  };
}
