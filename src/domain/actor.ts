import { z } from 'zod';

/** Who says a command. A chat user is a configured person or a guest; nobody ever acts as somebody else. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: z.string() }),
  /** A chat user who is not linked to a configured person. `id` is the platform's own id. */
  z.object({ kind: z.literal('guest'), platform: z.string(), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('monitor'), source: z.string() }),
  /** Firebell itself: a timer, an effect's answer, a rule of the configuration. */
  z.object({ kind: z.literal('bot') }),
]);
export type Actor = z.infer<typeof Actor>;

/** Firebell itself. */
export const BOT: Actor = { kind: 'bot' };

/** A configured person as an actor. */
export function person(id: string): Actor {
  return { kind: 'person', id };
}

/** The person behind an actor, or null when it is a guest, a monitor or the bot. */
export function personOf(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.id : null;
}

/** A name for whoever did something; `nameOf` knows the configured people. */
export function actorName(actor: Actor, nameOf: (personId: string) => string | undefined): string {
  switch (actor.kind) {
    case 'person':
      return nameOf(actor.id) ?? actor.id;
    case 'guest':
      return actor.name;
    case 'monitor':
      return actor.source;
    case 'bot':
      return 'Firebell';
  }
}
