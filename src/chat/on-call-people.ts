import type { Directory, Target } from '../domain/directory.ts';
import { peopleOf } from '../domain/escalation/targets.ts';

/** The people whom paging these targets would reach at an instant, each once; empty when nobody is on call there. */
export function peopleOfTargets(
  targets: readonly Target[],
  directory: Directory,
  at: Date,
): readonly string[] {
  return [...new Set(targets.flatMap((target) => peopleOf(target, directory, at)))];
}
