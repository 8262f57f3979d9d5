import { personOf } from '../../domain/actor.ts';
import { alwaysTold, refusing, saying } from '../step.ts';
import { defineIncidentAction } from './define.ts';

/** Open room: brings whoever presses it into the incident's room. */
export const openRoom = defineIncidentAction({
  name: 'open-room',
  typed: 'invite',
  press: (_, { actor: by, incident }) => {
    const me = personOf(by);
    if (me === null) return refusing('Only a configured person can be brought into a room.');
    if (!incident.wantsRoom)
      return refusing(`#${incident.id} has no room.`, `\`status #${incident.id}\` shows how it stands.`);
    const where =
      incident.room === null
        ? 'its room is still being opened; you will be in it.'
        : `you are in its room, ${incident.room.name}.`;
    return saying({ type: 'incident.add_members', by, incidentId: incident.id, personIds: [me] }, () =>
      alwaysTold([where]),
    );
  },
});
