import { foldName } from '../domain/alert/service.ts';
import { findDoubles } from './doubles.ts';
import { findCycles } from './cycles.ts';
import { caution, fault, quote, type Finding, type Path } from './problem.ts';
import type { ConfigFile } from './schema.ts';

interface Spelling {
  readonly path: Path;
  readonly key: string;
  readonly service: string;
}

/** Spellings that could mean two services, and services that depend on each other in a circle. */
export function checkServices({ services }: Partial<ConfigFile>): readonly Finding[] {
  const all = Object.entries(services ?? {});
  const spellings = all.flatMap(([id, { name, aliases }]): readonly Spelling[] => [
    { path: ['services', id], key: foldName(id), service: id },
    ...(name === undefined ? [] : [{ path: ['services', id, 'name'], key: foldName(name), service: id }]),
    ...aliases.map((alias, i) => ({
      path: ['services', id, 'aliases', i],
      key: foldName(alias),
      service: id,
    })),
  ]);
  // A service's own key comes before anybody's name and alias, wherever in the file it is.
  const ordered = spellings.toSorted((a, b) => a.path.length - b.path.length);
  const doubles = findDoubles(ordered).filter(({ first, again }) => first.service !== again.service);
  const circles = findCycles(new Map(all.map(([id, { depends_on }]) => [id, depends_on])));
  return [
    ...doubles.map(({ first, again }) => ambiguous(again, first)),
    ...circles.map((circle) =>
      caution(
        ['services', circle[0] ?? '', 'depends_on'],
        `leads back to itself: ${[...circle, circle[0]].join(' needs ')}. Take one of these away, or accept that neither is the cause of the other.`,
      ),
    ),
  ];
}

function ambiguous({ path }: Spelling, { service }: Spelling): Finding {
  const isKey = path.length === 2;
  return {
    ...fault(
      path,
      `is a spelling of the service ${quote(service)} too, so an alert that names it could mean either. Capitals, spaces, _ and - do not tell names apart.`,
    ),
    part: isKey ? 'key' : 'value',
  };
}
