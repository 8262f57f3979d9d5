import type { Directory } from '../domain/directory.ts';
import { buildChat } from './build-chat.ts';
import { buildCalendars, buildHolidayFeeds } from './build-calendars.ts';
import { buildPerson, buildSeverity, buildTeam, USUAL_SEVERITIES } from './build-people.ts';
import { buildNotify, channelsOf } from './build-notify.ts';
import { buildLastResort, buildPolicy } from './build-policies.ts';
import { buildRoutes, buildService, buildSettings } from './build-routes.ts';
import { buildHolidays } from './build-holidays.ts';
import { buildSchedule } from './build-schedule.ts';
import { buildSeverityMatrix } from './build-severity-matrix.ts';
import type { Config, SourceConfig } from './config.ts';
import type { ConfigFile } from './schema.ts';

/** Completes a checked file: defaults filled in, lists of names made into look-ups. Files that it names are looked for in `folder`. */
export function buildConfig(form: ConfigFile, folder: string): Omit<Config, 'file' | 'hash' | 'text'> {
  return {
    url: form.url?.replace(/\/+$/, '') ?? null,
    directory: buildDirectory(form),
    notify: buildNotify(form),
    sources: mapEntries(form.sources, (name, source): SourceConfig => ({ name, type: source?.type ?? name })),
    chat: buildChat(form),
    calendars: buildCalendars(form, folder),
    holidayFeeds: buildHolidayFeeds(form, folder),
    coverage: { aheadMs: typeof form.coverage.ahead === 'number' ? form.coverage.ahead : null },
  };
}

function buildDirectory(form: ConfigFile): Directory {
  const { zone } = form.settings;
  const channels = channelsOf(form.notify);
  const severities = form.severities
    ? Object.entries(form.severities).map(([id, severity]) => buildSeverity(id, severity))
    : USUAL_SEVERITIES;
  const settings = buildSettings(form, severities);
  const people = mapEntries(form.people, (id, person) => buildPerson(id, person, { zone, channels }));
  const schedules = mapEntries(form.schedules, buildSchedule);
  return {
    people,
    teams: mapEntries(form.teams, buildTeam),
    services: mapEntries(form.services, (id, service) => buildService(id, service, settings.defaultPolicy)),
    schedules,
    policies: mapEntries(form.policies, (id, policy) => buildPolicy(id, policy, { people, schedules, zone })),
    routes: buildRoutes(form.routes),
    severities,
    ...(form.severity_matrix && {
      severityMatrix: buildSeverityMatrix(form.severity_matrix, form.settings.alert_urgency),
    }),
    lastResort: buildLastResort(form.last_resort),
    settings,
    ...(Object.keys(form.holidays).length > 0 && { holidays: buildHolidays(form.holidays) }),
  };
}

function mapEntries<From, To>(
  entries: Readonly<Record<string, From>>,
  build: (id: string, entry: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(entries).map(([id, entry]) => [id, build(id, entry)]));
}
