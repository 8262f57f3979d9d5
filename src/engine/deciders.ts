import { may } from '../domain/access/may.ts';
import { decide, evolve, react } from '../domain/decide.ts';

/** The pure functions that the engine runs. Named, so that a test of the engine can bring small ones of its own. */
export interface Deciders {
  readonly may: typeof may;
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly react: typeof react;
}

/** Firebell's own. */
export const DOMAIN: Deciders = { may, decide, evolve, react };
