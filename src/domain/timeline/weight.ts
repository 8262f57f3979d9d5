import type { DomainEvent } from '../event.ts';

/** How much a line of the timeline matters: the story in short, the story, or what is one click away. */
export type Weight = 'key' | 'normal' | 'noise';

/** How much an event matters to somebody who reads the story of the incident later. */
export function weightOf(event: DomainEvent): Weight {
  switch (event.type) {
    case 'incident.declared':
    case 'incident.acknowledged':
    case 'incident.unacknowledged':
    case 'incident.status_changed':
    case 'incident.update_posted':
    case 'incident.severity_changed':
    case 'incident.noted':
    case 'incident.resolved':
    case 'incident.reopened':
    case 'incident.cancelled':
    case 'escalation.exhausted':
      return 'key';
    case 'incident.target_missed':
      return event.phase === 'missed' ? 'key' : 'normal';
    case 'incident.renamed':
    case 'incident.summarized':
    case 'incident.role_assigned':
    case 'incident.task_added':
    case 'incident.task_done':
    case 'incident.task_reopened':
    case 'incident.alerts_changed':
    case 'incident.alerts_cleared':
    case 'incident.silence_told':
    case 'incident.effect_given_up':
    case 'incident.room_lost':
    case 'escalation.started':
    case 'escalation.step_reached':
    case 'escalation.page_lost':
    case 'escalation.acknowledged':
    case 'escalation.silence_noticed':
    case 'escalation.declined':
    case 'escalation.step_delayed':
    case 'escalation.nagged':
    case 'escalation.snoozed':
    case 'escalation.resumed':
      return 'normal';
    case 'incident.update_due':
    case 'incident.members_added':
    case 'incident.room_opened':
    case 'incident.postmortem_requested':
    case 'incident.postmortem_drafted':
    case 'escalation.step_skipped':
    case 'escalation.sign_of_life':
    case 'escalation.unacknowledged':
    case 'escalation.ended':
    case 'page.started':
    case 'page.attempt_intended':
    case 'page.attempt_bundled':
    case 'page.attempt_sent':
    case 'page.attempt_delivered':
    case 'page.attempt_failed':
    case 'page.attempt_withheld':
    case 'page.acted':
    case 'page.ended':
      return 'noise';
  }
}
