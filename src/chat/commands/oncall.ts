import { whisper } from '../views/blocks.ts';
import { onCallScreen, withDoubts } from '../views/on-call-screen.ts';
import { defineCommand } from './define.ts';

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
  answer: ({ about, time }, { now, directory, zone, calendars }) => {
    const screen = onCallScreen({ about, at: time ?? now, isNow: time === null }, { directory, zone });
    const schedules = about === null ? [...directory.schedules.keys()] : [about.id];
    const isAsked = about === null || about.kind === 'schedule';
    return whisper(withDoubts(screen, isAsked ? schedules.flatMap(calendars.problemsOf) : []));
  },
});
