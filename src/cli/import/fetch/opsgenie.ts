import type { ExportDocument } from '../../../config/import/export-items.ts';
import { apiOf, type Api, type ApiAccess } from './api.ts';
import { allPages, each, idsIn, named, textAt } from './pages.ts';

// https://docs.opsgenie.com/docs/api-rate-limiting, https://docs.opsgenie.com/docs/schedule-api
/** Opsgenie's REST API: lists, and what belongs to each user, team and schedule. */
export async function fetchOpsgenie(access: ApiAccess): Promise<readonly ExportDocument[]> {
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
