import { changesScreen } from '../views/roster-changes.ts';
import { whisper } from '../views/blocks.ts';
import { refusing, replying } from '../step.ts';
import { defineCommand } from './define.ts';
import { scheduleFor } from './which-schedule.ts';

/** `/inc changes primary` */
export const changes = defineCommand({
  name: 'changes',
  synonyms: [],
  summary: 'Who changed what about a schedule by hand, when and why',
  where: 'anywhere',
  params: [
    {
      name: 'schedule',
      kind: 'schedule',
      description: 'The schedule; may be left out when there is only one',
    },
  ],
  examples: ['changes primary'],
  toStep: async ({ schedule }, asking) => {
    const found = scheduleFor(schedule, asking);
    if ('refusal' in found) return refusing(found.refusal.why, found.refusal.hint ?? '');
    const { id } = found.schedule;
    const log = await asking.reads.rosterLog(id);
    const rosters = await asking.reads.rosters();
    return replying(
      whisper(changesScreen({ schedule: found.schedule, log, roster: rosters.get(id) }, asking)),
    );
  },
});
