import type { Actor } from '../actor.ts';
import type { Directory } from '../directory.ts';
import type { RecordedEvent } from '../event.ts';
import type { Line, Span } from '../text.ts';

/** What the wording of an event may look up. */
export interface Telling {
  readonly recorded: RecordedEvent;
  readonly directory: Directory;
}

/** Who did it, as the first words of a sentence. */
export function whoOf(actor: Actor): Span {
  switch (actor.kind) {
    case 'person':
      return { person: actor.id };
    case 'guest':
      return `${actor.name} (guest)`;
    case 'monitor':
      return actor.source;
    case 'bot':
      return 'Firebell';
  }
}

/** A list of spans as people write it: `a, b and c`. */
export function listed(items: readonly Span[]): Line {
  return items.flatMap((item, i) => {
    if (i === 0) return [item];
    return [i === items.length - 1 ? ' and ' : ', ', item];
  });
}

/** Persons by id, as people write a list. */
export function people(ids: readonly string[]): Line {
  return listed(ids.map((person) => ({ person })));
}

/** The words between a sentence and its free text: `: reason`, or nothing. */
export function because(text: string | null): Line {
  return text === null || text.trim() === '' ? ['.'] : [`: ${text.trim()}`];
}

/** Name of a severity; its id when it is no longer configured. */
export function severityName(id: string, { severities }: Directory): string {
  return severities.find((severity) => severity.id === id)?.name ?? id;
}

/** Name of a service; its id when it is no longer configured. */
export function serviceName(id: string, { services }: Directory): string {
  return services.get(id)?.name ?? id;
}

/** `1 alert`, `3 alerts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
