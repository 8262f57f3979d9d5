/** What the bot promised by an answer, and what it was asked at all. A test keeps this outside of the bot and holds it against the database. */
export interface Promises {
  /** Alerts by their key, with the status of the newest post that was answered with 2xx. */
  readonly alerts: Map<string, PromisedAlert>;
  readonly commands: SaidCommand[];
  /** Incidents that people declared, by titles that no other has. */
  readonly declared: Map<string, Heard>;
}

export interface PromisedAlert {
  readonly status: 'firing' | 'resolved';
  readonly posts: number;
}

/**
 * `done`: Firebell said so. `taken`: it told the platform that it has it, so that it happens unless the person is told why not.
 * `refused`: it said no, or that nothing had to change. `unknown`: no answer came, so it may have happened or not.
 */
export type Heard = 'done' | 'taken' | 'refused' | 'unknown';

/** A command that somebody typed in an incident's room. */
export interface SaidCommand {
  readonly incidentId: number;
  readonly personId: string;
  /** The verb. */
  readonly verb: string;
  /** Words that no other command has; empty for verbs without words. */
  readonly words: string;
  readonly heard: Heard;
}

/** Nothing promised yet. */
export function noPromises(): Promises {
  return { alerts: new Map(), commands: [], declared: new Map() };
}
