import type { ExportDocument } from '../../../config/import/export-items.ts';
import { isMap } from '../../../config/raw.ts';
import { FailedError } from '../../verb.ts';
import { apiOf, type ApiAccess } from './api.ts';
import { GOALERT_QUERY } from './goalert-query.ts';
import { AHEAD_MS, BACK_MS, textAt } from './pages.ts';

const CURSORS = ['users', 'rotations', 'schedules', 'userOverrides', 'escalationPolicies', 'services'];

// graphql2/schema.graphql in target/goalert
/** GoAlert's GraphQL API: one query, asked again with cursors until no list goes on. */
export async function fetchGoAlert(access: ApiAccess): Promise<readonly ExportDocument[]> {
  const { token, now, tell } = access;
  const api = apiOf(access, { authorization: `Bearer ${token}` });
  const variables: Record<string, string> = {
    start: new Date(now.getTime() - BACK_MS).toISOString(),
    end: new Date(now.getTime() + AHEAD_MS).toISOString(),
  };
  const documents: ExportDocument[] = [];
  for (let page = 1; page <= 100; page += 1) {
    tell(`reading page ${page}`);
    const value = await api.post('/api/graphql', { query: GOALERT_QUERY, variables });
    const refused =
      isMap(value) && Array.isArray(value['errors']) ? textAt(value['errors'][0], 'message') : null;
    if (refused !== null) throw new FailedError(`GoAlert refuses the query: ${refused}`);
    documents.push({ from: `page-${page}`, value });
    const next = CURSORS.filter((name) => hasNextPage(value, name));
    if (next.length === 0) return documents;
    for (const name of next)
      variables[`${name}After`] = textAt(value, 'data', name, 'pageInfo', 'endCursor') ?? '';
  }
  throw new FailedError('GoAlert has more than 100 pages');
}

function hasNextPage(value: unknown, name: string): boolean {
  const info = ['data', name, 'pageInfo'].reduce<unknown>(
    (at, key) => (isMap(at) ? at[key] : undefined),
    value,
  );
  return isMap(info) && info['hasNextPage'] === true;
}
