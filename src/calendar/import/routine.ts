import { createHash } from 'node:crypto';
import type { CalendarConfig, ForeignCalendar } from '../../config/config.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Overlay } from '../../engine/overlay.ts';
import { overlayChanged } from '../../engine/overlay.ts';
import type { Routine } from '../../engine/routine.ts';
import { calendarStates, dropCopiesBut, findCopy, saveCopy } from '../../store/calendar-copies.ts';
import type { CalendarCopy } from '../../store/calendar-copies.ts';
import type { Store } from '../../store/db.ts';
import { claimNotices } from '../../store/notices.ts';
import { queueEffects } from '../../store/outbox.ts';
import { inTransaction } from '../../store/transaction.ts';
import { expandApart } from './expand-apart.ts';
import { isDue, nextCopy, type Reading } from './next-copy.ts';
import type { CalendarParts } from './layer.ts';
import { readSource } from './read-source.ts';
import {
  failureWords,
  recoveryWords,
  remarkWords,
  unknownWords,
  useOfHolidays,
  useOfSchedule,
} from './words.ts';
import type { CalendarUse } from './words.ts';

interface RoutineParts extends Omit<CalendarParts, 'db'> {
  readonly store: Store;
  readonly overlay: Pick<Overlay, 'refresh'>;
  readonly wake: () => void;
  readonly reading?: Reading;
}

const MINUTE = 60_000;
const REAL: Reading = { read: readSource, expand: expandApart };

/** Reads the calendars that are due, keeps what was read, and tells the admins once what is wrong. */
export function calendarRoutine(parts: RoutineParts): Routine {
  const seen = new Map<string, Seen>();
  return {
    name: 'calendars',
    everyMs: MINUTE,
    run: async (now) => {
      const calendars = parts.calendars();
      const feeds = parts.holidayFeeds();
      const ids = [...calendars, ...feeds].map(({ id }) => id);
      let changed = await dropCopiesBut(parts.store.db, ids);
      const states = new Map((await calendarStates(parts.store.db)).map((state) => [state.id, state]));
      const { people } = parts.configured();
      for (const calendar of calendars) {
        const state = states.get(calendar.id);
        const isLooked = isDue(calendar, state, now);
        const last = seen.get(calendar.id);
        if (!isLooked && last?.names === calendar.names && last.people === people) continue;
        const newsOf = (turn: Turn) => newsOfShifts(calendar, turn, parts);
        changed = (await look(calendar, { ...parts, isLooked, newsOf }, now)) || changed;
        seen.set(calendar.id, { names: calendar.names, people });
      }
      for (const feed of feeds.filter((one) => isDue(one, states.get(one.id), now))) {
        const newsOf = (turn: Turn) => newsOfCopy(feed, turn, useOfHolidays(feed.calendar));
        changed = (await look(feed, { ...parts, isLooked: true, newsOf }, now)) || changed;
      }
      if (changed) await parts.overlay.refresh();
    },
  };
}

/** By which names and people a calendar was read last. */
type Seen = Pick<CalendarConfig, 'names'> & Pick<Directory, 'people'>;

/** Answers with whether there is anything new in it. */
async function look(
  calendar: ForeignCalendar,
  parts: RoutineParts & { readonly isLooked: boolean; readonly newsOf: (turn: Turn) => News },
  now: Date,
): Promise<boolean> {
  const { store, isLooked, reading = REAL } = parts;
  const before = await findCopy(store.db, calendar.id);
  const after = isLooked || before === null ? await nextCopy(calendar, before, { reading, now }) : before;
  const isNew = after.version !== before?.version || after.failure !== before.failure;
  const news = parts.newsOf({ before, after });
  const told = await inTransaction(store.db, async (tx) => {
    if (after !== before) await saveCopy(tx, after);
    if (isNew) await overlayChanged(tx, store.kind);
    const fresh = await claimNotices(
      tx,
      news.once.map(({ key }) => key),
      now,
    );
    const texts = [...news.now, ...news.once.filter(({ key }) => fresh.has(key)).map(({ text }) => text)];
    await queueEffects(tx, texts.map(tellAdmins), now);
    return texts.length > 0;
  });
  if (told) parts.wake();
  return isNew;
}

function tellAdmins(text: string): Effect {
  return { type: 'chat.tell_admins', incidentId: null, text };
}

interface News {
  readonly now: readonly string[];
  /** Told unless they have been told before. */
  readonly once: readonly { readonly key: string; readonly text: string }[];
}

/** A copy before and after a look at its calendar. */
interface Turn {
  readonly before: CalendarCopy | null;
  readonly after: CalendarCopy;
}

function newsOfShifts(calendar: CalendarConfig, turn: Turn, { readShifts, configured }: RoutineParts): News {
  const { schedule, zone } = calendar;
  const { now, once } = newsOfCopy(calendar, turn, useOfSchedule(schedule));
  const { unknown } = readShifts(calendar, turn.after.occurrences, configured().people);
  if (unknown.length === 0) return { now, once };
  const names = unknown.map(({ name }) => name).toSorted();
  const text = unknownWords(schedule, unknown, zone);
  return { now, once: [{ key: keyOf(calendar, names), text }, ...once] };
}

function newsOfCopy(calendar: ForeignCalendar, { before, after }: Turn, use: CalendarUse): News {
  const wasTold = before?.isTold ?? false;
  const { remarks } = after;
  return {
    now: [
      ...(after.isTold && !wasTold ? [failureWords(use, after, calendar.zone)] : []),
      ...(wasTold && after.failure === null ? [recoveryWords(use)] : []),
    ],
    once: remarks.length === 0 ? [] : [{ key: keyOf(calendar, remarks), text: remarkWords(use, remarks) }],
  };
}

function keyOf({ id }: ForeignCalendar, what: readonly string[]): string {
  return `calendar:${id}:${createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 22)}`;
}
