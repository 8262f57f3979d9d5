import type { Actor } from '../../domain/actor.ts';
import type { Directory } from '../../domain/directory.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { formatInZone } from '../../domain/schedule/zone.ts';
import { severityName } from '../../domain/timeline/phrase.ts';
import type { Span } from '../../domain/text.ts';
import { cleanLine, shorten } from '../../lib/clean-text.ts';

const LONGEST_TITLE = 150;

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

/** How rooms are named unless the configuration says otherwise. */
const USUAL_NAME = 'inc-{number}-{title}';

/**
 * Name of an incident's room, in lower-case letters and digits of any script with dashes between: `inc-42-größe-falsch`. Each platform
 * writes it in the letters that it takes. A drill's begins with `drill`.
 */
export function roomNameOf(incident: Incident, directory: Pick<Directory, 'settings'>): string {
  const { roomName = USUAL_NAME, zone } = directory.settings;
  const values: Readonly<Record<string, string>> = {
    number: String(incident.id),
    title: beginningOf(dashed(incident.title)),
    service: incident.service ?? '',
    severity: incident.severity,
    date: formatInZone(incident.declaredAt, zone).slice(0, 'YYYY-MM-DD'.length),
  };
  const name = dashed(roomName.replaceAll(/\{(\w+)\}/g, (_, part: string) => values[part] ?? ''));
  return incident.kind === 'drill' ? `drill-${name.replace(/^inc-/, '')}` : name;
}

/** Cut between letters, never within one. */
function beginningOf(slug: string): string {
  return /^.{0,60}/u.exec(slug)?.[0] ?? '';
}

/** Accents that stand by themselves belong to their letters. */
function dashed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
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
