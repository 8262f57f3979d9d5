import { personOf } from '../../domain/actor.ts';
import type { RosterCommand } from '../../domain/roster/commands.ts';
import { refusing, sayingRoster } from '../step.ts';
import { askedFor } from '../views/cover.ts';
import { defineCommand } from './define.ts';
import { findShift } from './own-shift.ts';

/** `/inc swap @ben mine mon 09:00 theirs fri 09:00` */
export const swap = defineCommand({
  name: 'swap',
  synonyms: ['trade'],
  summary: 'Ask somebody to swap shifts: yours against theirs, once they accept',
  where: 'anywhere',
  params: [
    { name: 'person', kind: 'person', required: true, description: 'With whom' },
    {
      name: 'schedule',
      kind: 'schedule',
      description: 'The schedule; that of your shift, when none is named',
    },
    {
      name: 'mine',
      kind: 'time',
      keywords: ['mine', 'my shift'],
      description: 'A time in your shift; your next, unless said',
    },
    {
      name: 'theirs',
      kind: 'time',
      keywords: ['theirs', 'their shift', 'against'],
      description: 'A time in their shift; their next after yours, unless said',
    },
  ],
  examples: ['swap @ben', 'swap @ben primary mine mon 10:00 theirs fri 10:00'],
  toStep: ({ person, schedule, mine, theirs }, asking) => {
    const me = personOf(asking.actor);
    if (me === null) return refusing('Only a configured person can swap shifts.');
    if (person === me)
      return refusing('You cannot swap with yourself.', '`cover me` asks somebody to take your shift.');
    const own = findShift({ person: me, schedule, at: mine ?? asking.now, beside: person }, asking);
    if ('refusal' in own) return { kind: 'refused', refusal: own.refusal };
    const other = findShift({ person, schedule: own.schedule.id, at: theirs ?? own.shift.end }, asking);
    if ('refusal' in other) return { kind: 'refused', refusal: other.refusal };
    const command: RosterCommand = {
      type: 'roster.ask',
      by: asking.actor,
      schedule: own.schedule.id,
      from: own.shift.start,
      until: own.shift.end,
      theirs: other.shift,
      asked: [person],
      note: null,
    };
    return sayingRoster(command, (done) => askedFor(done, command.schedule, asking));
  },
});
