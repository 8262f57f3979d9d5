import type { Condition, Directory, Policy, Target } from '../directory.ts';
import { BY_HAND } from './run.ts';
import type { FrozenPolicy } from './run.ts';

type FrozenCondition = FrozenPolicy['steps'][number]['conditions'][number];

/** How long one paged by hand has before it goes on. */
const BY_HAND_ACK_WITHIN_MS = 5 * 60_000;

/** Copies a policy and those that follow it: an edit of the configuration never changes a run in flight. */
export function freezePolicies(id: string, { policies }: Directory): FrozenPolicy[] {
  return chainOf(id, policies).map((policy) => {
    const steps = policy.steps.map((step) => ({
      ...step,
      targets: [...step.targets],
      conditions: step.conditions.map(copyCondition),
    }));
    return { id: policy.id, steps, rounds: policy.rounds };
  });
}

/** True when a run of this policy comes to a step whose targets take turns, in it or in one that follows. */
export function takesTurns(id: string, { policies }: Directory): boolean {
  return chainOf(id, policies).some(({ steps }) => steps.some(({ strategy }) => strategy === 'round_robin'));
}

function chainOf(id: string, policies: Directory['policies']): readonly Policy[] {
  const chain: Policy[] = [];
  const seen = new Set<string>();
  let next: string | null = id;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const policy = policies.get(next);
    if (!policy) break;
    chain.push(policy);
    next = policy.followedBy;
  }
  return chain;
}

function copyCondition(condition: Condition): FrozenCondition {
  if (condition.kind !== 'within_hours') return condition;
  return { ...condition, hours: { ...condition.hours, days: [...condition.hours.days] } };
}

/** A policy for once: these targets, so many times, then the last resort. */
export function policyByHand(targets: readonly Target[], rounds: number): FrozenPolicy[] {
  const step = { ackWithinMs: BY_HAND_ACK_WITHIN_MS, strategy: 'everyone', ackMode: 'first' } as const;
  return [{ id: BY_HAND, steps: [{ ...step, targets: [...targets], conditions: [] }], rounds }];
}
