const EPOCH_MS = 1_420_070_400_000;
/** Ids of 17 to 19 digits: Discord's own client knows no shorter ones. */
const SMALLEST = 10n ** 17n;

/** Makes ids as Discord does: the clock's milliseconds, then a number; never the same and always growing. */
export function snowflakes(now: () => Date): () => string {
  let last = SMALLEST;
  return () => {
    const fromClock = BigInt(Math.max(0, now().getTime() - EPOCH_MS)) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}
