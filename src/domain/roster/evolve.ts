import type { Actor } from '../actor.ts';
import type { RosterEvent } from './events.ts';
import type { Roster } from './roster.ts';

/** A roster after an event. */
export function evolveRoster(
  roster: Roster,
  event: RosterEvent,
  { by, at }: { readonly by: Actor; readonly at: Date },
): Roster {
  switch (event.type) {
    case 'roster.override_made': {
      const { id, override, why } = event;
      return { ...roster, overrides: [...roster.overrides, { id, override, why, by, at, ended: null }] };
    }
    case 'roster.override_ended':
      return {
        ...roster,
        overrides: roster.overrides.map((kept) =>
          kept.id === event.id ? { ...kept, ended: { by, at } } : kept,
        ),
      };
  }
}
