import type { ExportDocument } from '../../../config/import/export-items.ts';
import { isMap } from '../../../config/raw.ts';
import { FailedError } from '../../verb.ts';
import { apiOf, type Api, type ApiAccess } from './api.ts';
import { GOALERT_QUERY } from './goalert-query.ts';
import { allPages, idsIn, textAt } from './pages.ts';

const DAY = 86_400_000;
/** Timelines are asked for this far back and ahead, to be compared with the imported schedules. */
const BACK_MS = 14 * DAY;
const AHEAD_MS = 42 * DAY;

/** Asks a tool's API for everything that is imported. */
export type Fetch = (access: ApiAccess) => Promise<readonly ExportDocument[]>;

/** How each tool's API is read, by the name of the tool. */
export const FETCHES: Readonly<Record<string, Fetch>> = {
  pagerduty: fetchPagerDuty,
  opsgenie: fetchOpsgenie,
  goalert: fetchGoAlert,
  'grafana-oncall': fetchGrafana,
};

function named(from: string, answers: readonly unknown[]): readonly ExportDocument[] {
  return answers.map((value) => ({ from, value }));
}

/** One after the other, so that rate limits are kept. */
async function each(
  ids: readonly string[],
  pathOf: (id: string) => string,
  api: Api,
): Promise<readonly ExportDocument[]> {
  const documents: ExportDocument[] = [];
  for (const id of ids) {
    const from = pathOf(encodeURIComponent(id));
    documents.push({ from, value: await api.get(from) });
  }
  return documents;
}

// https://developer.pagerduty.com/docs/pagination, https://developer.pagerduty.com/docs/rest-api-rate-limits
async function fetchPagerDuty(access: ApiAccess): Promise<readonly ExportDocument[]> {
  const { token, now, tell } = access;
  const api = apiOf(access, {
    authorization: `Token token=${token}`,
    accept: 'application/vnd.pagerduty+json;version=2',
  });
  const next = (answer: unknown, path: string) => {
    if (!isMap(answer) || answer['more'] !== true) return null;
    const [base = '', query = ''] = path.split('?');
    const words = new URLSearchParams(query);
    const limit = Number(answer['limit'] ?? 100);
    words.set('offset', String(Number(answer['offset'] ?? 0) + limit));
    return `${base}?${words.toString()}`;
  };
  const list = async (path: string) => {
    tell(`reading ${path.split('?')[0] ?? ''}`);
    return allPages(api, path, next);
  };
  const users = await list('/users?limit=100&include[]=contact_methods&include[]=notification_rules');
  const teams = await list('/teams?limit=100');
  const schedules = await list('/schedules?limit=100');
  const range = `since=${new Date(now.getTime() - BACK_MS).toISOString()}&until=${new Date(now.getTime() + AHEAD_MS).toISOString()}`;
  const details = await each(idsIn(schedules, 'schedules'), (id) => `/schedules/${id}?${range}`, api);
  const policies = await list('/escalation_policies?limit=100');
  const services = await list('/services?limit=100');
  return [
    ...named('users', users),
    ...named('teams', teams),
    ...details,
    ...named('escalation_policies', policies),
    ...named('services', services),
  ];
}

// https://docs.opsgenie.com/docs/api-rate-limiting, https://docs.opsgenie.com/docs/schedule-api
async function fetchOpsgenie(access: ApiAccess): Promise<readonly ExportDocument[]> {
  const { token, now, tell } = access;
  const api = apiOf(access, { authorization: `GenieKey ${token}` });
  const list = async (path: string) => {
    tell(`reading ${path.split('?')[0] ?? ''}`);
    return allPages(api, path, (answer) => textAt(answer, 'paging', 'next'));
  };
  const users = await list('/v2/users?limit=100');
  const userIds = idsIn(users, 'data');
  tell(`reading the contacts and rules of ${userIds.length} users`);
  const contacts = await each(userIds, (id) => `/v2/users/${id}?expand=contact`, api);
  const rules = await each(userIds, (id) => `/v2/users/${id}/notification-rules`, api);
  const details: ExportDocument[] = [];
  for (const document of rules) details.push(...(await ruleDetails(document, api)));
  const teams = await list('/v2/teams');
  const teamIds = idsIn(teams, 'data');
  const members = await each(teamIds, (id) => `/v2/teams/${id}`, api);
  const routing = await each(teamIds, (id) => `/v2/teams/${id}/routing-rules`, api);
  const schedules = await list('/v2/schedules?expand=rotation');
  const scheduleIds = idsIn(schedules, 'data');
  const overrides = await each(scheduleIds, (id) => `/v2/schedules/${id}/overrides`, api);
  const date = encodeURIComponent(now.toISOString());
  const timelines = await each(
    scheduleIds,
    (id) => `/v2/schedules/${id}/timeline?intervalUnit=weeks&interval=6&date=${date}`,
    api,
  );
  const escalations = await list('/v2/escalations');
  const forwardings = await list('/v2/forwarding-rules');
  const services = await list('/v1/services?limit=100');
  return [
    ...named('users', users),
    ...contacts,
    ...details,
    ...named('teams', teams),
    ...members,
    ...routing,
    ...named('schedules', schedules),
    ...overrides,
    ...timelines,
    ...named('escalations', escalations),
    ...named('forwarding-rules', forwardings),
    ...named('services', services),
  ];
}

/** Only the rule itself has its steps, not the list of rules. */
async function ruleDetails({ from, value }: ExportDocument, api: Api): Promise<readonly ExportDocument[]> {
  return each(idsIn([value], 'data'), (id) => `${from}/${id}`, api);
}

// https://grafana.com/docs/oncall/latest/oncall-api-reference/
async function fetchGrafana(access: ApiAccess): Promise<readonly ExportDocument[]> {
  const { token, now, tell } = access;
  const api = apiOf(access, { authorization: token });
  const list = async (what: string) => {
    tell(`reading ${what}`);
    return named(what, await allPages(api, `/api/v1/${what}/`, (answer) => textAt(answer, 'next')));
  };
  const schedules = await list('schedules');
  const ids = idsIn(
    schedules.map(({ value }) => value),
    'results',
  );
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const range = `start_date=${day(now.getTime() - BACK_MS)}&end_date=${day(now.getTime() + AHEAD_MS)}`;
  const rest: ExportDocument[] = [];
  for (const id of ids) {
    const path = `/api/v1/schedules/${encodeURIComponent(id)}/final_shifts?${range}`;
    rest.push(...named(`final_shifts-${id}`, await allPages(api, path, (answer) => textAt(answer, 'next'))));
  }
  for (const what of [
    'users',
    'teams',
    'on_call_shifts',
    'escalation_chains',
    'escalation_policies',
    'personal_notification_rules',
    'integrations',
    'routes',
    'webhooks',
  ]) {
    rest.push(...(await list(what)));
  }
  return [...schedules, ...rest];
}

const CURSORS = ['users', 'rotations', 'schedules', 'userOverrides', 'escalationPolicies', 'services'];

// graphql2/schema.graphql in target/goalert
async function fetchGoAlert(access: ApiAccess): Promise<readonly ExportDocument[]> {
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
