import type { Actor } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import type { Refusal } from '../decision.ts';
import type { Directory, Person } from '../directory.ts';
import type { Incident } from '../incident/incident.ts';

/** What anybody may say, even a guest: report that something is broken, and add to the record. */
const ANYONE: ReadonlySet<IncidentSideCommand['type']> = new Set(['incident.declare', 'incident.add_note']);

/** Whether this actor may say this command about this incident; null is yes, a refusal says why not and what would work. */
export function may(
  actor: Actor,
  command: IncidentSideCommand,
  incident: Incident | null,
  directory: Directory,
): Refusal | null {
  switch (actor.kind) {
    case 'bot':
    case 'monitor':
      return null;
    case 'guest':
      return incident !== null && !maySee(actor, incident) ? unseen(incident) : guestMay(command, actor.name);
    case 'person':
      return personMay(actor.id, command, incident, directory);
  }
}

/** Whether this actor may know that the incident exists. A private one is absent for everyone who is not in it. */
export function maySee(actor: Actor, incident: Incident): boolean {
  if (incident.visibility === 'public' || actor.kind === 'bot' || actor.kind === 'monitor') return true;
  return actor.kind === 'person' && incident.members.includes(actor.id);
}

function unseen({ id }: Incident): Refusal {
  // The same words as for a number that does not exist, so that a private incident stays unknown.
  return { why: `There is no incident #${id}.`, hint: '`list` shows the open ones.' };
}

/** A guest reports: whom that wakes is said by the service and its policy, never by the guest. */
function guestMay(command: IncidentSideCommand, name: string): Refusal | null {
  if (
    command.type === 'incident.declare' &&
    command.page.kind !== 'service' &&
    command.page.kind !== 'nobody'
  )
    return {
      why: `${name} is a guest here and cannot choose whom to page.`,
      hint: '`new` declares, and pages whoever is on call for it. `link` makes the account yours.',
    };
  if (ANYONE.has(command.type)) return null;
  return {
    why: `${name} is a guest here: this chat account is not linked to a configured person.`,
    hint: 'A guest can declare with `new` and add notes. `link` makes the account yours, with a code that Firebell tells you where it knows you.',
  };
}

function personMay(
  id: string,
  command: IncidentSideCommand,
  incident: Incident | null,
  directory: Directory,
): Refusal | null {
  const who = directory.people.get(id);
  if (!who)
    return { why: `${id} is not a configured person.`, hint: 'An admin adds people in firebell.yaml.' };
  if (incident !== null && !maySee({ kind: 'person', id }, incident)) return unseen(incident);
  return ANYONE.has(command.type) ? null : responderMay(who, command, incident);
}

function responderMay(who: Person, command: IncidentSideCommand, incident: Incident | null): Refusal | null {
  if (who.access !== 'observer') return null;
  // Whoever is paged may always answer: being on call must never depend on another right.
  const answers = command.type === 'escalation.acknowledge' || command.type === 'escalation.decline';
  if (answers && incident?.members.includes(who.id)) return null;
  return {
    why: `${who.name} follows along as an observer and cannot change incidents.`,
    hint: 'Observers can declare with `new` and add notes. An admin changes `access` in firebell.yaml.',
  };
}
