import type { Actor } from '../actor.ts';
import type { RosterEvent } from './events.ts';
import type { CoverRequest, Roster } from './roster.ts';

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
    case 'roster.asked':
      return { ...roster, requests: [...roster.requests, { ...event.request, id: event.id, end: null }] };
    case 'roster.declined':
      return changed(roster, event.id, (request) => ({
        ...request,
        asked: request.asked.map((one) =>
          one.personId === event.personId ? { ...one, answer: 'no' as const } : one,
        ),
      }));
    case 'roster.request_ended': {
      const { why, by: whose } = event;
      return changed(roster, event.id, (request) => ({ ...request, end: { why, by: whose, at } }));
    }
  }
}

function changed(roster: Roster, id: number, change: (request: CoverRequest) => CoverRequest): Roster {
  return { ...roster, requests: roster.requests.map((one) => (one.id === id ? change(one) : one)) };
}
