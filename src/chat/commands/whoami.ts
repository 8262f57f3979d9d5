import { whisper } from '../views/blocks.ts';
import { whoAmI } from '../views/who-am-i.ts';
import { defineCommand } from './define.ts';

/** `/inc whoami` */
export const whoami = defineCommand({
  name: 'whoami',
  synonyms: ['me'],
  summary: 'Who you are to Firebell, and how you are paged',
  where: 'anywhere',
  params: [],
  examples: ['whoami'],
  answer: (_, { actor, directory, zone }) => whisper(whoAmI(actor, { directory, zone })),
});
