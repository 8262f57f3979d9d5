import type { Directory } from '../directory.ts';
import { compareSchedules, type Period } from './compare-schedules.ts';
import type { Comparison } from './comparison.ts';
import { compareFacts } from './facts.ts';
import { findStillNamed } from './still-named.ts';

/** What a configuration changes against another one, within a period; both with the overrides that hold on top of them. */
export function compareDirectories(before: Directory, after: Directory, period: Period): Comparison {
  const names = [...before.people.values(), ...after.people.values()].map(({ id, name }) => [id, name]);
  return {
    ...period,
    schedules: compareSchedules(before.schedules, after.schedules, period),
    facts: compareFacts(before, after),
    stillNamed: findStillNamed(after, period.now),
    names: Object.fromEntries(names),
  };
}
