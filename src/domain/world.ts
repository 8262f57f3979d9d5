import type { Actor } from './actor.ts';
import type { Runs } from './escalation/run.ts';
import type { DomainEvent } from './event.ts';
import type { Incident } from './incident/incident.ts';
import type { Pages } from './page/page.ts';

/** Everything that one incident's lock covers. `incident` is null before it is declared. */
export interface World {
  readonly incident: Incident | null;
  readonly runs: Runs;
  readonly pages: Pages;
}

/** An event with who, when and where, as evolve and react see it. */
export interface Happening {
  readonly incidentId: number;
  readonly seq: number;
  readonly at: Date;
  readonly by: Actor;
  readonly event: DomainEvent;
}

/** The world before an incident is declared. */
export const EMPTY_WORLD: World = { incident: null, runs: [], pages: [] };
