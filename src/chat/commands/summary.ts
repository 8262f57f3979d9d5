import { note, whisper } from '../views/blocks.ts';
import { defineCommand } from './define.ts';

/** `/inc summary Card payments fail since the 14:00 deploy` */
export const summary = defineCommand({
  name: 'summary',
  synonyms: ['summarize', 'describe'],
  summary: 'Show or write the summary that stands on the card',
  where: 'incident',
  course: 'all',
  params: [{ name: 'text', kind: 'text', description: 'What is known, in a sentence or two' }],
  examples: ['summary', 'summary Card payments fail since the 14:00 deploy'],
  toCommand: ({ text }, { actor, incident }) =>
    text === null ? null : { type: 'incident.summarize', by: actor, incidentId: incident.id, text },
  answer: (_, { incident, directory, zone }) =>
    whisper(
      note(
        [
          [
            incident.summary ?? 'There is no summary yet. Write one: ',
            ...(incident.summary === null ? [{ code: 'summary …' }] : []),
          ],
        ],
        { directory, zone },
      ),
    ),
});
