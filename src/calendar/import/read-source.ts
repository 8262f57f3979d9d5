import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ForeignCalendar } from '../../config/config.ts';
import type { Wanted } from './expand.ts';
import { fetchCalendar, LARGEST_CALENDAR, type Fetched, type Validators } from './fetch.ts';

const DAY = 86_400_000;
const BACK_MS = 60 * DAY;
/** Further than anybody looks ahead from the day on which a copy is worked out. */
const AHEAD_MS = 500 * DAY;

/** Reads a calendar from its address or its file. Never throws. */
export function readSource(
  { source }: Pick<ForeignCalendar, 'source'>,
  validators: Validators,
): Promise<Fetched> {
  return 'file' in source
    ? readCalendarFile(source.file)
    : fetchCalendar(source.url, { validators, privateNetwork: source.privateNetwork });
}

/** Reads a calendar from a file. Never throws. */
export async function readCalendarFile(file: string): Promise<Fetched> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const isTooLarge = size > LARGEST_CALENDAR;
      if (isTooLarge) return { kind: 'failed', reason: `${file} has more than 5 MB`, isPassing: false };
      const text = await handle.readFile('utf8');
      return { kind: 'read', text, etag: null, lastModified: null };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', reason: `cannot read the file: ${why}`, isPassing: false };
  }
}

/** What is worked out of a calendar on a day: two months back, and ahead for as long as anybody looks. */
export function wantedAt(
  now: Date,
  { zone, dayStartsMs }: Pick<ForeignCalendar, 'zone' | 'dayStartsMs'>,
): Wanted {
  const from = new Date(now.getTime() - BACK_MS);
  return { from, to: new Date(now.getTime() + AHEAD_MS), zone, dayStartsMs };
}

/** Equal for calendars that are read from the same place in the same way; it tells nothing of a secret address. */
export function sourceDigest({ source, zone, dayStartsMs }: ForeignCalendar): string {
  return createHash('sha256')
    .update(JSON.stringify([source, zone, dayStartsMs]))
    .digest('hex');
}
