import { person } from '../../src/domain/actor.ts';
import type { IncidentSideCommand } from '../../src/domain/command.ts';

type Declare = IncidentSideCommand & { readonly type: 'incident.declare' };

/** Ana's word that an incident begins at the checkout; its number has yet to be drawn. */
export function toDeclare(changes: Partial<Declare> = {}): Declare {
  return {
    type: 'incident.declare',
    by: person('ana'),
    incidentId: 0,
    title: 'Checkout is down',
    summary: null,
    severity: null,
    kind: 'real',
    visibility: 'public',
    service: 'checkout',
    page: { kind: 'service' },
    wantsRoom: true,
    autoResolve: false,
    ackTakesCommand: false,
    ...changes,
  };
}
