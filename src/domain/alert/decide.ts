import type { Given } from '../given.ts';
import type { Alert } from './alert.ts';
import { alertId } from './alert.ts';
import { judge, tell } from './dedup.ts';
import type { Verdict } from './dedup.ts';
import type { AlertEvent } from './events.ts';
import type { GroupView } from './group.ts';
import { homeOf, leave, place } from './group.ts';
import { destinationOf } from './route.ts';
import type { Signal } from './signal.ts';

/** What is known at the moment of a signal. */
export interface AlertView extends GroupView {
  readonly alert: (id: string) => Alert | undefined;
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

function fire({ known, alert, view, given }: Case): readonly AlertEvent[] {
  const destination = destinationOf(alert.signal, given.directory);
  if (!destination?.opens) {
    const left = known ? leave(known, view) : null;
    return [
      { type: 'alert.suppressed', alert: { ...alert, groupId: null }, reason: 'route' },
      ...changed(left),
    ];
  }
  const { group, opened, left } = place(known, destination, { view, now: given.now });
  return [
    { type: 'alert.fired', alert: { ...alert, groupId: group.id } },
    { type: opened ? 'alert.group_opened' : 'alert.group_changed', group },
    ...changed(left),
  ];
}

function changed(group: ReturnType<typeof leave>): readonly AlertEvent[] {
  return group ? [{ type: 'alert.group_changed', group }] : [];
}
