import type { CommandOf } from '../command.ts';
import { accept, QUIET, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { Given } from '../given.ts';
import { severityHint, tidyTitle } from './declare.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';

/** Decisions about the people, the words and the work of an incident; its course is in `course.ts`. */

export function setSeverity(
  incident: Incident,
  command: CommandOf<'incident.set_severity'>,
  { directory }: Given,
): Decision<IncidentEvent> {
  const { severity, reason } = command;
  if (!directory.severities.some((one) => one.id === severity)) {
    return refuse(`There is no severity ${severity}.`, severityHint(directory));
  }
  if (incident.severity === severity) return QUIET;
  return accept({ type: 'incident.severity_changed', from: incident.severity, to: severity, reason });
}

export function rename(incident: Incident, command: CommandOf<'incident.rename'>): Decision<IncidentEvent> {
  const title = tidyTitle(command.title);
  if (title === '')
    return refuse('A title needs some words.', 'For example: `rename checkout fails for card payments`.');
  return title === incident.title
    ? QUIET
    : accept({ type: 'incident.renamed', from: incident.title, to: title });
}

export function summarize(
  incident: Incident,
  command: CommandOf<'incident.summarize'>,
): Decision<IncidentEvent> {
  const text = command.text.trim();
  if (text === '')
    return refuse('The summary is empty.', 'Say in a sentence or two what is known: `summary …`.');
  return text === incident.summary ? QUIET : accept({ type: 'incident.summarized', text });
}

export function assignRole(
  incident: Incident,
  command: CommandOf<'incident.assign_role'>,
  { directory }: Given,
): Decision<IncidentEvent> {
  const { role, personId, note } = command;
  const roles = directory.settings.roles;
  if (!roles.includes(role)) return refuse(`There is no role ${role}.`, `Roles are: ${roles.join(', ')}.`);
  if (!directory.people.has(personId))
    return refuse(`${personId} is not a configured person.`, 'Add them to people in firebell.yaml.');
  const previous = incident.roles[role] ?? null;
  if (previous === personId) return QUIET;
  return accept({ type: 'incident.role_assigned', role, personId, previous, note });
}

export function addMembers(
  incident: Incident,
  command: CommandOf<'incident.add_members'>,
  { directory }: Given,
): Decision<IncidentEvent> {
  const known = command.personIds.filter((id) => directory.people.has(id));
  const fresh = [...new Set(known)].filter((id) => !incident.members.includes(id));
  return fresh.length === 0 ? QUIET : accept({ type: 'incident.members_added', personIds: fresh });
}

export function addNote(command: CommandOf<'incident.add_note'>, { now }: Given): Decision<IncidentEvent> {
  const text = command.text.trim();
  if (text === '') return refuse('The note is empty.', 'For example: `note restarted the workers at 14:05`.');
  const at = command.at ?? now;
  if (at > now)
    return refuse(
      'A note speaks of what has happened, and that time is still to come.',
      'Leave the time out to use now.',
    );
  return accept({ type: 'incident.noted', text, at });
}

export function addTask(
  incident: Incident,
  command: CommandOf<'incident.add_task'>,
  { directory }: Given,
): Decision<IncidentEvent> {
  const text = command.text.trim();
  if (text === '') return refuse('The task is empty.', 'For example: `task roll back the last deploy @ben`.');
  if (command.owner !== null && !directory.people.has(command.owner)) {
    return refuse(
      `${command.owner} is not a configured person.`,
      'Leave the owner out, or name somebody from `oncall`.',
    );
  }
  const number = incident.tasks.length + 1;
  return accept({ type: 'incident.task_added', number, text, owner: command.owner, due: command.due });
}

export function markTask(incident: Incident, number: number, done: boolean): Decision<IncidentEvent> {
  const task = incident.tasks.find((one) => one.number === number);
  if (!task) return refuse(`There is no task ${number}.`, '`tasks` lists them.');
  if ((task.doneAt !== null) === done) return QUIET;
  return accept({ type: done ? 'incident.task_done' : 'incident.task_reopened', number, text: task.text });
}
