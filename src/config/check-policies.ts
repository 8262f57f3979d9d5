import type { CheckContext } from './check-context.ts';
import { findCycles } from './cycles.ts';
import { list } from './explain.ts';
import { fault, quote, type Finding } from './problem.ts';
import { childOf, keysOf } from './raw.ts';
import type { ConfigFile } from './schema.ts';

/** Policies that would never come to the last resort, conditions about nothing, and a default policy left open. */
export function checkPolicies(
  file: Partial<ConfigFile>,
  { value, isWhole }: CheckContext,
): readonly Finding[] {
  const all = Object.entries(file.policies ?? {});
  const circles = findCycles(followers(childOf(value, 'policies')));
  return [
    ...circles.map((circle) =>
      fault(
        ['policies', circle[0] ?? '', 'then'],
        `leads back to itself (${[...circle, circle[0]].join(', then ')}), so the last resort would never be paged. Let one of them end without \`then\`; \`rounds\` repeats a policy.`,
      ),
    ),
    ...all.flatMap(([id, { steps }]) =>
      steps.flatMap((step, i) =>
        step.conditions.flatMap(({ working_hours_of: name }, j) => {
          const named = name === undefined ? undefined : (file.people?.[name] ?? file.schedules?.[name]);
          if (!named || named.working_hours) return [];
          const path = ['policies', id, 'steps', i, 'conditions', j, 'working_hours_of'];
          return [
            fault(
              path,
              `names ${quote(name)}, which has no \`working_hours\`. Add them under ${file.people?.[name ?? ''] ? 'people' : 'schedules'}.${name}.`,
            ),
          ];
        }),
      ),
    ),
    ...(isWhole('policies', 'settings') ? checkDefault(file) : []),
  ];
}

function followers(policies: unknown): ReadonlyMap<string, readonly string[]> {
  const following = [...keysOf(policies)].map((id) => [id, childOf(childOf(policies, id), 'then')] as const);
  return new Map(following.map(([id, next]) => [id, typeof next === 'string' ? [next] : []]));
}

function checkDefault({ policies, settings }: Partial<ConfigFile>): readonly Finding[] {
  if (!policies || !settings) return [];
  const names = Object.keys(policies);
  if (names.length === 0) {
    return [fault(['policies'], 'has no policy, so nobody would be paged: add one with `steps`.')];
  }
  if (names.length === 1 || settings.default_policy !== undefined) return [];
  return [
    fault(
      ['settings', 'default_policy'],
      `is missing: say which policy pages for an incident that belongs to no service.${list('Policies are', names)}`,
    ),
  ];
}
