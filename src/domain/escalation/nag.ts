import type { CommandOf } from '../command.ts';
import { accept, QUIET } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { Given } from '../given.ts';
import type { EscalationEvent } from './events.ts';
import { later, newPages, stepAt } from './reach.ts';
import type { Run, Runs, StepPage } from './run.ts';

/** The pages whose people must answer for themselves (`ack_mode: all`), but for the one who answers now. */
export function owedBy(run: Run, personId: string | null): readonly StepPage[] {
  return run.pages.filter(
    (page) => page.mustAnswer && page.state === 'waiting' && page.personId !== personId,
  );
}

/** How long somebody who must answer is left in peace before they are paged again: as long as a step waits. */
export function nagAfterMs(run: Run): number {
  return stepAt(run.position, run)?.ackWithinMs ?? run.lastResort.everyMs;
}

/** Pages those again who must acknowledge too. A late or doubled timer is quiet. */
export function nag(
  runs: Runs,
  { runId, due }: CommandOf<'escalation.nag_due'>,
  { now }: Given,
): Decision<EscalationEvent> {
  const run = runs.find(({ id }) => id === runId);
  if (run?.status !== 'acknowledged' || run.nagAt?.getTime() !== due.getTime()) return QUIET;
  const people = owedBy(run, null).map(({ personId }) => personId);
  if (people.length === 0) return QUIET;
  return accept({
    type: 'escalation.nagged',
    runId,
    pages: newPages(people, run),
    nagAt: later(now, nagAfterMs(run)),
  });
}
