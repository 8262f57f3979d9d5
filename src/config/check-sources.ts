import { nearestWord } from '../lib/edit-distance.ts';
import { list } from './explain.ts';
import { fault, quote, type Finding } from './problem.ts';
import type { CheckContext } from './check-context.ts';
import type { ConfigFile } from './schema.ts';

/** Sources of a type that nobody can read. */
export function checkSources(
  { sources }: Partial<ConfigFile>,
  { sourceTypes }: Pick<CheckContext, 'sourceTypes'>,
): readonly Finding[] {
  if (!sourceTypes) return [];
  return Object.entries(sources ?? {}).flatMap(([name, source]) => {
    const type = source?.type ?? name;
    if (sourceTypes.includes(type)) return [];
    const meant = nearestWord(type, sourceTypes);
    const suggestion = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
    const path = ['sources', name, ...(source?.type === undefined ? [] : ['type'])];
    const what =
      source?.type === undefined
        ? 'needs a `type`, because its name is not one'
        : `names ${quote(type)}, which is not a type of source`;
    return [fault(path, `${what}.${suggestion}${list('Types are', sourceTypes)}`)];
  });
}
