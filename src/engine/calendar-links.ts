import type { Refusal } from '../domain/decision.ts';
import type { FeedSubject } from '../domain/calendar/subject.ts';
import type { Clock } from '../lib/clock.ts';
import { createFeed, listFeeds, revokeFeeds } from '../store/calendar-feeds.ts';
import type { KeptFeed } from '../store/calendar-feeds.ts';
import type { Db } from '../store/db.ts';

/** The secret addresses of a person's calendars, and how the calendars do that schedules come from. */
export interface CalendarLinks {
  /** Makes one more address of a calendar; it can be shown this once. `others` are those for the same that stay. */
  readonly create: (
    madeBy: string,
    subject: FeedSubject,
  ) => Promise<{ readonly url: string; readonly others: number } | Refusal>;
  /** Those of this person that are not over, oldest first. */
  readonly list: (madeBy: string) => Promise<readonly KeptFeed[]>;
  /** Ends this person's addresses, all of them or those of one calendar; answers with what was ended. */
  readonly revoke: (madeBy: string, subject: FeedSubject | null) => Promise<readonly KeptFeed[]>;
  /** What is wrong with the calendar that a schedule comes from, a sentence or two each. */
  readonly problemsOf: (scheduleId: string) => readonly string[];
}

export interface CalendarLinkDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Where people reach this installation; null while that is not known. */
  readonly publicUrl: () => string | null;
  readonly problemsOf: CalendarLinks['problemsOf'];
}

/** Nobody has more programs than this that show the same calendar. */
const MOST_LINKS = 20;

/** The address at which a calendar is read. */
export function calendarUrl(base: string, secret: string): string {
  return `${base.replace(/\/+$/, '')}/calendar/${secret}.ics`;
}

/** Makes and ends calendars over one database. */
export function createCalendarLinks({ db, clock, publicUrl, problemsOf }: CalendarLinkDeps): CalendarLinks {
  const list = async (madeBy: string): Promise<readonly KeptFeed[]> =>
    (await listFeeds(db, { madeBy })).filter(({ revokedAt }) => revokedAt === null);
  return {
    list,
    problemsOf,
    revoke: (madeBy, subject) =>
      revokeFeeds(db, subject === null ? { madeBy } : { madeBy, subject }, clock.now()),
    create: async (madeBy, subject) => {
      const base = publicUrl();
      if (base === null)
        return { why: 'My own address is not known yet.', hint: 'An admin sets `url` in firebell.yaml.' };
      const mine = await list(madeBy);
      if (mine.length >= MOST_LINKS) {
        return {
          why: `You have ${mine.length} calendar links, which is the most there can be.`,
          hint: '`calendar revoke` ends them all, `calendar revoke me` those of your own shifts.',
        };
      }
      const { secret } = await createFeed(db, { subject, madeBy }, clock.now());
      const others = mine.filter((one) => one.subject.kind === subject.kind && one.subject.id === subject.id);
      return { url: calendarUrl(base, secret), others: others.length };
    },
  };
}
