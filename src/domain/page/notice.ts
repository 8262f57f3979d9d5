import type { Person, Urgency } from '../directory.ts';
import type { PageEnd } from './page.ts';

/** What a page says, for every channel to put into its own words and limits. Nothing in it is markup. */
export interface PageNotice {
  readonly incidentId: number;
  readonly pageId: string;
  readonly attemptId: string;
  readonly person: Person;
  readonly title: string;
  readonly severity: string;
  readonly urgency: Urgency;
  readonly isDrill: boolean;
  readonly isTest: boolean;
  readonly service: string | null;
  readonly runbook: string | null;
  /** Where people meet by voice; absent or null where nowhere. */
  readonly call?: string | null;
  readonly since: Date;
  readonly summary: string | null;
  /** What the one who escalated by hand wrote along. */
  readonly message: string | null;
  /** Titles of alerts, the firing ones first; a handful. */
  readonly alerts: readonly string[];
  readonly firing: number;
  /** Names of the others who have been paged for this incident. */
  readonly alsoPaged: readonly string[];
  /** When the next step starts unless somebody acknowledges; null when nothing more is coming. */
  readonly escalatesAt: Date | null;
  /** Absolute URL of the incident's room or page; null before there is one. */
  readonly url: string | null;
  readonly end: NoticeEnd | null;
  /** Other pages of this person that the same message tells of; absent or empty in a message about one. */
  readonly alongside?: readonly PageNotice[];
}

/** How the page ended; `by` is a name. */
export interface NoticeEnd {
  readonly why: PageEnd;
  readonly by: string | null;
  readonly at: Date;
}
