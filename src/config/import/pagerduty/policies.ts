import { DAY, MINUTE } from '../clockface.ts';
import type { ForeignPolicy, ForeignService, ForeignTarget } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import type { Reference } from '../reading.ts';
import type { EscalationPolicy, EscalationRule, PagerDutyService } from './shapes.ts';

/** Steps, delays and rounds of an escalation policy. */
export function translatePolicy(policy: EscalationPolicy, notes: Notes): ForeignPolicy {
  const about = `escalation policy ${policy.name}`;
  const steps = policy.escalation_rules.map((rule, i) => {
    const minutes = rule.escalation_delay_in_minutes;
    if (minutes < 1 || minutes * MINUTE > 7 * DAY) {
      notes.add(
        'changed',
        about,
        `rule ${i + 1} waits ${minutes} minutes; here a step waits from 1 minute to 7 days.`,
      );
    }
    return {
      targets: rule.targets.flatMap((target) => targetOf(target, { notes, about })),
      ackWithinMs: minutes * MINUTE,
      strategy: strategyOf(rule),
      within: null,
    };
  });
  return { id: policy.id, name: policy.name, steps, rounds: (policy.num_loops ?? 0) + 1 };
}

function strategyOf({
  escalation_rule_assignment_strategy: strategy,
}: EscalationRule): 'everyone' | 'round_robin' {
  const name = typeof strategy === 'string' ? strategy : strategy?.type;
  return name === 'round_robin' ? 'round_robin' : 'everyone';
}

function targetOf(
  { id, type, summary }: Reference,
  { notes, about }: { readonly notes: Notes; readonly about: string },
): readonly ForeignTarget[] {
  const kind = type?.replace(/_reference$/, '');
  if (kind === 'user') return [{ kind: 'person', id }];
  if (kind === 'schedule') return [{ kind: 'schedule', id }];
  notes.add(
    'dropped',
    about,
    `pages ${summary ?? id}, a ${type ?? 'thing without a type'}, which has no counterpart.`,
  );
  return [];
}

/** Owner and policy of a service; what else it is told to do is noted. */
export function translateService(service: PagerDutyService, notes: Notes): ForeignService {
  const about = `service ${service.name}`;
  const { incident_urgency_rule: urgency, status, teams, support_hours: hours } = service;
  if (status === 'disabled')
    notes.add(
      'changed',
      about,
      'is disabled in PagerDuty; here it pages when an alert names it. Take it out, or route its alerts to `incident: none`.',
    );
  if (teams.length > 1)
    notes.add('changed', about, `belongs to ${teams.length} teams; the first one is its owner.`);
  if (urgency?.type === 'use_support_hours' || hours)
    notes.add(
      'dropped',
      about,
      'its urgency follows support hours; here urgency follows the severity. See severities and routes.',
    );
  const isQuiet = urgency?.type === 'constant' && urgency.urgency === 'low';
  if (isQuiet)
    notes.add('changed', about, 'all its incidents are of low urgency: a route gives them sev4, which is.');
  const autoResolve = service.auto_resolve_timeout;
  if (autoResolve)
    notes.add(
      'dropped',
      'services',
      'auto_resolve_timeout: an incident that people work on never resolves by the clock here. `auto_resolve` of a route ends those whose alerts cleared.',
    );
  return {
    id: service.id,
    name: service.name,
    owner: teams[0]?.id ?? null,
    policy: service.escalation_policy?.id ?? null,
    isQuiet,
  };
}

/** One acknowledgement time-out for all, the longest: PagerDuty has one for each service. */
export function ackTimeoutOf(services: readonly PagerDutyService[], notes: Notes): number | null {
  const timeouts = services.map(({ acknowledgement_timeout: seconds }) => (seconds ?? 0) * 1000);
  const longest = Math.max(0, ...timeouts);
  if (longest === 0) return null;
  const ms = Math.min(7 * DAY, Math.max(MINUTE, longest));
  if (timeouts.some((timeout) => timeout !== longest)) {
    notes.add(
      'changed',
      'services',
      'their acknowledgement_timeout differs; here there is one for all, settings.ack_timeout, and it is the longest.',
    );
  }
  return ms;
}
