const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONGEST = 365 * DAY;

const UNITS = [
  { ms: 7 * DAY, short: null, names: ['w', 'wk', 'wks', 'week', 'weeks'] },
  { ms: DAY, short: 'd', names: ['d', 'day', 'days'] },
  { ms: HOUR, short: 'h', names: ['h', 'hr', 'hrs', 'hour', 'hours'] },
  { ms: MINUTE, short: 'min', names: ['m', 'min', 'mins', 'minute', 'minutes'] },
  { ms: SECOND, short: 's', names: ['s', 'sec', 'secs', 'second', 'seconds'] },
] as const;

/**
 * Reads a duration as people write it (`30m`, `1h30m`, `2 hours`, `1.5h`, `1 day and 2 h`) and gives it in ms. Null for anything
 * else: no unit, a unit twice or out of order, a sign, or more than 365 days.
 */
export function parseDuration(text: string): number | null {
  if (text.length > 60) return null;
  const words = text
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=[a-z])\s*(?:,|\band\b)\s*(?=\d)/g, ' ');
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/.test(words)) return null;
  let total = 0;
  let smallest = -1;
  for (const [, amount, name = ''] of words.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const rank = UNITS.findIndex(({ names }) => names.some((known) => known === name));
    if (rank <= smallest) return null;
    smallest = rank;
    total += Number(amount) * (UNITS[rank]?.ms ?? NaN);
  }
  return total <= LONGEST ? Math.round(total) : null;
}

/** A duration in ms for people, in its two largest units and rounded down: `1 h 30 min`, `45 s`, `2 d 3 h`. Negative ones carry a minus sign. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  if (Math.abs(ms) < SECOND) return '0 s';
  let rest = Math.abs(ms);
  const parts = UNITS.flatMap(({ ms: size, short }) => {
    if (short === null) return [];
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return [{ amount, short }];
  });
  const largest = parts.findIndex(({ amount }) => amount > 0);
  const shown = parts.slice(largest, largest + 2).filter(({ amount }) => amount > 0);
  return `${ms < 0 ? '-' : ''}${shown.map(({ amount, short }) => `${amount} ${short}`).join(' ')}`;
}
