import { personOf } from '../../domain/actor.ts';
import { refusing, saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Take command: whoever presses it holds the first role. */
export const takeCommand = defineIncidentAction({
  name: 'take-command',
  typed: 'lead',
  press: (_, { actor: by, incident, directory }) => {
    const personId = personOf(by);
    const [role] = directory.settings.roles;
    if (personId === null) return refusing('A role is held by a configured person.');
    if (role === undefined)
      return refusing('No roles are configured.', 'Add some under settings in firebell.yaml.');
    return saying({ type: 'incident.assign_role', by, incidentId: incident.id, role, personId, note: null });
  },
});
