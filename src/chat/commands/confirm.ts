import type { Line } from '../../domain/text.ts';
import { note } from '../views/blocks.ts';
import { defineCommand } from './define.ts';

/** `/inc confirm primary` */
export const confirm = defineCommand({
  name: 'confirm',
  synonyms: [],
  summary: 'Say that you will be there for your next shift, and near its beginning that you can be reached',
  where: 'anywhere',
  params: [
    { name: 'schedule', kind: 'schedule', description: 'Of one schedule; of all, when none is named' },
  ],
  examples: ['confirm', 'confirm primary'],
  toStep: ({ schedule }, asking) => ({
    kind: 'change',
    make: async (door) => {
      const said = await door.sayShift({ type: 'shift.confirm', by: asking.actor, schedule });
      if (said.kind === 'refused') return said.refusal;
      const lines = said.confirmed.map(({ scheduleName, start, end }): Line => [
        `Confirmed: you are on call for ${scheduleName}, `,
        { time: start },
        ' to ',
        { time: end },
        '.',
      ]);
      return note(lines, asking, { tone: 'good' });
    },
  }),
});
