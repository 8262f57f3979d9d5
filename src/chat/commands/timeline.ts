import { whisper } from '../views/blocks.ts';
import { timelineScreen } from '../views/timeline-screen.ts';
import { defineCommand } from './define.ts';
import { confirmNoted } from './note.ts';

/** `/inc timeline` */
export const timeline = defineCommand({
  name: 'timeline',
  synonyms: ['history'],
  summary: 'Show what has happened so far; with a text, write a line on it',
  where: 'incident',
  course: 'all',
  params: [
    { name: 'text', kind: 'text', description: 'A line to write instead of showing it' },
    { name: 'time', kind: 'past_time', keywords: ['at'], description: 'When that happened' },
  ],
  examples: ['timeline', 'timeline the vendor called back at 14:05'],
  toCommand: ({ text, time: at }, { actor, incident }) =>
    text === null ? null : { type: 'incident.add_note', by: actor, incidentId: incident.id, text, at },
  answer: async (_, { incident, reads, directory, zone }) =>
    whisper(timelineScreen(await reads.eventsOf(incident.id), incident.id, { directory, zone })),
  confirm: (done) => confirmNoted(done),
});
