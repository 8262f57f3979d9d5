import type { AlertSeverity } from '../directory.ts';
import type { Alert, AlertBook, AlertGroup } from './alert.ts';
import { alertId } from './alert.ts';
import type { AlertView } from './decide.ts';
import type { AlertEvent } from './events.ts';
import { groupKeyOf } from './group.ts';
import { silencer } from './silence.ts';
import type { Silencer } from './silence.ts';

/** How many signals of a batch did what; each signal counts once. */
export interface Tally {
  readonly fired: number;
  readonly repeated: number;
  readonly cleared: number;
  readonly suppressed: number;
  /** Of those that were suppressed: held back by a silence. */
  readonly silenced: number;
  /** New groups. */
  readonly opened: number;
}

/** What a batch has told about one group so far. */
export interface GroupNews {
  readonly joined: number;
  /** Of the first few that joined. */
  readonly titles: readonly string[];
  /** The first that joined. */
  readonly first: Alert | null;
  /** When the earliest of those that joined began to fire; null when none did. */
  readonly startsAt: Date | null;
  readonly cleared: number;
  /** The worst that newly joined, or became worse. */
  readonly worst: AlertSeverity | null;
  readonly opened: boolean;
}

/** A batch being worked through: what it has changed so far, laid over the book. Grows in place, because a storm is one batch. */
export interface Work {
  readonly book: AlertBook;
  readonly silencedBy: Silencer;
  readonly alerts: Map<string, Alert>;
  readonly groups: Map<string, AlertGroup>;
  readonly news: Map<string, GroupNews>;
  readonly newest: Map<string, string>;
  tally: Tally;
}

const SEVERITIES: readonly AlertSeverity[] = ['critical', 'error', 'warning', 'info'];
const MOST_TITLES = 5;
const NO_NEWS: GroupNews = {
  joined: 0,
  titles: [],
  first: null,
  startsAt: null,
  cleared: 0,
  worst: null,
  opened: false,
};

/** A batch before its first signal. `now` decides which silences are over. */
export function beginWork(book: AlertBook, now: Date): Work {
  const tally = { fired: 0, repeated: 0, cleared: 0, suppressed: 0, silenced: 0, opened: 0 };
  const silencedBy = silencer(book.silences, now);
  return {
    book,
    silencedBy,
    alerts: new Map(),
    groups: new Map(),
    news: new Map(),
    newest: new Map(),
    tally,
  };
}

/** The book as the batch has left it so far. */
export function viewOf(work: Work): AlertView {
  const { book } = work;
  const byId = (id: string) => work.groups.get(id) ?? groupInBook(book, id);
  return {
    alert: (id) => work.alerts.get(id) ?? book.alerts.get(id),
    byId,
    silencedBy: work.silencedBy,
    newest: (key) => {
      const id = work.newest.get(key) ?? book.groups.get(key)?.id;
      return id === undefined ? null : byId(id);
    },
    isOpen: ({ id, incidentId }) =>
      work.news.get(id)?.opened === true || (incidentId !== null && book.openIncidents.has(incidentId)),
  };
}

/** Takes one event in: the counterpart of `decideSignal`. */
export function takeIn(work: Work, event: AlertEvent): void {
  switch (event.type) {
    case 'alert.group_opened':
      work.newest.set(event.group.key, event.group.id);
      work.groups.set(event.group.id, event.group);
      tellNews(work, event.group.id, (news) => ({ ...news, opened: true }));
      count(work, 'opened');
      return;
    case 'alert.group_changed':
      work.groups.set(event.group.id, event.group);
      tellNews(work, event.group.id, (news) => news);
      return;
    case 'alert.fired':
    case 'alert.repeated':
    case 'alert.cleared':
    case 'alert.suppressed':
      takeInAlert(work, event);
      if (event.type === 'alert.suppressed' && event.reason === 'silence') count(work, 'silenced');
  }
}

type AboutAlert = Extract<AlertEvent, { alert: Alert }>;

function takeInAlert(work: Work, { type, alert }: AboutAlert): void {
  const id = alertId(alert.source, alert.key);
  const before = work.alerts.get(id) ?? work.book.alerts.get(id);
  work.alerts.set(id, alert);
  count(work, TALLIED[type]);
  if (alert.groupId === null) return;
  if (type === 'alert.cleared') {
    tellNews(work, alert.groupId, (news) => ({ ...news, cleared: news.cleared + 1 }));
  } else if (alert.status === 'firing') {
    noteFiring(work, alert, before);
  }
}

const TALLIED = {
  'alert.fired': 'fired',
  'alert.repeated': 'repeated',
  'alert.cleared': 'cleared',
  'alert.suppressed': 'suppressed',
} as const satisfies Record<AboutAlert['type'], keyof Tally>;

/** An alert that comes back to its group, or repeats, is news only when it is worse than before. */
function noteFiring(work: Work, alert: Alert, before: Alert | undefined): void {
  const isNew = before?.groupId !== alert.groupId;
  const { severity } = alert.signal;
  const isWorse = before !== undefined && rank(severity) < rank(before.signal.severity);
  if (alert.groupId === null || (!isNew && !isWorse)) return;
  tellNews(work, alert.groupId, (news) => ({
    ...news,
    ...(isNew ? join(news, alert) : news),
    cleared: news.cleared,
    opened: news.opened,
    worst: news.worst === null || rank(severity) < rank(news.worst) ? severity : news.worst,
  }));
}

function join(news: GroupNews, alert: Alert): GroupNews {
  const { titles } = news;
  const { startsAt } = alert.signal;
  return {
    ...news,
    joined: news.joined + 1,
    titles: titles.length < MOST_TITLES ? [...titles, alert.signal.title] : titles,
    first: news.first ?? alert,
    startsAt: news.startsAt !== null && news.startsAt < startsAt ? news.startsAt : startsAt,
  };
}

function tellNews(work: Work, groupId: string, change: (news: GroupNews) => GroupNews): void {
  work.news.set(groupId, change(work.news.get(groupId) ?? NO_NEWS));
}

function count(work: Work, what: keyof Tally): void {
  work.tally = { ...work.tally, [what]: work.tally[what] + 1 };
}

function groupInBook(book: AlertBook, id: string): AlertGroup | null {
  const listed = book.groups.get(id);
  if (listed) return listed;
  const newest = book.groups.get(groupKeyOf(id));
  return newest?.id === id ? newest : null;
}

function rank(severity: AlertSeverity): number {
  return SEVERITIES.indexOf(severity);
}
