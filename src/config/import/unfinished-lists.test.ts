import { describe, expect, it } from 'vitest';
import { importExport } from './import.ts';
import { pagerduty } from './pagerduty/translate.ts';
import { unfinishedLists } from './unfinished-lists.ts';

function listsOf(...values: readonly unknown[]) {
  return unfinishedLists(values.map((value, i) => ({ from: `export/page-${i}.json`, value })));
}

const opsgenie = 'https://api.opsgenie.com/v2/users?limit=100&offset=';
const grafana = 'https://oncall.example.com/api/v1/users/?page=';

describe('a list of an export that ends in the middle', () => {
  it.each([
    ['PagerDuty', { users: [{ id: 'U1' }], limit: 100, offset: 0, more: true }, 'users'],
    ['Opsgenie', { data: [{ id: 'u1' }], paging: { next: `${opsgenie}100` } }, 'v2/users'],
    [
      'Grafana OnCall',
      { count: 2, next: `${grafana}2`, previous: null, results: [{ id: 'U1' }] },
      'api/v1/users',
    ],
    ['GoAlert', { data: { users: { nodes: [{ id: 'u' }], pageInfo: { hasNextPage: true } } } }, 'users'],
  ])('is named, as %s says it', (_, page, name) => {
    expect(listsOf(page)).toEqual([{ name, from: 'export/page-0.json' }]);
    expect(listsOf({ pages: [page, page] })).toEqual([{ name, from: 'export/page-0.json' }]);
  });

  it.each([
    [
      'PagerDuty',
      [
        { users: [], more: true },
        { users: [], offset: 100, more: false },
      ],
    ],
    [
      'Opsgenie',
      [
        { data: [], paging: { next: `${opsgenie}100` } },
        { data: [], paging: { first: `${opsgenie}0` } },
      ],
    ],
    [
      'Grafana OnCall',
      [
        { next: `${grafana}2`, previous: null, results: [] },
        { next: null, previous: `${grafana}1`, results: [] },
      ],
    ],
    [
      'GoAlert',
      [
        { data: { users: { nodes: [], pageInfo: { hasNextPage: true } } } },
        { data: { users: { nodes: [], pageInfo: { hasNextPage: false } } } },
      ],
    ],
  ])('is not one whose last page is there too, as %s says it', (_, pages) => {
    expect(listsOf(...pages)).toEqual([]);
    expect(listsOf(...pages.toReversed())).toEqual([]);
  });

  it('is not meant by other things that are called like that', () => {
    expect(listsOf({ id: 'x', more: true, next: 'tomorrow', paging: 'no' }, null, 3, 'more', [[]])).toEqual(
      [],
    );
  });

  it('is told at the top of the report', () => {
    const users = [{ id: 'U1', type: 'user', name: 'Ana', email: 'ana@example.com' }];
    const value = { users, limit: 100, offset: 0, more: true };
    const { notes } = importExport(pagerduty, [{ from: 'export/users.json', value }], new Date(0));
    expect(notes[0]).toEqual({
      kind: 'dropped',
      about: 'users',
      text: 'there are more of them in the old tool: export/users.json is not the last page of the list, and the export has no further one. Fetch the others too, and import again.',
    });
  });
});
