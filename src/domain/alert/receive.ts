import type { AlertSeverity, Directory, Route } from '../directory.ts';
import type { Given } from '../given.ts';
import type { Declaration } from '../incident/commands.ts';
import { severityOfAlert } from '../incident/severity-matrix.ts';
import type { Alert, AlertBook, AlertGroup } from './alert.ts';
import { decideRelease, decideSignal } from './decide.ts';
import type { AlertView } from './decide.ts';
import type { AlertEvent } from './events.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';
import { beginWork, takeIn, viewOf } from './work.ts';
import type { GroupNews, Tally, Work } from './work.ts';

/** What a batch means for one incident, once for all its alerts: the fields of `incident.note_alerts`. */
export interface AlertNote {
  readonly firing: number;
  readonly total: number;
  /** Titles of the first few that joined. */
  readonly titles: readonly string[];
  readonly joined: number;
  readonly cleared: number;
  /** What the worst of those that joined or became worse asks for; null when none did. */
  readonly severity: string | null;
  /** When the earliest of those that joined began to fire. */
  readonly startsAt?: Date;
}

/** An incident to declare for a new group, whose `incidentId` is still to be filled in. */
export interface GroupDeclaration {
  readonly groupId: string;
  readonly declaration: Declaration;
  /** Said about the incident right after it was declared. */
  readonly note: AlertNote;
}

/** What a batch of signals changes. Alerts and groups as they stand after it; those that it did not touch are absent. */
export interface Received {
  readonly alerts: readonly Alert[];
  readonly groups: readonly AlertGroup[];
  readonly declarations: readonly GroupDeclaration[];
  readonly notes: readonly { readonly incidentId: number; readonly note: AlertNote }[];
  readonly tally: Tally;
}

const LONGEST_TITLE = 200;
const LONGEST_SUMMARY = 1000;

/**
 * The keys of all groups that these signals may join, sorted, so that whoever locks them does it in one order.
 * Alerts that are known already may belong to further ones: see `groupKeyOf` and their `groupId`.
 */
export function groupKeys(signals: readonly Signal[], directory: Directory): readonly string[] {
  const destinations = signals.map((signal) => destinationOf(signal, directory));
  const keys = destinations.flatMap((destination) => (destination?.opens ? [destination.groupKey] : []));
  return [...new Set(keys)].toSorted();
}

/**
 * Decides what a batch of signals changes, one after the other and with the same result as if each had come alone. What it means
 * for the incidents is told once per group.
 */
export function receive(book: AlertBook, signals: readonly Signal[], given: Given): Received {
  return workThrough(book, signals, { given, decide: decideSignal });
}

/** Decides what becomes of alerts that a silence held back, once it is over: those that fire on count as new. */
export function release(book: AlertBook, held: readonly Alert[], given: Given): Received {
  return workThrough(book, held, { given, decide: decideRelease });
}

interface Working<T> {
  readonly given: Given;
  readonly decide: (one: T, view: AlertView, given: Given) => readonly AlertEvent[];
}

function workThrough<T>(book: AlertBook, all: readonly T[], { given, decide }: Working<T>): Received {
  const work = beginWork(book, given.now);
  const view = viewOf(work);
  for (const one of all) {
    for (const event of decide(one, view, given)) takeIn(work, event);
  }
  return receivedOf(work, view, given.directory);
}

function receivedOf(work: Work, view: AlertView, directory: Directory): Received {
  const told = [...work.news].flatMap(([groupId, news]) => {
    const group = view.byId(groupId);
    return group ? [{ group, news, note: noteOf(group, news, directory) }] : [];
  });
  return {
    alerts: [...work.alerts.values()],
    groups: [...work.groups.values()],
    declarations: told.flatMap(({ group, news, note }) =>
      news.opened ? [{ groupId: group.id, declaration: declare(group, news, directory), note }] : [],
    ),
    notes: told.flatMap(({ group, news, note }) =>
      isWorthANote(group, news) ? [{ incidentId: group.incidentId, note }] : [],
    ),
    tally: work.tally,
  };
}

type LivingGroup = AlertGroup & { readonly incidentId: number };

/** A resolved incident is told too: its last alerts tend to clear a little later. */
function isWorthANote(group: AlertGroup, news: GroupNews): group is LivingGroup {
  return !news.opened && group.incidentId !== null;
}

function noteOf(group: AlertGroup, news: GroupNews, directory: Directory): AlertNote {
  return {
    firing: group.firing,
    total: group.total,
    titles: news.titles,
    joined: news.joined,
    cleared: news.cleared,
    severity: news.worst === null ? null : severityFor(news.worst, group, directory),
    ...(news.startsAt !== null && { startsAt: news.startsAt }),
  };
}

function declare(group: AlertGroup, news: GroupNews, directory: Directory): Declaration {
  const route = routeOf(group, directory);
  const service = group.service === null ? null : (directory.services.get(group.service) ?? null);
  return {
    title: titleOf(news.first, service?.name ?? news.first?.signal.service ?? null),
    summary: clip(news.first?.signal.description ?? '', LONGEST_SUMMARY) || null,
    severity: news.worst === null ? null : severityFor(news.worst, group, directory),
    kind: 'real',
    visibility: route?.visibility ?? 'public',
    service: group.service,
    page: { kind: 'policy', policy: route?.policy ?? service?.policy ?? directory.settings.defaultPolicy },
    wantsRoom: true,
    autoResolve: route?.autoResolve ?? false,
    ackTakesCommand: route?.ackTakesCommand ?? false,
  };
}

function routeOf(group: AlertGroup, { routes }: Directory): Route | undefined {
  return routes.find(({ name }) => name === group.route);
}

function severityFor(worst: AlertSeverity, group: AlertGroup, directory: Directory): string {
  const route = routeOf(group, directory);
  const own = group.service === null ? undefined : directory.services.get(group.service)?.impact;
  const said = { impact: route?.impact ?? own ?? null, urgency: route?.urgency ?? null };
  const { alertSeverity } = directory.settings;
  return route?.severity ?? severityOfAlert(worst, said, directory) ?? alertSeverity[worst];
}

/** The first alert's title, and its service when the title does not say it. */
function titleOf(first: Alert | null, service: string | null): string {
  const title = clip(first?.signal.title.trim() ?? '', LONGEST_TITLE) || 'Alert without a title';
  if (service === null || title.toLowerCase().includes(service.toLowerCase())) return title;
  return clip(`${title} (${service})`, LONGEST_TITLE);
}

/** At most so many UTF-16 units, never cut within a character. */
function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
