import type { ExportDocument } from '../../../config/import/export-items.ts';
import type { ApiAccess } from './api.ts';
import { fetchGoAlert } from './goalert.ts';
import { fetchGrafana } from './grafana-oncall.ts';
import { fetchOpsgenie } from './opsgenie.ts';
import { fetchPagerDuty } from './pagerduty.ts';

/** Asks a tool's API for everything that is imported. */
export type Fetch = (access: ApiAccess) => Promise<readonly ExportDocument[]>;

/** How each tool's API is read, by the name of the tool. */
export const FETCHES: Readonly<Record<string, Fetch>> = {
  pagerduty: fetchPagerDuty,
  opsgenie: fetchOpsgenie,
  goalert: fetchGoAlert,
  'grafana-oncall': fetchGrafana,
};
