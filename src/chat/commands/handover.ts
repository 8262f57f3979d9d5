import { personOf } from '../../domain/actor.ts';
import { onCallAt } from '../../domain/schedule/on-call.ts';
import type { NamedSchedule } from '../../domain/directory.ts';
import type { Refusal } from '../../domain/decision.ts';
import { shorten } from '../../lib/clean-text.ts';
import { refusing, replying } from '../step.ts';
import type { Asking, Step } from '../step.ts';
import { note, whisper } from '../views/blocks.ts';
import { notesScreen } from '../views/handover.ts';
import { defineCommand } from './define.ts';
import { scheduleFor } from './which-schedule.ts';

const LONGEST_NOTE = 1000;

/** `/inc handover the disk of db2 fills up, watch it` */
export const handover = defineCommand({
  name: 'handover',
  synonyms: [],
  summary: 'Leave a note for whoever is on call next; without one, show the notes that wait',
  where: 'anywhere',
  params: [
    {
      name: 'schedule',
      kind: 'schedule',
      description: 'The schedule; the one you are on call for, when none is named',
    },
    { name: 'note', kind: 'text', description: 'What the next one should know' },
  ],
  examples: ['handover the disk of db2 fills up, watch it', 'handover primary all quiet', 'handover'],
  toStep: async ({ schedule, note: text }, asking) => {
    const found = scheduleMeant(schedule, asking);
    if ('refusal' in found) return { kind: 'refused', refusal: found.refusal };
    if (text === null)
      return replying(
        whisper(notesScreen(found.schedule, await asking.reads.handoverNotes(found.schedule.id), asking)),
      );
    return leaving(found.schedule, shorten(text, LONGEST_NOTE), asking);
  },
});

function leaving(schedule: NamedSchedule, text: string, asking: Asking): Step {
  if (personOf(asking.actor) === null) return refusing('Only a configured person can leave notes.');
  return {
    kind: 'change',
    make: async (door) => {
      const said = await door.sayShift({
        type: 'shift.leave_note',
        by: asking.actor,
        schedule: schedule.id,
        text,
      });
      if (said.kind === 'refused') return said.refusal;
      return note(
        [[`Kept for whoever is on call next for ${schedule.name}. They read it when their shift begins.`]],
        asking,
        {
          tone: 'good',
        },
      );
    },
  };
}

/** The one named, else the only one that the asker is on call for, else the only one there is. */
function scheduleMeant(
  id: string | null,
  asking: Asking,
): { readonly schedule: NamedSchedule } | { readonly refusal: Refusal } {
  const me = personOf(asking.actor);
  const mine = [...asking.directory.schedules.values()].filter(
    ({ schedule }) => me !== null && onCallAt(schedule, asking.now).includes(me),
  );
  const [only, ...others] = mine;
  return id === null && only !== undefined && others.length === 0
    ? { schedule: only }
    : scheduleFor(id, asking);
}
