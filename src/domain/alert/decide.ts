import type { Given } from '../given.ts';
import type { Alert } from './alert.ts';
import { alertId } from './alert.ts';
import { judge, tell } from './dedup.ts';
import type { Verdict } from './dedup.ts';
import type { AlertEvent } from './events.ts';
import type { GroupView } from './group.ts';
import { homeOf, leave, place, stayAt } from './group.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';
import type { Silencer } from './silence.ts';

/** What is known at the moment of a signal. */
export interface AlertView extends GroupView {
  readonly alert: (id: string) => Alert | undefined;
  readonly silencedBy: Silencer;
}

interface Case {
  readonly known: Alert | undefined;
  readonly alert: Alert;
  readonly view: AlertView;
  readonly given: Given;
}

/** Decides what one signal changes: first what becomes of its alert, then of the groups. */
export function decideSignal(signal: Signal, view: AlertView, given: Given): readonly AlertEvent[] {
  const known = view.alert(alertId(signal.source, signal.key));
  const home = homeOf(known, view);
  const verdict = judge(known, signal, home !== null && view.isOpen(home));
  const alert = tell(known, signal, { verdict, now: given.now });
  return eventsOf(isOverdue(verdict, signal, alert) ? 'fires' : verdict, { known, alert, view, given });
}

/** True for an alert that fires on, belongs nowhere and may be wanted by now: it was only acknowledged, or its route has changed. */
function isOverdue(verdict: Verdict, signal: Signal, alert: Alert): boolean {
  return verdict === 'repeats' && signal.status === 'firing' && alert.groupId === null;
}

function eventsOf(verdict: Verdict, told: Case): readonly AlertEvent[] {
  const { known, alert, view } = told;
  switch (verdict) {
    case 'fires':
      return fire(told);
    case 'repeats':
    case 'late':
      return [{ type: 'alert.repeated', alert }];
    case 'clears':
      return [{ type: 'alert.cleared', alert }, ...changed(known ? leave(known, view) : null)];
    case 'recovery_only':
    case 'acknowledged_only':
      return [{ type: 'alert.suppressed', alert, reason: verdict }];
  }
}

/** Decides what becomes of an alert that fires on and is not held back by its silence any more: it is taken as a new one. */
export function decideRelease(held: Alert, view: AlertView, given: Given): readonly AlertEvent[] {
  const known = view.alert(alertId(held.source, held.key));
  const isHeld = known?.status === 'firing' && known.groupId === null && known.silencedBy !== null;
  return isHeld ? fire({ known, alert: known, view, given }) : [];
}

function fire(told: Case): readonly AlertEvent[] {
  const { known, alert, view, given } = told;
  const destination = destinationOf(alert.signal, given.directory);
  if (!destination?.opens) return suppress(told, 'route', null);
  const silence = view.silencedBy(alert.signal, destination.service);
  if (silence !== null) return hold(told, silence);
  const { group, opened, left } = place(known, destination, { view, now: given.now });
  return [
    { type: 'alert.fired', alert: { ...alert, groupId: group.id, silencedBy: null } },
    { type: opened ? 'alert.group_opened' : 'alert.group_changed', group },
    ...changed(left),
  ];
}

/** A silence holds back what is new. What belongs to an open incident stays with it: nothing that people work on is hidden. */
function hold(told: Case, silence: number): readonly AlertEvent[] {
  const { known, alert, view, given } = told;
  const home = stayAt(known, { view, now: given.now });
  if (home === null) return suppress(told, 'silence', silence);
  return [
    { type: 'alert.fired', alert: { ...alert, groupId: home.id, silencedBy: null } },
    { type: 'alert.group_changed', group: home },
  ];
}

function suppress(
  { known, alert, view }: Case,
  reason: 'route' | 'silence',
  silencedBy: number | null,
): readonly AlertEvent[] {
  const left = known ? leave(known, view) : null;
  return [
    { type: 'alert.suppressed', alert: { ...alert, groupId: null, silencedBy }, reason },
    ...changed(left),
  ];
}

function changed(group: ReturnType<typeof leave>): readonly AlertEvent[] {
  return group ? [{ type: 'alert.group_changed', group }] : [];
}
