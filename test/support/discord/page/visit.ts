import type { Form } from '../people/seen.ts';
import type { Person } from '../people/person.ts';
import type { Channel } from '../state/shapes.ts';
import type { Discord } from '../emulator.ts';

/** What the page keeps of one person between two clicks. */
export interface Memory {
  /** A form that stands open. */
  form: Form | null;
  /** What went wrong with the last click, in words. */
  notice: string | null;
  /** Private answers that were put away. */
  readonly dismissed: Set<string>;
  /** The last message seen in each channel. */
  readonly read: Map<string, string>;
}

/** Somebody looks at a channel. */
export interface Visit {
  readonly discord: Discord;
  readonly person: Person;
  readonly channel: Channel;
  readonly memory: Memory;
}

/** Fields that a form of the page sends with everything: who, and where. */
export function whereFields({ person, channel }: Visit): string {
  return `as=${encodeURIComponent(person.name)}&in=${channel.id}`;
}
