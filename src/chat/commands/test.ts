import { personOf } from '../../domain/actor.ts';
import { personName } from '../views/plain.ts';
import { alwaysTold } from '../step.ts';
import { declareBy } from './declaration.ts';
import { defineCommand } from './define.ts';

/** `/inc test` */
export const test = defineCommand({
  name: 'test',
  synonyms: ['testpage'],
  summary: 'Page me, now, through all my rules',
  where: 'anywhere',
  params: [],
  examples: ['test'],
  toCommand: (_, asking) => {
    const me = personOf(asking.actor);
    if (me === null) return { why: 'Only a configured person can be paged.', hint: null };
    return declareBy(asking, {
      title: `Test page for ${personName(me, asking.directory)}`,
      kind: 'drill',
      visibility: 'private',
      page: { kind: 'targets', targets: [{ kind: 'person', id: me }], rulesNow: true },
      wantsRoom: false,
    });
  },
  confirm: ({ incident }) =>
    alwaysTold([
      'paging you now through all your rules. Acknowledge to end it. Your direct messages show what arrives where; so does ',
      { code: `pages #${incident.id}` },
      '.',
    ]),
});
