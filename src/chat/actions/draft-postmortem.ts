import { alwaysTold, saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Draft postmortem: it is posted in the room when it is ready. */
export const draftPostmortem = defineIncidentAction({
  name: 'draft-postmortem',
  typed: 'postmortem',
  press: (_, { actor: by, incident }) =>
    saying({ type: 'incident.draft_postmortem', by, incidentId: incident.id }, () =>
      alwaysTold(['the postmortem is being drafted; it will be posted in the room.']),
    ),
});
