import { uniquePeople, type People } from './roster.ts';
import type { Override } from './schedule.ts';
import type { Span } from './turns.ts';

/** An override with its period in ms. */
export interface PreparedOverride extends Span {
  readonly override: Override;
}

/** Reads the periods of overrides, keeping their order. */
export function prepareOverrides(overrides: readonly Override[]): readonly PreparedOverride[] {
  return overrides.map((override) => ({
    override,
    start: Date.parse(override.start),
    end: Date.parse(override.end),
  }));
}

/** What the overrides that cover `at` (ms) make of the layers' people; the last of a kind wins, and substitutes do not chain. */
export function applyOverrides(
  base: ReadonlySet<string>,
  overrides: readonly PreparedOverride[],
  at: number,
): People {
  const substitutes = new Map<string, string | null>();
  const added: string[] = [];
  let replacement: readonly string[] | undefined;
  for (const { override, start, end } of overrides) {
    if (at < start || at >= end) continue;
    switch (override.type) {
      case 'replaceAll':
        replacement = override.users;
        break;
      case 'substitute':
        substitutes.set(override.user, override.with);
        break;
      case 'add':
        added.push(override.user);
        break;
    }
  }
  if (replacement) return uniquePeople(replacement);
  return uniquePeople([...substituteAll(base, substitutes), ...added]);
}

function substituteAll(
  base: ReadonlySet<string>,
  substitutes: ReadonlyMap<string, string | null>,
): readonly string[] {
  return [...base].flatMap((person) => {
    const stand = substitutes.get(person);
    if (stand === undefined) return [person];
    return stand === null ? [] : [stand];
  });
}
