import { formatDuration } from '../../lib/duration.ts';
import { alwaysTold } from '../step.ts';
import { defineCommand } from './define.ts';

const MINUTE = 60_000;
const SHORTEST = 5 * MINUTE;
const LONGEST = 24 * 60 * MINUTE;

/** `/inc snooze until 18:00` */
export const snooze = defineCommand({
  name: 'snooze',
  synonyms: ['mute'],
  summary: 'No pages until then, after that the same step again',
  where: 'incident',
  params: [
    {
      name: 'until',
      kind: 'moment',
      required: true,
      description: 'How long, or until when: 5 minutes to 24 hours',
    },
  ],
  examples: ['snooze 2h', 'snooze until 18:00'],
  toCommand: ({ until }, { actor, incident, now }) => {
    const length = until.getTime() - now.getTime();
    if (length < SHORTEST)
      return {
        why: 'A snooze lasts 5 minutes at least.',
        hint: 'For example `snooze 5m`. To take it, `ack`.',
      };
    if (length > LONGEST)
      return {
        why: `That is ${formatDuration(length)} from now; a snooze lasts 24 hours at most.`,
        hint: 'For example `snooze 24h`.',
      };
    return { type: 'escalation.snooze', by: actor, incidentId: incident.id, until };
  },
  confirm: ({ events }, { until }) =>
    events.length === 0 ? null : alwaysTold(['no pages until ', { time: until }, '.']),
});
