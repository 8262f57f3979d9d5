import { backoffMs } from '../../lib/backoff.ts';
import type { ForeignCalendar } from '../../config/config.ts';
import type { CalendarCopy } from '../../store/calendar-copies.ts';
import type { Apart } from './expand-apart.ts';
import type { Expanded, Wanted } from './expand.ts';
import type { Fetched, Validators } from './fetch.ts';
import { sourceDigest, wantedAt } from './read-source.ts';

/** The ways out of the house, so that a test can go others. */
export interface Reading {
  readonly read: (calendar: ForeignCalendar, validators: Validators) => Promise<Fetched>;
  readonly expand: (text: string, wanted: Wanted) => Promise<Apart>;
}

const DAY = 86_400_000;
const RETRY_MS = 60_000;
/** A failure that may pass is told when it has come back so often. */
const PATIENCE = 3;

/** Whether a calendar has to be looked at now: it was never read, is read in another way now, or its time has come. */
export function isDue(
  calendar: ForeignCalendar,
  copy: Pick<CalendarCopy, 'source' | 'nextAt'> | undefined,
  now: Date,
): boolean {
  return copy === undefined || copy.source !== sourceDigest(calendar) || copy.nextAt <= now;
}

/** What a look at a calendar works with. */
export interface Look {
  readonly reading: Reading;
  readonly now: Date;
}

/** A copy after another look at its calendar: with what was read, or with what was there before and why nothing could be read. */
export async function nextCopy(
  calendar: ForeignCalendar,
  before: CalendarCopy | null,
  look: Look,
): Promise<CalendarCopy> {
  const { reading, now } = look;
  const old = { ...atSource(before ?? emptyCopy(calendar.id, now), sourceDigest(calendar)), checkedAt: now };
  const fetched = await reading.read(calendar, { etag: old.etag, lastModified: old.lastModified });
  if (fetched.kind === 'failed') return failed(calendar, await keptUp(calendar, old, look), fetched);
  const content = fetched.kind === 'same' ? old.content : fetched.text;
  if (content === null) return failed(calendar, old, { reason: 'nothing was sent', isPassing: true });
  const told = fetched.kind === 'same' ? {} : { etag: fetched.etag, lastModified: fetched.lastModified };
  if (content === old.content && isFresh(old, now)) return { ...good(calendar, old), ...told };
  const apart = await reading.expand(content, wantedAt(now, calendar));
  if (apart.kind === 'refused')
    return failed(calendar, await keptUp(calendar, old, look), {
      reason: `it ${apart.reason}`,
      isPassing: false,
    });
  return { ...good(calendar, old), ...told, content, expandedAt: now, ...merged(old, apart) };
}

/** A copy that was read from elsewhere, or in another way, stays in force until the new one could be read. */
function atSource(copy: CalendarCopy, source: string): CalendarCopy {
  return copy.source === source
    ? copy
    : { ...copy, source, etag: null, lastModified: null, expandedAt: null, failures: 0 };
}

function isFresh({ expandedAt }: CalendarCopy, now: Date): boolean {
  return expandedAt !== null && now.getTime() - expandedAt.getTime() < DAY;
}

/** The days go on also while a calendar cannot be read: its copy is worked out for them. */
async function keptUp(
  calendar: ForeignCalendar,
  copy: CalendarCopy,
  { reading, now }: Look,
): Promise<CalendarCopy> {
  if (copy.content === null || isFresh(copy, now)) return copy;
  const apart = await reading.expand(copy.content, wantedAt(now, calendar));
  return apart.kind === 'refused' ? copy : { ...copy, expandedAt: now, ...merged(copy, apart) };
}

function good({ refreshMs }: ForeignCalendar, copy: CalendarCopy): CalendarCopy {
  return {
    ...copy,
    nextAt: new Date(copy.checkedAt.getTime() + refreshMs),
    readAt: copy.checkedAt,
    failure: null,
    failingSince: null,
    failures: 0,
    isTold: false,
  };
}

function emptyCopy(id: string, now: Date): CalendarCopy {
  return {
    id,
    source: '',
    content: null,
    etag: null,
    lastModified: null,
    readAt: null,
    occurrences: [],
    remarks: [],
    expandedAt: null,
    version: 0,
    checkedAt: now,
    nextAt: now,
    failure: null,
    failingSince: null,
    failures: 0,
    isTold: false,
  };
}

/** A new version only where something has changed, so that nobody works out anew what is the same. */
function merged(
  old: CalendarCopy,
  { occurrences, problems }: Expanded,
): Pick<CalendarCopy, 'occurrences' | 'remarks' | 'version'> {
  const isSame = JSON.stringify(old.occurrences) === JSON.stringify(occurrences);
  const version = isSame && old.version > 0 ? old.version : old.version + 1;
  return { occurrences: [...occurrences], remarks: [...problems], version };
}

function failed(
  { refreshMs }: ForeignCalendar,
  old: CalendarCopy,
  { reason, isPassing }: { readonly reason: string; readonly isPassing: boolean },
): CalendarCopy {
  const failures = old.failures + 1;
  // The longest wait of the back-off, and no chance: one process asks, so nobody comes back together with others.
  const waitMs = backoffMs(failures, {
    baseMs: RETRY_MS,
    maxMs: Math.max(refreshMs, RETRY_MS),
    random: () => 1,
  });
  return {
    ...old,
    failure: reason,
    failingSince: old.failingSince ?? old.checkedAt,
    failures,
    nextAt: new Date(old.checkedAt.getTime() + waitMs),
    isTold: old.isTold || !isPassing || failures >= PATIENCE,
  };
}
