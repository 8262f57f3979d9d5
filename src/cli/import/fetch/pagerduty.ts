import type { ExportDocument } from '../../../config/import/export-items.ts';
import { isMap } from '../../../config/raw.ts';
import { apiOf, type ApiAccess } from './api.ts';
import { AHEAD_MS, allPages, BACK_MS, each, idsIn, named } from './pages.ts';

// https://developer.pagerduty.com/docs/pagination, https://developer.pagerduty.com/docs/rest-api-rate-limits
/** PagerDuty's REST API v2: pages of 100, each schedule by itself with its timeline. */
export async function fetchPagerDuty(access: ApiAccess): Promise<readonly ExportDocument[]> {
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
