import { personOf } from '../../domain/actor.ts';
import { defineCommand } from './define.ts';

/** `/inc handoff @ben the rollback is half done` */
export const handoff = defineCommand({
  name: 'handoff',
  synonyms: [],
  summary: 'Hand your role over, with a word about how things stand',
  where: 'incident',
  params: [
    { name: 'person', kind: 'person', required: true, description: 'Who takes over' },
    { name: 'note', kind: 'text', description: 'What they should know' },
  ],
  examples: ['handoff @ben', 'handoff @ben the rollback is half done'],
  toCommand: ({ person, note }, { actor, incident, directory }) => {
    const me = personOf(actor);
    const mine = directory.settings.roles.find((name) => me !== null && incident.roles[name] === me);
    const role = mine ?? directory.settings.roles[0];
    if (role === undefined)
      return { why: 'No roles are configured.', hint: 'Add some under settings in firebell.yaml.' };
    return { type: 'incident.assign_role', by: actor, incidentId: incident.id, role, personId: person, note };
  },
});
