import type { ExportDocument } from '../../../config/import/export-items.ts';
import { apiOf, type ApiAccess } from './api.ts';
import { AHEAD_MS, allPages, BACK_MS, idsIn, named, textAt } from './pages.ts';

// https://grafana.com/docs/oncall/latest/oncall-api-reference/
/** Grafana OnCall's public API: lists that say where they go on, and the final shifts of each schedule. */
export async function fetchGrafana(access: ApiAccess): Promise<readonly ExportDocument[]> {
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
