import type { Actor } from '../domain/actor.ts';
import { personOf } from '../domain/actor.ts';
import type { Said } from '../engine/front-door.ts';

/** Who has an incident after somebody acknowledged it, as that somebody is told. */
export type AckOutcome =
  | { readonly kind: 'mine' }
  | { readonly kind: 'other'; readonly by: Actor; readonly since: Date | null }
  /** Nobody is being paged for it any more, and nobody has it. */
  | { readonly kind: 'nobody' };

/** What an acknowledgement in this person's name came to. */
export function whoHasIt(
  { incident, events }: Extract<Said, { kind: 'done' }>,
  personId: string,
): AckOutcome {
  const isMe = (actor: Actor | null): boolean => actor !== null && personOf(actor) === personId;
  const { acknowledgedBy, acknowledgedAt } = incident;
  const took = events.some(({ event, by }) => event.type === 'escalation.acknowledged' && isMe(by));
  if (took || isMe(acknowledgedBy)) return { kind: 'mine' };
  return acknowledgedBy === null
    ? { kind: 'nobody' }
    : { kind: 'other', by: acknowledgedBy, since: acknowledgedAt };
}
