import type { EscalationEvent } from './events.ts';
import { after, reach } from './reach.ts';
import type { Way } from './reach.ts';
import { isRunning } from './run.ts';
import type { Run } from './run.ts';

/** Goes on to what follows. A test page that nobody answered ends there. */
export function climb(way: Way): EscalationEvent[] {
  const { run } = way;
  const next = after(run.position, run);
  if (run.rulesNow && next.at === 'last_resort') return [ended(run, 'cancelled')];
  return reach(next, way);
}

/** Takes up the step that a snooze interrupted. */
export function resume(way: Way): EscalationEvent[] {
  const { run } = way;
  return [{ type: 'escalation.resumed', runId: run.id }, ...reach(run.position, way)];
}

/** The end of a run. */
export function ended(run: Run, status: 'resolved' | 'cancelled'): EscalationEvent {
  return { type: 'escalation.ended', runId: run.id, status };
}

/** True until the run is resolved or cancelled. */
export function isUnended(run: Run): boolean {
  return isRunning(run) || run.status === 'acknowledged';
}

/** True while somebody of the current position may still answer. */
export function someoneWaits(run: Run): boolean {
  return run.pages.some((page) => page.state === 'waiting' && !page.earlier);
}
