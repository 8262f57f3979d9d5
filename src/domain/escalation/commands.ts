import type { Actor } from '../actor.ts';
import type { Target } from '../directory.ts';

/** What can be said about the escalations of an incident. */
export type EscalationCommand = { readonly by: Actor; readonly incidentId: number } & EscalationSaying;

type EscalationSaying =
  | {
      /** Begins a run of a policy, or of one step with these targets. */
      readonly type: 'escalation.start';
      readonly source: { readonly policy: string } | { readonly targets: readonly Target[] };
      readonly rulesNow: boolean;
      readonly message: string | null;
    }
  /**
   * Takes it. `pageId` names the page that was answered; without it the runs that page this person are meant, or all
   * running ones when none does.
   */
  | {
      readonly type: 'escalation.acknowledge';
      readonly pageId: string | null;
      readonly promiseMs: number | null;
    }
  | { readonly type: 'escalation.unacknowledge' }
  | { readonly type: 'escalation.escalate_now'; readonly pageId: string | null }
  | { readonly type: 'escalation.decline'; readonly pageId: string | null }
  | { readonly type: 'escalation.snooze'; readonly until: Date }
  | { readonly type: 'escalation.end'; readonly status: 'resolved' | 'cancelled' }
  /** A human sign of life on the incident: an update, a note, a status. Quiets the promise and the ack time-out. */
  | { readonly type: 'escalation.note_sign_of_life' }
  /** What was of low urgency is of high urgency now: whatever waits or pages gently begins anew, at once. */
  | { readonly type: 'escalation.hurry' }
  | { readonly type: 'escalation.page_unreachable'; readonly pageId: string; readonly reason: string }
  /** Timers. They name the entry that they belong to; a late or doubled one is quiet. */
  | { readonly type: 'escalation.step_timed_out'; readonly runId: string; readonly entry: number }
  | { readonly type: 'escalation.delay_over'; readonly runId: string; readonly entry: number }
  | { readonly type: 'escalation.nag_due'; readonly runId: string; readonly due: Date }
  | { readonly type: 'escalation.snooze_over'; readonly runId: string; readonly entry: number }
  | {
      readonly type: 'escalation.silence_due';
      readonly runId: string;
      readonly entry: number;
      /** The first silence pages the acknowledger again, the second resumes the escalation. */
      readonly resume: boolean;
    };
