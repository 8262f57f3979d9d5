import type { IncidentSideCommand } from './command.ts';
import type { Decision } from './decision.ts';
import { decideEscalation } from './escalation/decide.ts';
import { evolveRuns } from './escalation/evolve.ts';
import { reactToEscalation } from './escalation/react.ts';
import type { DomainEvent } from './event.ts';
import type { Given } from './given.ts';
import { decideIncident } from './incident/decide.ts';
import { evolveIncident } from './incident/evolve.ts';
import { reactToIncident } from './incident/react.ts';
import { decidePage } from './page/decide.ts';
import { evolvePages } from './page/evolve.ts';
import { reactToPage } from './page/react.ts';
import type { Reaction } from './timer.ts';
import type { Happening, World } from './world.ts';

/** Decides what a command makes of an incident, its escalations and its pages. Total: every command gets an answer. */
export function decide(world: World, command: IncidentSideCommand, given: Given): Decision<DomainEvent> {
  if (isOf(command, 'incident.')) return decideIncident(world.incident, command, given);
  if (isOf(command, 'escalation.')) return decideEscalation(world.runs, world.incident, command, given);
  return decidePage(world.pages, world.incident, command, given);
}

/** The world after an event. */
export function evolve(world: World, { event, incidentId, at, by }: Happening): World {
  if (isOf(event, 'incident.'))
    return { ...world, incident: evolveIncident(world.incident, event, { incidentId, at, by }) };
  if (isOf(event, 'escalation.')) return { ...world, runs: evolveRuns(world.runs, event, { by }) };
  return { ...world, pages: evolvePages(world.pages, event, at) };
}

/** What follows from an event: effects, waits, and commands in the same transaction. `world` is as it stands after it. */
export function react(happening: Happening, world: World, given: Given): Reaction {
  const { event } = happening;
  if (isOf(event, 'incident.')) return reactToIncident({ ...happening, event }, world, given);
  if (isOf(event, 'escalation.')) return reactToEscalation({ ...happening, event }, world);
  return reactToPage({ ...happening, event }, world);
}

/** Whether a command or event belongs to a noun, by the first word of its type. */
function isOf<T extends { readonly type: string }, Noun extends string>(
  thing: T,
  noun: Noun,
): thing is Extract<T, { type: `${Noun}${string}` }> {
  return thing.type.startsWith(noun);
}
