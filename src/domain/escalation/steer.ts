import { personOf } from '../actor.ts';
import type { CommandOf } from '../command.ts';
import { accept, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { DomainEvent } from '../event.ts';
import type { Given } from '../given.ts';
import { refuseOver } from '../incident/course.ts';
import { isOpen } from '../incident/incident.ts';
import type { Incident } from '../incident/incident.ts';
import { meant } from './acknowledge.ts';
import { climb, isUnended, someoneWaits } from './climb.ts';
import type { EscalationEvent } from './events.ts';
import { evolveRun } from './evolve.ts';
import { reach } from './reach.ts';
import type { Way } from './reach.ts';
import { isRunning } from './run.ts';
import type { Run, Runs } from './run.ts';

const MINUTE = 60_000;
const SHORTEST_SNOOZE_MS = 5 * MINUTE;
const LONGEST_SNOOZE_MS = 24 * 60 * MINUTE;

/** Gives back what was acknowledged: the runs resume at the same step, at once. */
export function unacknowledge(runs: Runs, incident: Incident, given: Given): Decision<DomainEvent> {
  if (!isOpen(incident)) return refuseOver(incident);
  const taken = runs.filter((run) => run.status === 'acknowledged');
  if (taken.length === 0)
    return refuse(
      'Nobody has acknowledged this, so there is nothing to give back.',
      '`escalate` pages the next in line.',
    );
  return accept<DomainEvent>(
    { type: 'incident.unacknowledged' },
    ...taken.flatMap((run): EscalationEvent[] => [
      { type: 'escalation.unacknowledged', runId: run.id },
      ...reach(run.position, { run, incident, given, pace: 'at_once' }),
    ]),
  );
}

/** Begins the position anew of all that waits for working hours or pages gently: it is of high urgency now. Tests and snoozes stay. */
export function hurry(runs: Runs, incident: Incident, given: Given): Decision<EscalationEvent> {
  const slow = runs.filter((run) => !run.rulesNow && (run.status === 'delayed' || run.status === 'paging'));
  return accept(...slow.flatMap((run) => reach(run.position, { run, incident, given })));
}

/** Starts the next step at once. */
export function escalateNow(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.escalate_now'>,
  given: Given,
): Decision<DomainEvent> {
  if (!isOpen(incident)) return refuseOver(incident);
  const { pageId } = command;
  const asked = pageId === null ? runs : meant(runs, pageId, null);
  const running = asked.filter(isRunning);
  if (running.length > 0)
    return accept(...running.flatMap((run) => startNext({ run, incident, given, pace: 'at_once' })));
  const hint =
    '`escalate @person` (or a team, schedule or service) pages somebody beside; `unack` gives it back.';
  if (runs.some((run) => run.status === 'acknowledged'))
    return refuse('It is acknowledged, so nothing is escalating.', hint);
  return refuse('Nobody is being paged for this.', hint);
}

/** What a run waits for begins at once; otherwise what follows does. */
function startNext(way: Way): EscalationEvent[] {
  return way.run.status === 'delayed' ? reach(way.run.position, way) : climb(way);
}

/** This person cannot take it and counts as did not answer, now. */
export function decline(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.decline'>,
  given: Given,
): Decision<DomainEvent> {
  if (!isOpen(incident)) return refuseOver(incident);
  const personId = personOf(command.by);
  if (personId === null) return refuse('Only somebody who is paged can decline.');
  const mine = runs.filter((run) => isPagedBy(run, personId, command.pageId));
  if (mine.length === 0)
    return refuse('You are not being paged for this.', '`unack` gives back what was acknowledged.');
  return accept<DomainEvent>(
    ...mine.flatMap((run, i) => declined(personId, i > 0, { run, incident, given })),
  );
}

function isPagedBy(run: Run, personId: string, pageId: string | null): boolean {
  if (pageId !== null && !pageId.startsWith(`${run.id}/`)) return false;
  const hasIt =
    run.status === 'acknowledged' && run.acknowledgedBy !== null && personOf(run.acknowledgedBy) === personId;
  const isWaitedFor = run.pages.some((page) => page.personId === personId && page.state === 'waiting');
  return hasIt || ((run.status === 'paging' || run.status === 'acknowledged') && isWaitedFor);
}

function declined(personId: string, echo: boolean, way: Way): DomainEvent[] {
  const { run } = way;
  const event: EscalationEvent = { type: 'escalation.declined', runId: run.id, personId, echo };
  const next = evolveRun(run, event, { by: { kind: 'person', id: personId } });
  if (run.status === 'acknowledged') {
    // Somebody else has it: only this one need not answer any more.
    if (run.acknowledgedBy === null || personOf(run.acknowledgedBy) !== personId) return [event];
    const back: DomainEvent[] = [
      { type: 'incident.unacknowledged' },
      { type: 'escalation.unacknowledged', runId: run.id },
    ];
    return [...back, event, ...reach(run.position, { ...way, run: { ...next, status: 'paging' } })];
  }
  return someoneWaits(next) ? [event] : [event, ...climb({ ...way, run: next })];
}

/** Silent until then, then the same step again. */
export function snooze(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.snooze'>,
  given: Given,
): Decision<EscalationEvent> {
  if (!isOpen(incident)) return refuseOver(incident);
  const ms = command.until.getTime() - given.now.getTime();
  if (!(ms >= SHORTEST_SNOOZE_MS && ms <= LONGEST_SNOOZE_MS)) {
    return refuse('A snooze lasts from 5 minutes to 24 hours.', 'For example: `snooze 30m`.');
  }
  const live = runs.filter(isUnended);
  if (live.length === 0)
    return refuse(
      'Nobody is being paged for this, so there is nothing to snooze.',
      '`escalate @person` pages somebody.',
    );
  return accept(
    ...live.map((run, i): EscalationEvent => ({
      type: 'escalation.snoozed',
      runId: run.id,
      until: command.until,
      echo: i > 0,
    })),
  );
}
