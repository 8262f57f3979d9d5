import { accept, QUIET, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { Given } from '../given.ts';
import { noteAlerts } from './alerts.ts';
import type { IncidentCommand } from './commands.ts';
import { cancel, postUpdate, refuseOver, reopen, resolve, setStatus } from './course.ts';
import { declare } from './declare.ts';
import type { IncidentEvent } from './events.ts';
import { isOpen } from './incident.ts';
import type { Incident, RoomRef } from './incident.ts';
import { isMet } from './targets.ts';
import {
  addMembers,
  addNote,
  addTask,
  assignRole,
  markTask,
  rename,
  setSeverity,
  summarize,
} from './work.ts';

/** Decides what a command makes of an incident. Events out, nothing done. */
export function decideIncident(
  incident: Incident | null,
  command: IncidentCommand,
  given: Given,
): Decision<IncidentEvent> {
  // A repeated declaration of the same number is the same incident.
  if (command.type === 'incident.declare') return incident === null ? declare(command, given) : QUIET;
  if (incident === null)
    return refuse(`There is no incident #${command.incidentId}.`, '`list` shows the open ones.');
  return decideExisting(incident, command, given);
}

function decideExisting(
  incident: Incident,
  command: Exclude<IncidentCommand, { type: 'incident.declare' }>,
  given: Given,
): Decision<IncidentEvent> {
  switch (command.type) {
    case 'incident.set_status':
      return setStatus(incident, command);
    case 'incident.post_update':
      return postUpdate(incident, command, given);
    case 'incident.set_severity':
      return isOpen(incident) ? setSeverity(incident, command, given) : refuseOver(incident);
    case 'incident.rename':
      return rename(incident, command);
    case 'incident.summarize':
      return summarize(incident, command);
    case 'incident.assign_role':
      return isOpen(incident) ? assignRole(incident, command, given) : refuseOver(incident);
    case 'incident.add_members':
      return addMembers(incident, command, given);
    case 'incident.add_note':
      return addNote(command, given);
    case 'incident.add_task':
      return addTask(incident, command, given);
    case 'incident.finish_task':
      return markTask(incident, command.number, true);
    case 'incident.reopen_task':
      return markTask(incident, command.number, false);
    case 'incident.resolve':
      return resolve(incident, command.summary, command.by.kind === 'bot');
    case 'incident.reopen':
      return reopen(incident, command);
    case 'incident.cancel':
      return cancel(incident, command);
    case 'incident.note_alerts':
      return noteAlerts(incident, command, given);
    case 'incident.use_room':
      return isOpen(incident) ? useRoom(incident, command.room) : refuseOver(incident);
    case 'incident.record_room':
    case 'incident.record_room_lost':
    case 'incident.update_due':
    case 'incident.target_due':
    case 'incident.draft_postmortem':
    case 'incident.record_postmortem':
    case 'incident.record_silence':
    case 'incident.record_give_up':
      return decideMachinery(incident, command);
  }
}

function useRoom(incident: Incident, room: RoomRef): Decision<IncidentEvent> {
  const { id, visibility, wantsRoom, room: previous } = incident;
  if (visibility === 'private')
    return refuse(
      `#${id} is private: it stays in the room that only its people see.`,
      '`invite @name` brings somebody in.',
    );
  if (!wantsRoom) return refuse(`#${id} is a test page and has no room.`, null);
  if (previous?.platform === room.platform && previous.roomId === room.roomId) return QUIET;
  return accept({ type: 'incident.room_opened', room, ...(previous === null ? {} : { previous }) });
}

/** Nobody needs another room for what is over: it is opened when the incident is opened again. */
function loseRoom(incident: Incident, lost: Pick<RoomRef, 'platform' | 'roomId'>): Decision<IncidentEvent> {
  const { room } = incident;
  if (!isOpen(incident) || room?.platform !== lost.platform || room.roomId !== lost.roomId) return QUIET;
  return accept({ type: 'incident.room_lost', room });
}

type Machinery = Extract<
  IncidentCommand,
  {
    type:
      | 'incident.record_room'
      | 'incident.record_room_lost'
      | 'incident.update_due'
      | 'incident.target_due'
      | 'incident.draft_postmortem'
      | 'incident.record_postmortem'
      | 'incident.record_silence'
      | 'incident.record_give_up';
  }
>;

function decideMachinery(incident: Incident, command: Machinery): Decision<IncidentEvent> {
  switch (command.type) {
    case 'incident.record_room':
      // People have gone somewhere else while it was being made.
      return incident.room?.roomId === command.room.roomId || incident.room?.isBorrowed === true
        ? QUIET
        : accept({ type: 'incident.room_opened', room: command.room });
    case 'incident.record_room_lost':
      return loseRoom(incident, command.room);
    case 'incident.update_due':
      if (!isOpen(incident) || incident.nextUpdateDue?.getTime() !== command.due.getTime()) return QUIET;
      return accept({
        type: 'incident.update_due',
        since: incident.lastUpdate?.at ?? incident.declaredAt,
        by: command.phase === 'soon' ? command.due : null,
      });
    case 'incident.target_due': {
      const { target, phase, due } = command;
      if (command.reopened !== incident.reopened || isMet(incident, target)) return QUIET;
      return accept({ type: 'incident.target_missed', target, phase, due });
    }
    case 'incident.draft_postmortem':
      if (incident.status !== 'resolved' && incident.status !== 'closed') {
        return refuse(
          `#${incident.id} is ${incident.status}; a postmortem is drafted once it is resolved.`,
          '`resolve` it first.',
        );
      }
      return accept({ type: 'incident.postmortem_requested' });
    case 'incident.record_postmortem':
      return accept({
        type: 'incident.postmortem_drafted',
        entries: command.entries,
        actions: command.actions,
      });
    case 'incident.record_silence':
      // What comes of it later is no part of the story of an incident that is over.
      return isOpen(incident) ? accept({ type: 'incident.silence_told', text: command.text }) : QUIET;
    case 'incident.record_give_up':
      return accept({ type: 'incident.effect_given_up', what: command.what, reason: command.reason });
  }
}
