import type { TimerChange } from '../timer.ts';
import type { Run } from './run.ts';

/** What a run waits for, each in a timer of its own. */
type Wait = 'step' | 'snooze' | 'silence' | 'nag';

function key(run: Run, wait: Wait): string {
  return `escalation:${run.id}:${wait}`;
}

/** Takes a wait away, whether it is there or not. */
export function clear(run: Run, wait: Wait): TimerChange {
  return { kind: 'clear', key: key(run, wait) };
}

/** The end of a snooze. */
export function snoozeTimer(run: Run, incidentId: number, until: Date): TimerChange {
  const command = { type: 'escalation.snooze_over', incidentId, runId: run.id, entry: run.entry } as const;
  return { kind: 'set', key: key(run, 'snooze'), dueAt: until, command };
}

/** Under the key of the step's own wait: a position waits to begin, or for an answer. */
export function delayTimer(run: Run, incidentId: number, until: Date): TimerChange {
  const command = { type: 'escalation.delay_over', incidentId, runId: run.id, entry: run.entry } as const;
  return { kind: 'set', key: key(run, 'step'), dueAt: until, command };
}

/** When those who must answer too are paged again; null is never. */
export function nagTimer(run: Run, incidentId: number, due: Date | null): TimerChange[] {
  if (due === null) return [clear(run, 'nag')];
  const command = { type: 'escalation.nag_due', incidentId, runId: run.id, due } as const;
  return [{ kind: 'set', key: key(run, 'nag'), dueAt: due, command }];
}

/** When a silent acknowledger is paged again, or with `resume` the paging goes on; null is never. */
export function silenceTimer(
  run: Run,
  incidentId: number,
  dueAt: Date | null,
  resume: boolean,
): TimerChange[] {
  if (dueAt === null) return [clear(run, 'silence')];
  const command = {
    type: 'escalation.silence_due',
    incidentId,
    runId: run.id,
    entry: run.entry,
    resume,
  } as const;
  return [{ kind: 'set', key: key(run, 'silence'), dueAt, command }];
}

/** When the position has had its time. */
export function stepTimer(run: Run, incidentId: number, ackBy: Date): TimerChange {
  const command = { type: 'escalation.step_timed_out', incidentId, runId: run.id, entry: run.entry } as const;
  return { kind: 'set', key: key(run, 'step'), dueAt: ackBy, command };
}
