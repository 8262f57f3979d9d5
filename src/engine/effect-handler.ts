import type { Effect, EffectOf } from '../domain/effect.ts';
import type { Command } from '../domain/command.ts';

/** What the world answered. `done` may hand back Commands, which go through the same front door as everyone else's. */
export type Outcome =
  | { readonly kind: 'done'; readonly next?: readonly Command[] }
  /**
   * Try again; `afterMs` null leaves the wait to the back-off. A provider's Retry-After is honoured by passing it. `next` is said at once,
   * each time: what makes another try worth while.
   */
  | {
      readonly kind: 'retry';
      readonly afterMs: number | null;
      readonly reason: string;
      readonly next?: readonly Command[];
    }
  /** Nothing was tried, since it is not its turn yet: this costs it none of its tries and none of its time. */
  | { readonly kind: 'wait'; readonly afterMs: number }
  | { readonly kind: 'give_up'; readonly reason: string };

/** What a handler may know about the attempt beside the effect itself. */
export interface Attempting {
  /** The same for every try of this effect: find-or-make by it, so that a second run changes nothing. */
  readonly key: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** When the effect was decided. */
  readonly since: Date;
}

/** Carries out one type of effect. Safe to run twice. A thrown error is a `retry`. */
export type EffectHandler<T extends Effect['type']> = (
  effect: EffectOf<T>,
  attempting: Attempting,
) => Promise<Outcome>;

/** The registry: app.ts does not compile without a handler for every effect. */
export type EffectHandlers = { readonly [T in Effect['type']]: EffectHandler<T> };
