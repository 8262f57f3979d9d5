import { isOpen } from '../../domain/incident/incident.ts';
import { replying, sayingAll } from '../step.ts';
import type { Answered } from '../step.ts';
import type { Line } from '../../domain/text.ts';
import { note, whisper } from '../views/blocks.ts';
import { actorSpan } from '../views/naming.ts';
import { defineIncidentAction } from './define.ts';

/** Acknowledges every page that one message tells of, each in its own incident. */
export const acknowledgeAll = defineIncidentAction({
  name: 'acknowledge-all',
  typed: 'ack',
  press: async ({ value }, asking) => {
    const { actor: by, reads, directory, zone } = asking;
    const pages = await reads.bundleOf(value);
    if (pages.length === 0)
      return replying(
        whisper(
          note([['These pages are not known any more: `list mine` shows what waits.']], { directory, zone }),
        ),
      );
    const commands = pages.map(({ incidentId, pageId }) => ({
      type: 'escalation.acknowledge' as const,
      by,
      incidentId,
      pageId,
      promiseMs: null,
    }));
    return sayingAll(commands, (answers) => note(answers.map(lineFor), { directory, zone }));
  },
});

function lineFor({ command, said }: Answered): Line {
  const number: Line =
    'incidentId' in command && command.incidentId !== null ? [{ incident: command.incidentId }, ': '] : [];
  if (said.kind === 'refused') return [...number, said.refusal.why];
  const { incident, events } = said;
  if (events.length > 0) return [...number, 'you have it.'];
  if (!isOpen(incident)) return [...number, `already ${incident.status}.`];
  return incident.acknowledgedBy === null
    ? [...number, 'nobody is being paged for it any more.']
    : [...number, actorSpan(incident.acknowledgedBy), ' has it.'];
}
