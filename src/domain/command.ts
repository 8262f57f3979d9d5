import type { Actor } from './actor.ts';
import type { Signal } from './alert/signal.ts';
import type { EscalationCommand } from './escalation/commands.ts';
import type { IncidentCommand } from './incident/commands.ts';
import type { PageCommand } from './page/commands.ts';

/** Alerts as one post of a monitor told them. Has no incident yet. */
export interface AlertCommand {
  readonly type: 'alert.receive';
  readonly by: Actor;
  readonly signals: readonly Signal[];
}

/** What can be said about an incident, its escalations and its pages; all of it under that incident's lock. */
export type IncidentSideCommand = IncidentCommand | EscalationCommand | PageCommand;

/** Everything that can be said to Firebell: by people, monitors, timers and the world's answers. */
export type Command = AlertCommand | IncidentSideCommand;

/** The one command of a type. */
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
