import type { EffectHandler, Outcome } from '../../engine/effect-handler.ts';
import { announcement } from '../views/announcement.ts';
import { DONE, roomIdOf, roomless, settleIn } from './parts.ts';
import type { ChatEffectParts } from './parts.ts';

/** Says in the incident's room what happened, once. */
export function announce({ chat, reads, directory }: ChatEffectParts): EffectHandler<'chat.announce'> {
  return async ({ incidentId, recorded }, { key }) => {
    const incident = await reads.findIncident(incidentId);
    if (incident === null) return DONE;
    const message = announcement(recorded, { incident, directory: directory() });
    if (message === null) return DONE;
    const roomId = roomIdOf(incident, chat);
    const outcome =
      roomId === null
        ? roomless(incident, chat)
        : settleIn(incident, await chat.post(roomId, message, key), {
            chat,
            what: 'post in the incident room',
          });
    return recorded.event.type === 'incident.effect_given_up' ? withoutEcho(outcome) : outcome;
  };
}

/** Giving up the news that something was given up would be news again, without end. The admins are told another way. */
function withoutEcho(outcome: Outcome): Outcome {
  return outcome.kind === 'give_up' ? DONE : outcome;
}
