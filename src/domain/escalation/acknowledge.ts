import type { CommandOf } from '../command.ts';
import { personOf } from '../actor.ts';
import { accept, QUIET } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { DomainEvent } from '../event.ts';
import type { Given } from '../given.ts';
import { acknowledgeIncident } from '../incident/acknowledge.ts';
import { refuseOver } from '../incident/course.ts';
import { isOpen } from '../incident/incident.ts';
import type { Incident } from '../incident/incident.ts';
import type { EscalationEvent } from './events.ts';
import { nagAfterMs, owedBy } from './nag.ts';
import { later } from './reach.ts';
import { isRunning } from './run.ts';
import type { Run, Runs } from './run.ts';

/** Takes the incident: stops every page and wait of the runs that are meant. A repeat changes nothing. */
export function acknowledge(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.acknowledge'>,
  given: Given,
): Decision<DomainEvent> {
  // A late ack never un-resolves.
  if (!isOpen(incident)) return refuseOver(incident);
  const personId = personOf(command.by);
  const taken = meant(runs, command.pageId, personId).filter((run) => canTake(run, command.pageId, personId));
  const events = taken.map((run, i) => ({
    ...acknowledged(run, personId, command.promiseMs, given),
    echo: i > 0,
  }));
  const ofIncident = acknowledgeIncident(incident, command.by, given);
  return events.length + ofIncident.length === 0 ? QUIET : accept<DomainEvent>(...events, ...ofIncident);
}

/** The runs that somebody means who answers a page, or who answers without naming one. */
export function meant(runs: Runs, pageId: string | null, personId: string | null): Runs {
  if (pageId !== null) return runs.filter((run) => pageId.startsWith(`${run.id}/`));
  const mine = runs.filter((run) =>
    run.pages.some((page) => page.personId === personId && page.state === 'waiting'),
  );
  const running = mine.filter((run) => isRunning(run) || run.status === 'acknowledged');
  return running.length > 0 ? running : runs.filter(isRunning);
}

function canTake(run: Run, pageId: string | null, personId: string | null): boolean {
  if (isRunning(run)) return true;
  // With `ack_mode: all`, and after a silence, somebody may still be paged although the run is acknowledged.
  return (
    run.status === 'acknowledged' &&
    run.pages.some(
      (page) => page.state === 'waiting' && (page.pageId === pageId || page.personId === personId),
    )
  );
}

function acknowledged(
  run: Run,
  personId: string | null,
  promiseMs: number | null,
  { now }: Given,
): Extract<EscalationEvent, { type: 'escalation.acknowledged' }> {
  const owed = owedBy(run, personId);
  const silenceMs = promiseMs ?? run.ackTimeoutMs;
  return {
    type: 'escalation.acknowledged',
    runId: run.id,
    promisedBy: promiseMs === null ? null : later(now, promiseMs),
    stillPaging: owed.map((page) => page.personId),
    nagAt: owed.length === 0 ? null : later(now, nagAfterMs(run)),
    echo: false,
    signOfLifeBy: silenceMs === null || personId === null ? null : later(now, silenceMs),
  };
}
