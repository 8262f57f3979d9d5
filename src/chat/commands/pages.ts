import { whisper } from '../views/blocks.ts';
import { ledgerScreen } from '../views/ledger.ts';
import { defineCommand } from './define.ts';

/** `/inc pages` */
export const pages = defineCommand({
  name: 'pages',
  synonyms: ['ledger'],
  summary: 'Show the page ledger: every attempt to reach somebody, and what became of it',
  where: 'incident',
  course: 'all',
  params: [],
  examples: ['pages', 'pages #42'],
  answer: async (_, { incident: { id }, reads, directory, zone }) => {
    const [pages, runs] = await Promise.all([reads.pagesOf(id), reads.runsOf(id)]);
    return whisper(ledgerScreen({ incidentId: id, pages, runs }, { directory, zone }));
  },
});
