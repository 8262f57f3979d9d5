import { replying, sayingRoster } from '../step.ts';
import { refusing } from '../step.ts';
import { overrideEnded, overridesScreen } from '../views/roster.ts';
import { whisper } from '../views/blocks.ts';
import { defineCommand } from './define.ts';

/** `/inc overrides end 12` */
export const overrides = defineCommand({
  name: 'overrides',
  synonyms: [{ word: 'unoverride', before: 'end' }],
  summary: 'List who was put on call by hand, or end one of these',
  where: 'anywhere',
  params: [
    { name: 'schedule', kind: 'schedule', description: 'Of one schedule; of all, when none is named' },
    {
      name: 'end',
      kind: 'number',
      keywords: ['end', 'cancel', 'remove'],
      description: 'The number of one to end now',
    },
  ],
  examples: ['overrides', 'overrides primary', 'overrides end 12'],
  toStep: async ({ schedule, end }, asking) => {
    const rosters = await asking.reads.rosters();
    if (end === null)
      return replying(whisper(overridesScreen({ rosters, schedule, now: asking.now }, asking)));
    const owner = [...rosters].find(([, roster]) => roster.overrides.some(({ id }) => id === end))?.[0];
    if (owner === undefined) return refusing(`There is no override ${end}.`, '`overrides` lists them.');
    const command = {
      type: 'roster.end_override',
      by: asking.actor,
      schedule: owner,
      overrideId: end,
    } as const;
    return sayingRoster(command, () => overrideEnded(command, asking));
  },
});
