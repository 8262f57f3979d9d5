import { z } from 'zod';
import { Actor } from './actor.ts';
import { EscalationEvent } from './escalation/events.ts';
import { IncidentEvent } from './incident/events.ts';
import { PageEvent } from './page/events.ts';

/** Everything that can happen around an incident. The log of these is the timeline and the audit trail. */
export const DomainEvent = z.discriminatedUnion('type', [IncidentEvent, EscalationEvent, PageEvent]);
export type DomainEvent = z.infer<typeof DomainEvent>;

/** An event as the log keeps it. `seq` counts within the incident, from 1. */
export const RecordedEvent = z.object({
  incidentId: z.int(),
  seq: z.int(),
  at: z.coerce.date(),
  by: Actor,
  event: DomainEvent,
});
export type RecordedEvent = z.infer<typeof RecordedEvent>;
