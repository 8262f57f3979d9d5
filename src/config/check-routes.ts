import type { CheckContext } from './check-context.ts';
import { findDoubles } from './doubles.ts';
import { caution, fault, quote, type Finding } from './problem.ts';
import type { ConfigFile } from './schema.ts';

/** Routes that no alert can come to, names that are there twice, and a list of severities with nothing in it. */
export function checkRoutes(
  { routes = [], severities, people }: Partial<ConfigFile>,
  { isWhole }: CheckContext,
): readonly Finding[] {
  const last = !isWhole('routes') ? -1 : routes.findIndex(({ match }) => match.length === 0);
  const unreachable = last === -1 ? [] : routes.slice(last + 1);
  const names = routes.flatMap(({ name }, i) =>
    name === undefined ? [] : [{ path: ['routes', i, 'name'], key: name }],
  );
  return [
    ...unreachable.map((_, i) =>
      caution(
        ['routes', last + 1 + i],
        `can never be used: the route in front of it, ${quote(routes[last]?.name ?? `routes[${last}]`)}, matches every alert. Move that one to the end.`,
      ),
    ),
    ...findDoubles(names).map(({ again }) =>
      fault(
        again.path,
        `is the name of an earlier route too, and alerts of both would be counted as one group. Choose another.`,
      ),
    ),
    ...(severities && isWhole('severities') && Object.keys(severities).length === 0
      ? [fault(['severities'], 'has no severity: take the line away for sev1 to sev5.')]
      : []),
    ...(people && isWhole('people') && Object.keys(people).length === 0
      ? [fault(['people'], 'has nobody: add at least one person.')]
      : []),
  ];
}
