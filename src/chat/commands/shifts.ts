import { personOf } from '../../domain/actor.ts';
import { refusing, replying } from '../step.ts';
import { whisper } from '../views/blocks.ts';
import { shiftsScreen } from '../views/shifts.ts';
import { defineCommand } from './define.ts';

/** `/inc shifts @ben` */
export const shifts = defineCommand({
  name: 'shifts',
  synonyms: ['myshifts'],
  summary: 'When you, or somebody, are on call next',
  where: 'anywhere',
  params: [{ name: 'person', kind: 'person', description: 'Whose; yours, when nobody is named' }],
  examples: ['shifts', 'shifts @ben'],
  toStep: async ({ person }, asking) => {
    const who = person ?? personOf(asking.actor);
    if (who === null) return refusing('Whose shifts?', 'For example `shifts @ben`.');
    const absences = await asking.reads.absences(asking.now);
    return replying(whisper(shiftsScreen(who, absences, asking)));
  },
});
