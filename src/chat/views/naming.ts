import type { Actor } from '../../domain/actor.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import type { Span } from '../../domain/text.ts';
import { cleanLine, shorten } from '../../lib/clean-text.ts';

const LONGEST_TITLE = 150;
const LONGEST_SLUG = 60;

/** An incident's title as a screen shows it: one line of bearable length. */
export function titleOf(incident: Incident): string {
  return cleanLine(incident.title, LONGEST_TITLE);
}

/** An incident in one heading: `DRILL · #42 · SEV1 · Checkout fails`. */
export function headlineOf(incident: Incident, directory: Directory): string {
  const drill = incident.kind === 'drill' ? ['DRILL'] : [];
  return [...drill, `#${incident.id}`, severityName(incident.severity, directory), titleOf(incident)].join(
    ' · ',
  );
}

/** `Drill ` where an incident is one, so that no screen leaves it out. */
export function drillMark(incident: Incident): string {
  return incident.kind === 'drill' ? 'DRILL: ' : '';
}

/** Name of an incident's room: `inc-42-checkout-5xx`, at most 80 characters of a-z, 0-9 and dashes. */
export function roomNameOf(incident: Incident): string {
  const slug = incident.title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  const start = incident.kind === 'drill' ? 'drill' : 'inc';
  return [start, String(incident.id), slug].filter((part) => part !== '').join('-');
}

/** The one line over a room that says what it is about. */
export function topicOf(incident: Incident, directory: Directory): string {
  return shorten(`${headlineOf(incident, directory)} · ${incident.status}`, 200);
}

/** Somebody in the middle of a sentence. */
export function actorSpan(actor: Actor): Span {
  switch (actor.kind) {
    case 'person':
      return { person: actor.id };
    case 'guest':
      return `${cleanLine(actor.name, 60)} (guest)`;
    case 'monitor':
      return actor.source;
    case 'bot':
      return 'Firebell';
  }
}
