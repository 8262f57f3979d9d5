import type { Directory, Target } from '../../directory.ts';
import { chainOf, policiesInUse } from './paths.ts';
import type { Scope } from './window.ts';

/** The part of the house that a schedule or a team answers for: what it is paged by, and for a team what its services page. */
export function scopeOf(about: { readonly kind: string; readonly id: string }, directory: Directory): Scope {
  if (about.kind === 'schedule') {
    return { schedules: new Set([about.id]), policies: policiesPaging(about.id, directory) };
  }
  const own = directory.teams.get(about.id)?.schedule ?? null;
  const owned = [...directory.services.values()].filter(({ owner }) => owner === about.id);
  const policies = new Set(owned.map(({ policy }) => policy));
  const paged = [...policies].flatMap((id) => schedulesOf(id, directory));
  return { schedules: new Set([...(own === null ? [] : [own]), ...paged]), policies };
}

function policiesPaging(schedule: string, directory: Directory): ReadonlySet<string> {
  const used = [...policiesInUse(directory)];
  return new Set(used.filter((id) => schedulesOf(id, directory).includes(schedule)));
}

function schedulesOf(policy: string, directory: Directory): readonly string[] {
  const targets = chainOf(policy, directory).flatMap(({ steps }) => steps.flatMap((step) => step.targets));
  return targets.flatMap((target) => scheduleBehind(target, directory) ?? []);
}

function scheduleBehind({ kind, id }: Target, { teams }: Directory): string | null {
  if (kind === 'schedule') return id;
  return kind === 'team' ? (teams.get(id)?.schedule ?? null) : null;
}
