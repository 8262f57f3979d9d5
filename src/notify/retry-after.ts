const LONGEST_MS = 5 * 60_000;

/**
 * What a Retry-After header asks for, in ms: seconds or an HTTP date (RFC 9110, section 10.2.3), never less than nothing and never
 * more than five minutes, since a page cannot wait longer. Null when there is none, or none that makes sense.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return within(Number(text) * 1000);
  // An HTTP date begins with the day's name; Date.parse alone would make an instant of nearly anything.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : within(at - now.getTime());
}

function within(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), LONGEST_MS));
}
