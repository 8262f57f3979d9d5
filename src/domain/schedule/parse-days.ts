import { parseWall, resolveWall, wallTime } from './zone.ts';

const DAY = 86_400_000;

/**
 * Reads whole days as people write them: `2026-12-24`, `from 2026-12-24 to 2026-12-27`, `today`, `tomorrow`, `until 2026-12-27`. They
 * begin and end at midnight in the zone, the last day included. Null for anything else, times of day included.
 */
export function parseDays(
  text: string,
  context: { readonly now: Date; readonly zone: string },
): { readonly from: Date; readonly until: Date } | null {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const match = /^(?:from |on )?(\S+)?(?: ?(?:until|till|to|through|-) (\S+))?$/.exec(words);
  if (!match) return null;
  const [, first, last] = match;
  const start = first === undefined ? dayOf('today', context) : dayOf(first, context);
  const end = last === undefined ? start : dayOf(last, context);
  if (start === null || end === null || (first === undefined && last === undefined)) return null;
  return { from: resolveWall(start, context.zone), until: resolveWall(end + DAY, context.zone) };
}

/** Midnight of a day on the wall. */
function dayOf(word: string, { now, zone }: { readonly now: Date; readonly zone: string }): number | null {
  const shift = { today: 0, tomorrow: 1 }[word];
  if (shift !== undefined) return (Math.floor(wallTime(now, zone) / DAY) + shift) * DAY;
  return parseWall(word, '00:00');
}
