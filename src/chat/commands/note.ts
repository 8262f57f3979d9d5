import { alwaysTold } from '../step.ts';
import type { Confirmation, Done } from '../step.ts';
import { defineCommand } from './define.ts';

/** `/inc note restarted the workers at 14:05` */
export const note = defineCommand({
  name: 'note',
  synonyms: ['log'],
  summary: 'Write a line on the timeline, with its own time if need be',
  where: 'incident',
  course: 'all',
  params: [
    { name: 'text', kind: 'text', required: true, description: 'What happened' },
    { name: 'time', kind: 'past_time', keywords: ['at'], description: 'When it happened' },
  ],
  examples: ['note restarted the workers', 'note restarted the workers at 14:05'],
  toCommand: ({ text, time: at }, { actor, incident }) => ({
    type: 'incident.add_note',
    by: actor,
    incidentId: incident.id,
    text,
    at,
  }),
  confirm: (done) => confirmNoted(done),
});

/** A note with a time of its own repeats how that was understood. */
export function confirmNoted({ events }: Done): Confirmation | null {
  for (const { event, at } of events) {
    if (event.type === 'incident.noted' && event.at.getTime() !== at.getTime()) {
      return alwaysTold(['noted for ', { time: event.at }, '.']);
    }
  }
  return null;
}
