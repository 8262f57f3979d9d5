import { personOf } from '../../domain/actor.ts';
import type { Line } from '../../domain/text.ts';
import { button, buttons, whisper } from '../views/blocks.ts';
import { listScreen } from '../views/lists.ts';
import { defineCommand } from './define.ts';

/** `/inc role communications @ben` */
export const role = defineCommand({
  name: 'role',
  synonyms: ['roles', 'assign', { word: 'lead', before: 'lead' }, { word: 'commander', before: 'commander' }],
  summary: 'Show the roles, take one, or give one to somebody',
  where: 'incident',
  params: [
    { name: 'role', kind: 'role', description: 'commander, communications, scribe, or as configured' },
    { name: 'person', kind: 'person', description: 'Who takes it; you, when nobody is named' },
  ],
  examples: ['role', 'role communications @ben', 'lead @ana', 'lead'],
  toCommand: (args, { actor, incident, directory }) => {
    if (args.role === null && args.person === null) return null;
    const personId = args.person ?? personOf(actor);
    const roles = directory.settings.roles.map((name) => `\`${name}\``).join(', ');
    if (args.role === null) return { why: 'Which role?', hint: `Roles are ${roles}.` };
    if (personId === null)
      return { why: 'A role is held by a configured person.', hint: `Name one: \`role ${args.role} @ana\`.` };
    return {
      type: 'incident.assign_role',
      by: actor,
      incidentId: incident.id,
      role: args.role,
      personId,
      note: null,
    };
  },
  answer: (_, { incident, directory, zone }) => {
    const items = directory.settings.roles.map((name): Line => {
      const holder = incident.roles[name];
      return [{ bold: name }, ': ', holder === undefined ? 'nobody' : { person: holder }];
    });
    const foot: Line = [
      'Take one with ',
      { code: 'role scribe' },
      ', give one with ',
      { code: 'role scribe @ben' },
      '.',
    ];
    const screen = listScreen(
      { heading: `Roles of #${incident.id}`, items, empty: 'No roles are configured.', foot },
      { directory, zone },
    );
    const assign = items.length === 0 ? [] : [button('assign-role', 'Assign a role', { value: incident.id })];
    return whisper({ ...screen, blocks: [...screen.blocks, ...buttons(...assign)] });
  },
});
