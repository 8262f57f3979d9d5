import type { Given } from '../given.ts';
import type { Alert, AlertGroup } from './alert.ts';
import type { Destination } from './route.ts';

/** An alert that comes back this soon after it cleared is the same problem, however short its route's window. */
const FLAP_MS = 20 * 60 * 1000;

/** What is known about groups at the moment of a signal. */
export interface GroupView {
  readonly newest: (key: string) => AlertGroup | null;
  readonly byId: (id: string) => AlertGroup | null;
  /** True while people still work on the group's incident. */
  readonly isOpen: (group: AlertGroup) => boolean;
}

/** What an alert that begins to fire does to the groups: the one it is in now, and the others that it changed. */
export interface Placement {
  readonly group: AlertGroup;
  readonly opened: boolean;
  readonly left: AlertGroup | null;
}

/** Where an alert that begins to fire belongs: its own open group, an open one under its key, else a new one. */
export function place(
  known: Alert | undefined,
  destination: Destination,
  { view, now }: { readonly view: GroupView; readonly now: Given['now'] },
): Placement {
  const found = findGroup(known, destination, { view, now });
  const group = found ?? openGroup(destination, { previous: view.newest(destination.groupKey), now });
  const isFiringHere = known?.status === 'firing' && known.groupId === group.id;
  return {
    group: {
      ...group,
      lastAlertAt: later(group.lastAlertAt, now),
      firing: group.firing + (isFiringHere ? 0 : 1),
      total: group.total + (known?.groupId === group.id ? 0 : 1),
    },
    opened: found === null,
    left: known && known.groupId !== group.id ? leave(known, view) : null,
  };
}

/** The group that an alert keeps or comes back to, while people still work on its incident; null when there is none. */
export function stayAt(
  known: Alert | undefined,
  { view, now }: { readonly view: GroupView; readonly now: Date },
): AlertGroup | null {
  const home = homeOf(known, view);
  if (!known || !home || !view.isOpen(home)) return null;
  if (known.status === 'firing') return { ...home, lastAlertAt: later(home.lastAlertAt, now) };
  if (!isWithin(known.lastAt, now, FLAP_MS)) return null;
  return { ...home, lastAlertAt: later(home.lastAlertAt, now), firing: home.firing + 1 };
}

/** The group of an alert that no longer fires in it; null when it did not, or when the group is not at hand. */
export function leave(known: Alert, view: GroupView): AlertGroup | null {
  const home = homeOf(known, view);
  if (!home || known.status !== 'firing') return null;
  return { ...home, firing: Math.max(0, home.firing - 1) };
}

/** The group that an alert belongs to, when it has one and it is at hand. */
export function homeOf(alert: Alert | undefined, view: GroupView): AlertGroup | null {
  return alert?.groupId ? view.byId(alert.groupId) : null;
}

/** The key of a group, from its id. */
export function groupKeyOf(groupId: string): string {
  return groupId.slice(0, groupId.lastIndexOf('@'));
}

function findGroup(
  known: Alert | undefined,
  destination: Destination,
  { view, now }: { readonly view: GroupView; readonly now: Date },
): AlertGroup | null {
  const home = homeOf(known, view);
  if (known && home && view.isOpen(home) && isWithin(known.lastAt, now, FLAP_MS)) return home;
  const newest = view.newest(destination.groupKey);
  if (!newest || !view.isOpen(newest)) return null;
  return isWithin(newest.lastAlertAt, now, destination.route.groupWindowMs) ? newest : null;
}

function openGroup(
  { route, service, groupKey }: Destination,
  { previous, now }: { readonly previous: AlertGroup | null; readonly now: Date },
): AlertGroup {
  const id = `${groupKey}@${now.toISOString()}`;
  return {
    // Two groups of one key in one millisecond happen only when a clock stands still.
    id: previous?.id.startsWith(id) ? `${previous.id}+` : id,
    key: groupKey,
    route: route.name,
    service,
    openedAt: now,
    lastAlertAt: now,
    incidentId: null,
    firing: 0,
    total: 0,
  };
}

function isWithin(since: Date, now: Date, ms: number): boolean {
  return now.getTime() - since.getTime() <= ms;
}

function later(a: Date, b: Date): Date {
  return a.getTime() >= b.getTime() ? a : b;
}
