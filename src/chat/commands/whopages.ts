import { forecast } from '../../domain/forecast/forecast.ts';
import { refusalMessage } from '../views/refusal.ts';
import { whisper } from '../views/blocks.ts';
import { forecastScreen } from '../views/forecast-screen.ts';
import { silencedLines } from '../views/silences.ts';
import { defineCommand } from './define.ts';
import { IMPACT, URGENCY } from './params.ts';

/** `/inc whopages checkout at tomorrow 3am if @ana is away` */
export const whopages = defineCommand({
  name: 'whopages',
  synonyms: ['whowouldpage', 'dryrun'],
  summary: 'Whom an incident would page, step by step with times, without paging anybody',
  where: 'anywhere',
  params: [
    {
      name: 'about',
      kind: 'subject',
      required: true,
      description: 'A service, a policy, a schedule, a team or a person',
    },
    { name: 'time', kind: 'time', keywords: ['at'], description: 'If it began then; now, when not said' },
    {
      name: 'away',
      kind: 'away',
      keywords: ['if', 'without'],
      description: 'People who are not there, as in “if @ana is away”; nobody stands in for them',
    },
    { name: 'severity', kind: 'severity', description: 'Of the incident; the usual one, when not said' },
    IMPACT,
    URGENCY,
    {
      name: 'paging',
      kind: 'choice',
      choices: ['high', 'low'],
      description: 'Ask about a severity of this urgency',
    },
  ],
  examples: [
    'whopages checkout',
    'whopages checkout at tomorrow 3am if @ana is away',
    'whopages policy platform sev1',
  ],
  answer: async ({ about, time, away, severity, impact, urgency, paging }, asking) => {
    const { directory, zone, reads, reach, now } = asking;
    const badness = { impact, urgency };
    const question = { about, at: time ?? now, away: away ?? [], severity, urgency: paging, badness };
    const told = forecast(question, {
      directory,
      reach: await reach(),
      policyRuns: await reads.policyRuns(),
    });
    if ('why' in told) return whisper(refusalMessage(told, asking.actor, { directory, zone }));
    const aside =
      about.kind === 'service' ? silencedLines(await reads.silences(), about.id, question.at) : [];
    return whisper(forecastScreen(told, { directory, zone }, aside));
  },
});
