import { personOf } from '../../domain/actor.ts';
import type { RosterChange, RosterCommand } from '../../domain/roster/commands.ts';
import { toMinute } from '../../domain/roster/roster.ts';
import { refusing, replying, sayingRoster } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { overrideMade } from '../views/roster.ts';
import { overrideForm } from '../views/shift-forms.ts';
import { defineCommand } from './define.ts';
import { scheduleFor } from './which-schedule.ts';
import { readWhen } from './when.ts';
import type { When } from './when.ts';

/** `/inc override primary @ben from 18:00 until tomorrow 9am for @ana` */
export const override = defineCommand({
  name: 'override',
  synonyms: ['takeover'],
  summary: 'Put somebody on call for a while, whatever the schedule says',
  where: 'anywhere',
  opensForm: true,
  params: [
    { name: 'schedule', kind: 'schedule', description: 'The schedule; not needed where there is only one' },
    {
      name: 'how',
      kind: 'choice',
      choices: ['add', 'nobody'],
      description: 'add: beside whoever is on call; nobody: no one',
    },
    { name: 'person', kind: 'person', description: 'Who is on call then' },
    {
      name: 'when',
      kind: 'text',
      description: 'From when until when, in whose place, and why; from now on unless said',
    },
  ],
  examples: [
    'override primary @ben for 2h',
    'override primary @me from 18:00 until tomorrow 9am for @ana because she is ill',
    'override primary add @cleo from mon 09:00 until mon 17:00',
    'override primary nobody from 2026-12-25 00:00 until 2026-12-26 00:00',
  ],
  toStep: ({ schedule, how, person, when }, asking) => {
    if ([schedule, how, person, when].every((one) => one === null) && asking.directory.schedules.size > 0)
      return replying({ kind: 'form', form: overrideForm(asking) });
    const found = scheduleFor(schedule, asking);
    if ('refusal' in found) return { kind: 'refused', refusal: found.refusal };
    const read = readWhen(when, { ...asking, me: personOf(asking.actor) });
    if ('refusal' in read) return { kind: 'refused', refusal: read.refusal };
    const change = changeOf(how, person, read.when);
    if (change === null)
      return refusing('Who is to be on call?', 'For example `override primary @ben for 2h`.');
    return overriding({ schedule: found.schedule.id, change, when: read.when }, asking);
  },
});

/** Who is on call when, and why. */
interface Wanted {
  readonly schedule: string;
  readonly change: RosterChange;
  readonly when: Pick<When, 'from' | 'until' | 'why'>;
}

/** Says the override, or asks until when it is to last. */
export function overriding({ schedule, change, when }: Wanted, asking: Asking): Step {
  if (when.until === null)
    return refusing(
      'Until when?',
      'Add `until tomorrow 9am` or `for 8h`; an override always ends by itself.',
    );
  const command: RosterCommand = {
    type: 'roster.override',
    by: asking.actor,
    schedule,
    change,
    from: when.from ?? toMinute(asking.now),
    until: when.until,
    why: when.why,
  };
  return sayingRoster(command, (done) => overrideMade(done, command, asking));
}

function changeOf(how: 'add' | 'nobody' | null, person: string | null, { whom }: When): RosterChange | null {
  if (how === 'nobody')
    return whom === null ? { kind: 'replace', people: [] } : { kind: 'stand_in', whom, person: null };
  if (person === null) return null;
  if (how === 'add') return { kind: 'add', person };
  return whom === null ? { kind: 'replace', people: [person] } : { kind: 'stand_in', whom, person };
}
