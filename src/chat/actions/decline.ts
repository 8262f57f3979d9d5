import { saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** I can't: somebody else is paged, now. */
export const decline = defineIncidentAction({
  name: 'decline',
  typed: 'decline',
  press: ({ pageId }, { actor: by, incident }) =>
    saying({ type: 'escalation.decline', by, incidentId: incident.id, pageId }),
});
