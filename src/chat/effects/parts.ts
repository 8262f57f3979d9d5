import type { Directory } from '../../domain/directory.ts';
import { BOT } from '../../domain/actor.ts';
import { isOpen } from '../../domain/incident/incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Person } from '../../domain/directory.ts';
import type { Outcome } from '../../engine/effect-handler.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Answer, ChatFailure, ChatPlatform } from '../platform.ts';
import type { ChatReads } from '../reads.ts';

/** What the chat effects work with. `directory` is asked each time: the configuration may be reloaded. */
export interface ChatEffectParts {
  readonly chat: ChatPlatform;
  readonly reads: ChatReads;
  readonly directory: () => Directory;
  readonly clock: Clock;
}

/** Nothing more to do. */
export const DONE: Outcome = { kind: 'done' };

/** A platform's no as an outcome: what has no turn yet waits for it, what may pass is tried again, the rest is given up with words that say what to do. */
export function outcomeOf(
  failure: ChatFailure,
  { chat, what }: { readonly chat: ChatPlatform; readonly what: string },
): Outcome {
  if (failure.notYet === true && failure.afterMs !== null) return { kind: 'wait', afterMs: failure.afterMs };
  if (failure.kind === 'temporary')
    return { kind: 'retry', afterMs: failure.afterMs, reason: failure.reason };
  return {
    kind: 'give_up',
    reason: `${chat.name} refused to ${what}: ${failure.reason}. Check Firebell's rights there, then try again.`,
  };
}

/** Done when the platform did it, otherwise what its no amounts to. */
export function settle(
  answer: Answer<unknown>,
  saying: { readonly chat: ChatPlatform; readonly what: string },
): Outcome {
  return answer.ok ? DONE : outcomeOf(answer.failure, saying);
}

/**
 * The same for what is said or shown in the incident's own room. One that is gone is opened anew as long as people need it, and what was
 * to be there waits for it; when the incident is over nobody is there to be told.
 */
export function settleIn(
  incident: Incident,
  answer: Answer<unknown>,
  saying: { readonly chat: ChatPlatform; readonly what: string },
): Outcome {
  const wrong = answer.ok ? undefined : answer.failure.room;
  if (wrong === undefined || incident.room === null) return settle(answer, saying);
  if (!isOpen(incident)) return DONE;
  const { id: incidentId, room } = incident;
  const retry = { kind: 'retry', afterMs: null, reason: `the room of #${incidentId} is ${wrong}` } as const;
  if (wrong === 'shut') return retry;
  return { ...retry, next: [{ type: 'incident.record_room_lost', by: BOT, incidentId, room }] };
}

/** The key under which the card of an incident is posted. */
export function cardKey(incidentId: number): string {
  return `card:${incidentId}`;
}

/** The configured people who belong in an incident's room. */
export function membersOf(incident: Incident, { people }: Directory): readonly Person[] {
  return incident.members.flatMap((id) => people.get(id) ?? []);
}

/** The incident's room on this platform, or null when it has none there. */
export function roomIdOf(incident: Incident, chat: ChatPlatform): string | null {
  return incident.room !== null && incident.room.platform === chat.name ? incident.room.roomId : null;
}

/** What to answer when the room that a message belongs in is not there: nothing where none is wanted, another try where it is still to come. */
export function roomless(incident: Incident, chat: ChatPlatform): Outcome {
  if (!incident.wantsRoom) return DONE;
  const { room } = incident;
  if (room !== null) {
    return {
      kind: 'give_up',
      reason: `its room is on ${room.platform}, and this bot speaks ${chat.name}. Connect ${room.platform} again.`,
    };
  }
  return { kind: 'retry', afterMs: null, reason: `#${incident.id} has no room yet` };
}
