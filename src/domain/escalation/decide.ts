import type { CommandOf } from '../command.ts';
import { personOf } from '../actor.ts';
import { accept, QUIET, refuse } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { DomainEvent } from '../event.ts';
import type { Given } from '../given.ts';
import { refuseOver } from '../incident/course.ts';
import { isOpen } from '../incident/incident.ts';
import type { Incident } from '../incident/incident.ts';
import { acknowledge } from './acknowledge.ts';
import { climb, ended, isUnended, resume, someoneWaits } from './climb.ts';
import type { EscalationCommand } from './commands.ts';
import type { EscalationEvent } from './events.ts';
import { evolveRun } from './evolve.ts';
import { freezePolicies, policyByHand } from './freeze.ts';
import { FIRST, later, newPages, reach, stepAt } from './reach.ts';
import { nag } from './nag.ts';
import { decline, escalateNow, hurry, snooze, unacknowledge } from './steer.ts';
import type { Run, Runs } from './run.ts';

const MINUTE = 60_000;
/** How long an acknowledger who went silent has to answer before the escalation resumes. */
const SILENCE_GRACE_MS = 5 * MINUTE;

/** Decides what the runs of an incident do next. Events out, nothing done. */
export function decideEscalation(
  runs: Runs,
  incident: Incident | null,
  command: EscalationCommand,
  given: Given,
): Decision<DomainEvent> {
  if (incident === null)
    return refuse(`There is no incident #${command.incidentId}.`, '`list` shows the open ones.');
  switch (command.type) {
    case 'escalation.start':
      return start(runs, incident, command, given);
    case 'escalation.acknowledge':
      return acknowledge(runs, incident, command, given);
    case 'escalation.unacknowledge':
      return unacknowledge(runs, incident, given);
    case 'escalation.escalate_now':
      return escalateNow(runs, incident, command, given);
    case 'escalation.decline':
      return decline(runs, incident, command, given);
    case 'escalation.snooze':
      return snooze(runs, incident, command, given);
    case 'escalation.end':
      return accept(...runs.filter(isUnended).map((run) => ended(run, command.status)));
    case 'escalation.note_sign_of_life':
      return accept(...runs.flatMap((run) => signOfLife(run, given)));
    case 'escalation.hurry':
      return hurry(runs, incident, given);
    case 'escalation.page_unreachable':
      return losePage(runs, incident, command, given);
    case 'escalation.step_timed_out':
      return onRun(runs, command, 'paging', (run) => climb({ run, incident, given }));
    case 'escalation.delay_over':
      return onRun(runs, command, 'delayed', (run) => reach(run.position, { run, incident, given }));
    case 'escalation.nag_due':
      return nag(runs, command, given);
    case 'escalation.snooze_over':
      return onRun(runs, command, 'snoozed', (run) => resume({ run, incident, given }));
    case 'escalation.silence_due':
      return onRun(runs, command, 'acknowledged', (run) =>
        noticeSilence(run, incident, command.resume, given),
      );
  }
}

function start(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.start'>,
  given: Given,
): Decision<DomainEvent> {
  if (incident.kind === 'retrospective')
    return refuse('A retrospective incident pages nobody.', 'Declare a real one with `new`.');
  if (!isOpen(incident)) return refuseOver(incident);
  const { directory } = given;
  const { source } = command;
  const policies =
    'policy' in source
      ? freezePolicies(source.policy, directory)
      : policyByHand(source.targets, command.rulesNow ? 1 : 2);
  // A test pages the one who asked for it and never the last resort.
  const lastResort =
    command.rulesNow && 'targets' in source ? { targets: [], everyMs: MINUTE } : directory.lastResort;
  const started: EscalationEvent = {
    type: 'escalation.started',
    runId: `${incident.id}/${runs.length + 1}`,
    policies,
    lastResort: { targets: [...lastResort.targets], everyMs: lastResort.everyMs },
    ackTimeoutMs: directory.settings.ackTimeoutMs,
    rulesNow: command.rulesNow,
    turn: 'policy' in source ? (given.policyRuns.get(source.policy) ?? 0) : 0,
    message: command.message,
  };
  const run = evolveRun(undefined, started, { by: command.by });
  return accept(started, ...reach(FIRST, { run, incident, given }));
}

/** Runs a decision on the run that a timer names; a timer of an earlier entry, late or doubled, is quiet. */
function onRun(
  runs: Runs,
  timer: { readonly runId: string; readonly entry: number },
  status: Run['status'],
  decide: (run: Run) => EscalationEvent[],
): Decision<EscalationEvent> {
  const run = runs.find((one) => one.id === timer.runId);
  if (!run || run.status !== status || run.entry !== timer.entry) return QUIET;
  return accept(...decide(run));
}

function losePage(
  runs: Runs,
  incident: Incident,
  command: CommandOf<'escalation.page_unreachable'>,
  given: Given,
): Decision<EscalationEvent> {
  const { pageId, reason } = command;
  const run = runs.find((one) =>
    one.pages.some((page) => page.pageId === pageId && page.state === 'waiting'),
  );
  const page = run?.pages.find((one) => one.pageId === pageId);
  if (!run || !page || !isUnended(run)) return QUIET;
  const lost: EscalationEvent = {
    type: 'escalation.page_lost',
    runId: run.id,
    pageId,
    personId: page.personId,
    reason,
  };
  const next = evolveRun(run, lost, { by: command.by });
  // The last resort is called again anyway; going on at once would spin.
  if (run.status !== 'paging' || someoneWaits(next) || run.position.at === 'last_resort') return accept(lost);
  const skipped: EscalationEvent = {
    type: 'escalation.step_skipped',
    runId: run.id,
    position: run.position,
    reason: 'unreachable',
  };
  return accept(lost, skipped, ...climb({ run: next, incident, given }));
}

function noticeSilence(run: Run, incident: Incident, resumes: boolean, given: Given): EscalationEvent[] {
  const personId = run.acknowledgedBy === null ? null : personOf(run.acknowledgedBy);
  if (resumes || personId === null) {
    return [
      { type: 'escalation.unacknowledged', runId: run.id },
      ...reach(run.position, { run, incident, given }),
    ];
  }
  const [page] = newPages([personId], run);
  if (!page) return [];
  const resumeAt = later(
    given.now,
    Math.min(SILENCE_GRACE_MS, stepAt(run.position, run)?.ackWithinMs ?? SILENCE_GRACE_MS),
  );
  return [
    { type: 'escalation.silence_noticed', runId: run.id, page, promised: run.promisedBy !== null, resumeAt },
  ];
}

/** Signs of life are recorded only when they move the next deadline noticeably, so that talk does not fill the log. */
function signOfLife(run: Run, { now }: Given): EscalationEvent[] {
  if (run.status !== 'acknowledged' || run.signOfLifeBy === null) return [];
  const nextBy = run.ackTimeoutMs === null ? null : later(now, run.ackTimeoutMs);
  const gained = nextBy === null ? Infinity : nextBy.getTime() - run.signOfLifeBy.getTime();
  if (run.promisedBy === null && gained < MINUTE) return [];
  return [{ type: 'escalation.sign_of_life', runId: run.id, nextBy }];
}
