import type { Command } from '../domain/command.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Runs } from '../domain/escalation/run.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Pages } from '../domain/page/page.ts';

/** What the front door answers. `incident`, `runs` and `pages` are as they stand after the command, whether or not it changed anything. */
export type Said =
  | {
      readonly kind: 'done';
      readonly incident: Incident;
      readonly runs: Runs;
      readonly pages: Pages;
      /** What the command and everything that followed from it made happen, in order; empty for a harmless repeat. */
      readonly events: readonly RecordedEvent[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** How every room changes things. Answers after the commit. Throws only when the database does. */
export interface FrontDoor {
  /**
   * Says one command about an incident; `incident.declare` is given its number by the engine (pass 0). What was said under the key `once`
   * before is not said again: the answer is what came of it then.
   */
  readonly say: (command: Exclude<Command, { type: 'alert.receive' }>, once?: string) => Promise<Said>;
}
