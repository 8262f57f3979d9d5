import type { AlertSeverity, Route, Service, Settings, Severity } from '../domain/directory.ts';
import { buildHours } from './build-people.ts';
import type { ConfigFile } from './schema.ts';
import type { Route as RouteForm } from './schema/routes.ts';
import type { Service as ServiceForm } from './schema/services.ts';
import { Route as RouteSchema } from './schema/routes.ts';

/** A service as the domain sees it. */
export function buildService(id: string, form: ServiceForm, defaultPolicy: string): Service {
  return {
    id,
    name: form.name ?? id,
    owner: form.owner ?? null,
    policy: form.policy ?? defaultPolicy,
    ...(form.impact !== undefined && { impact: form.impact }),
    runbook: form.runbook ?? null,
    dependsOn: form.depends_on,
    aliases: form.aliases,
    channels: form.channels,
    callLink: form.call_link ?? null,
    statusPage: form.status_page ?? null,
  };
}

/** The routes as the domain sees them, ending with one that matches every alert. */
export function buildRoutes(forms: readonly RouteForm[]): readonly Route[] {
  const routes = forms.map((form, i) => buildRoute(form.name ?? `route ${i + 1}`, form));
  const isComplete = routes.some(({ matchers }) => matchers.length === 0);
  return isComplete ? routes : [...routes, buildRoute('everything else', RouteSchema.parse({}))];
}

function buildRoute(name: string, form: RouteForm): Route {
  return {
    name,
    matchers: form.match,
    incident: form.incident,
    groupBy: form.group_by,
    groupWindowMs: form.group_window,
    policy: form.policy ?? null,
    service: form.service ?? null,
    severity: form.severity ?? null,
    ...(form.impact !== undefined && { impact: form.impact }),
    ...(form.urgency !== undefined && { urgency: form.urgency }),
    autoResolve: form.auto_resolve,
    ackTakesCommand: form.ack_takes_command,
    visibility: form.visibility,
  };
}

/** How far down the list of severities an alert's own severity stands when the file does not say: info is always the mildest. */
const USUAL_RANK: Readonly<Record<AlertSeverity, number>> = {
  critical: 0,
  error: 1,
  warning: 2,
  info: Infinity,
};

/** The settings as the domain sees them. The first policy is the default one when the file names none. */
export function buildSettings({ settings, policies }: ConfigFile, severities: readonly Severity[]): Settings {
  const idAt = (rank: number) => severities[Math.min(rank, severities.length - 1)]?.id ?? '';
  const own = settings.alert_severity;
  return {
    roles: settings.roles,
    defaultSeverity: settings.default_severity ?? idAt(Math.floor((severities.length - 1) / 2)),
    alertSeverity: {
      critical: own.critical ?? idAt(USUAL_RANK.critical),
      error: own.error ?? idAt(USUAL_RANK.error),
      warning: own.warning ?? idAt(USUAL_RANK.warning),
      info: own.info ?? idAt(USUAL_RANK.info),
    },
    defaultPolicy: settings.default_policy ?? Object.keys(policies)[0] ?? '',
    staleAfterMs: settings.stale_after,
    workingHours: settings.working_hours ? buildHours(settings.working_hours) : null,
    ...(settings.holidays && { holidays: settings.holidays }),
    bundleWithinMs: typeof settings.bundle_within === 'number' ? settings.bundle_within : 0,
    ackTimeoutMs: typeof settings.ack_timeout === 'number' ? settings.ack_timeout : null,
    announceRoom: settings.announce_room,
    adminRoom: settings.admin_room,
    shiftRemindersMs: settings.shift_reminders,
    shiftCheckMs: typeof settings.shift_check === 'number' ? settings.shift_check : null,
    zone: settings.zone,
    ...(settings.room_name !== undefined && { roomName: settings.room_name }),
    callLink: settings.call_link ?? null,
    statusPage: settings.status_page ?? null,
  };
}
