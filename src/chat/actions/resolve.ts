import { alwaysTold, saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Resolve incident: ends every page. */
export const resolve = defineIncidentAction({
  name: 'resolve',
  typed: 'resolve',
  press: (_, { actor: by, incident }) =>
    saying(
      { type: 'incident.resolve', by, incidentId: incident.id, summary: null },
      ({ events, incident: now }) =>
        events.length > 0 ? null : alwaysTold([`it is ${now.status} already.`]),
    ),
});
