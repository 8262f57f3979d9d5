import type { CommandOf } from '../command.ts';
import { accept, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import { personOf } from '../actor.ts';
import type { Directory } from '../directory.ts';
import type { Given } from '../given.ts';
import type { IncidentEvent } from './events.ts';

/** Longer titles are cut; rooms and cards have no place for them. */
const LONGEST_TITLE = 200;

/** A title on one line and of a bearable length; empty when nothing readable is left. */
export function tidyTitle(title: string): string {
  // Control and direction-changing characters could make a title read as something else than it is.
  const oneLine = title
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return oneLine.length <= LONGEST_TITLE ? oneLine : `${oneLine.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}

/** Declares an incident. Whatever is left open is filled from the service and the settings. */
export function declare(command: CommandOf<'incident.declare'>, given: Given): Decision<IncidentEvent> {
  const { directory } = given;
  const title = tidyTitle(command.title);
  if (title === '')
    return refuse('An incident needs a title.', 'Say in a few words what is broken: `new checkout is down`.');
  const problem = unknownName(command, directory);
  if (problem) return problem;
  const reporter = personOf(command.by);
  return accept({
    type: 'incident.declared',
    title,
    summary: command.summary,
    severity: command.severity ?? directory.settings.defaultSeverity,
    kind: command.kind,
    visibility: command.visibility,
    service: command.service,
    policy: policyOf(command, directory),
    targets: command.page.kind === 'targets' ? [...command.page.targets] : [],
    rulesNow: command.page.kind === 'targets' && command.page.rulesNow,
    members: reporter === null ? [] : [reporter],
    wantsRoom: command.wantsRoom,
    autoResolve: command.autoResolve,
    ackTakesCommand: command.ackTakesCommand,
    ...(command.room && command.visibility === 'public' ? { room: command.room } : {}),
  });
}

function unknownName(command: CommandOf<'incident.declare'>, directory: Directory): Decision<never> | null {
  const { severity, service } = command;
  if (severity !== null && !directory.severities.some((one) => one.id === severity)) {
    return refuse(`There is no severity ${severity}.`, severityHint(directory));
  }
  if (service !== null && !directory.services.has(service)) {
    return refuse(
      `There is no service ${service}.`,
      `Services are: ${[...directory.services.keys()].join(', ')}.`,
    );
  }
  return null;
}

/** Names the severities that exist, as a hint. */
export function severityHint(directory: Directory): string {
  return `Severities are, worst first: ${directory.severities.map((one) => one.id).join(', ')}.`;
}

function policyOf(command: CommandOf<'incident.declare'>, directory: Directory): string | null {
  if (command.kind === 'retrospective' || command.page.kind === 'nobody') return null;
  const own = command.service === null ? undefined : directory.services.get(command.service)?.policy;
  const named = command.page.kind === 'policy' ? command.page.policy : undefined;
  // A policy that is gone from the configuration must not mean that nobody is paged.
  const wanted = [named, own].find((id) => id !== undefined && directory.policies.has(id));
  return wanted ?? directory.settings.defaultPolicy;
}
