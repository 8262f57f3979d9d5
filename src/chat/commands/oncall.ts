import type { Refusal } from '../../domain/decision.ts';
import { whisper } from '../views/blocks.ts';
import { onCallScreen, withDoubts } from '../views/on-call-screen.ts';
import { refusalMessage } from '../views/refusal.ts';
import { defineCommand } from './define.ts';
import type { NamedPolicy } from './params.ts';

/** `/inc oncall payments at 18:00` */
export const oncall = defineCommand({
  name: 'oncall',
  synonyms: ['who', 'whoisoncall', 'on-call'],
  summary: 'Who is on call, until when, and who is next',
  where: 'anywhere',
  params: [
    {
      name: 'about',
      kind: 'target',
      description: 'A schedule, team, service or person; every schedule, when none is named',
    },
    { name: 'time', kind: 'time', keywords: ['at'], description: 'At another time than now' },
  ],
  examples: ['oncall', 'oncall payments', 'oncall service checkout at tomorrow 9am'],
  answer: ({ about, time }, { actor, now, directory, zone, calendars }) => {
    if (about?.kind === 'policy') return whisper(refusalMessage(aPolicy(about), actor, { directory, zone }));
    const screen = onCallScreen({ about, at: time ?? now, isNow: time === null }, { directory, zone });
    const schedules = about === null ? [...directory.schedules.keys()] : [about.id];
    const isAsked = about === null || about.kind === 'schedule';
    return whisper(withDoubts(screen, isAsked ? schedules.flatMap(calendars.problemsOf) : []));
  },
});

function aPolicy({ id }: NamedPolicy): Refusal {
  return {
    why: `${id} is a policy, and nobody is on call for a policy.`,
    hint: `\`whopages policy ${id}\` shows whom it pages, step by step.`,
  };
}
