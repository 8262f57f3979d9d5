import type { Directory } from '../domain/directory.ts';
import { takesTurns } from '../domain/escalation/freeze.ts';
import type { Given } from '../domain/given.ts';
import type { Db } from '../store/db.ts';
import { lockPolicyRuns } from '../store/policy-runs.ts';

const NO_TURNS: ReadonlyMap<string, number> = new Map();

/** The facts of the moment that a decision may use. */
export function gather(now: Date, directory: Directory, turns: ReadonlyMap<string, number> | null): Given {
  return { now, directory, policyRuns: turns ?? NO_TURNS };
}

/** Locks and reads how often each policy was started whose steps take turns, or those of a policy that follows it. The others need no counter and no lock. */
export function turnsFor(tx: Db, directory: Directory): Promise<Map<string, number>> {
  const turning = [...directory.policies.keys()].filter((id) => takesTurns(id, directory));
  return lockPolicyRuns(tx, turning);
}
