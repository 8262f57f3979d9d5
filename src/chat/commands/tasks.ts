import { whisper } from '../views/blocks.ts';
import { tasksScreen } from '../views/lists.ts';
import { defineCommand } from './define.ts';

/** `/inc tasks` */
export const tasks = defineCommand({
  name: 'tasks',
  synonyms: ['actions', 'todos'],
  summary: 'List the tasks',
  where: 'incident',
  course: 'all',
  params: [],
  examples: ['tasks'],
  answer: (_, { incident, directory, zone }) => whisper(tasksScreen(incident, { directory, zone })),
});
