import { BOT } from '../domain/actor.ts';
import type { IncidentSideCommand } from '../domain/command.ts';
import type { Effect } from '../domain/effect.ts';

/** What is said and done when Firebell gives something up: never in silence. */
export interface GivingUp {
  readonly commands: readonly IncidentSideCommand[];
  readonly effects: readonly Effect[];
}

/** A page that could not be sent moves on to the next way of reaching the person; anything else goes on the record and to the admins. */
export function givingUp(effect: Effect, reason: string): GivingUp {
  switch (effect.type) {
    case 'page.send': {
      const { incidentId, pageId, attemptId } = effect;
      return {
        commands: [{ type: 'page.record_failed', by: BOT, incidentId, pageId, attemptId, reason }],
        effects: [],
      };
    }
    case 'chat.tell_admins':
      // Nobody is left to tell: the log and the metrics have it.
      return { commands: [], effects: [] };
    case 'page.fold':
      return {
        commands: [],
        effects: [tellAdmins(null, `The summary of missed pages for ${effect.personId}`, reason)],
      };
    case 'chat.tell_room':
      return { commands: [], effects: [tellAdmins(effect.incidentId, 'A message in a room', reason)] };
    case 'chat.tell_person':
      return {
        commands: [],
        effects: [tellAdmins(null, `A direct message to ${effect.personId}`, reason)],
      };
    case 'chat.open_room':
    case 'chat.leave_room':
    case 'chat.sync_room':
    case 'chat.sync_card':
    case 'chat.announce':
    case 'chat.broadcast':
    case 'chat.tell_channel':
    case 'chat.tell_group':
    case 'notify.call_webhook':
    case 'page.sync':
    case 'chat.sync_test_report':
    case 'incident.note_silence':
    case 'postmortem.publish': {
      const { incidentId, type } = effect;
      return {
        commands: [{ type: 'incident.record_give_up', by: BOT, incidentId, what: type, reason }],
        effects: [tellAdmins(incidentId, `${type} for #${incidentId}`, reason)],
      };
    }
  }
}

function tellAdmins(incidentId: number | null, what: string, reason: string): Effect {
  return { type: 'chat.tell_admins', incidentId, text: `${what} was given up: ${reason}` };
}
