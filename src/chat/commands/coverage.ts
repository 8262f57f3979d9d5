import { coverageOf } from '../../domain/report/coverage/coverage.ts';
import { scopeOf } from '../../domain/report/coverage/scope.ts';
import { whisper } from '../views/blocks.ts';
import { coverageScreen } from '../views/coverage-screen.ts';
import { defineCommand } from './define.ts';

const DAY = 86_400_000;
const DAYS = 90;

/** `/inc coverage payments` */
export const coverage = defineCommand({
  name: 'coverage',
  synonyms: ['gaps', 'lookahead'],
  summary:
    'Whether somebody will answer in the next 90 days: gaps, single points of failure, and how the load is spread',
  where: 'anywhere',
  params: [
    {
      name: 'about',
      kind: 'schedule_or_team',
      description: 'A schedule or a team; all of them, when none is named',
    },
  ],
  examples: ['coverage', 'coverage payments', 'coverage schedule primary'],
  answer: async ({ about }, asking) => {
    const { directory, zone, now, reach } = asking;
    const window = { from: now, to: new Date(now.getTime() + DAYS * DAY) };
    const scope = about === null ? null : scopeOf(about, directory);
    const report = coverageOf(directory, window, { reach: await reach(), scope });
    return whisper(coverageScreen(report, { name: about?.name ?? null }, { directory, zone }));
  },
});
