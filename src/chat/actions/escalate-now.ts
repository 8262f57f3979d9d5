import { saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Escalate now: the next step starts at once. */
export const escalateNow = defineIncidentAction({
  name: 'escalate-now',
  typed: 'escalate',
  press: ({ pageId }, { actor: by, incident }) =>
    saying({ type: 'escalation.escalate_now', by, incidentId: incident.id, pageId }),
});
