import { personOf } from '../../domain/actor.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import type { Line } from '../../domain/text.ts';
import { actorSpan } from '../views/naming.ts';
import { alwaysTold } from '../step.ts';
import type { Asking, Confirmation, Done } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc ack update in 10m` */
export const ack = defineCommand({
  name: 'ack',
  synonyms: ['acknowledge', 'claim'],
  summary: 'Take it: stops the paging',
  where: 'incident',
  params: [
    {
      name: 'within',
      kind: 'duration',
      keywords: ['update in', 'update within', 'in', 'within'],
      description: 'Promise a first update; past it you are paged again',
    },
  ],
  examples: ['ack', 'ack update in 10m', 'ack #42'],
  forgiving: true,
  toCommand: ({ within }, { actor, incident }) => ({
    type: 'escalation.acknowledge',
    by: actor,
    incidentId: incident.id,
    pageId: null,
    promiseMs: within,
  }),
  confirm: (done, _, asking) => confirmAcknowledged(done, asking),
});

/** What an acknowledgement came to: a late or repeated one changes nothing and says how it stands. Null leaves it to the timeline's words. */
export function confirmAcknowledged({ incident, events }: Done, { actor }: Asking): Confirmation | null {
  const promise = events.find(
    ({ event }) => event.type === 'escalation.acknowledged' && event.promisedBy !== null,
  );
  if (promise?.event.type === 'escalation.acknowledged' && promise.event.promisedBy !== null) {
    return alwaysTold(['you have it, and promised an update by ', { time: promise.event.promisedBy }, '.']);
  }
  if (events.length > 0) return null;
  if (!isOpen(incident)) return alwaysTold([`already ${incident.status}: nothing is left to acknowledge.`]);
  const { acknowledgedBy, acknowledgedAt } = incident;
  if (acknowledgedBy === null || acknowledgedAt === null)
    return alwaysTold(['nobody is being paged for it, so there is nothing to acknowledge.']);
  const mine = personOf(acknowledgedBy) !== null && personOf(acknowledgedBy) === personOf(actor);
  const who: Line = mine
    ? ['you already have it since ']
    : [actorSpan(acknowledgedBy), ' already has it since '];
  return alwaysTold([...who, { time: acknowledgedAt }, '.']);
}
