import { z } from 'zod';
import { Chat } from './schema/chat.ts';
import { Coverage } from './schema/coverage.ts';
import { HolidayCalendar } from './schema/holidays.ts';
import { Notify } from './schema/notify.ts';
import { Person } from './schema/people.ts';
import { LastResort, Policy } from './schema/policies.ts';
import { Route } from './schema/routes.ts';
import { Schedule } from './schema/schedules.ts';
import { Service } from './schema/services.ts';
import { Settings } from './schema/settings.ts';
import { Severity } from './schema/severities.ts';
import { SeverityMatrix } from './schema/severity-matrix.ts';
import { Source } from './schema/sources.ts';
import { Team } from './schema/teams.ts';
import { Id, WebUrl } from './schema/words.ts';

/** firebell.yaml, section by section. Names that sections use for each other are checked apart. */
export const ConfigFile = z.strictObject({
  url: WebUrl.optional().describe('Address at which people reach Firebell, for links in pages and mails'),
  settings: Settings.prefault({}),
  people: z.record(Id, Person),
  teams: z.record(Id, Team).default({}),
  services: z.record(Id, Service).default({}),
  schedules: z.record(Id, Schedule).default({}),
  policies: z.record(Id, Policy),
  last_resort: LastResort.describe('Paged when nobody else answered, again and again until somebody does'),
  holidays: z
    .record(Id, HolidayCalendar)
    .default({})
    .describe(
      'Calendars of days on which people do not work; people, teams, schedules and settings name them',
    ),
  severities: z
    .record(Id, Severity)
    .optional()
    .describe('From worst to mildest; sev1 to sev5 with usual targets unless said'),
  severity_matrix: SeverityMatrix.optional().describe(
    'Impact -> urgency -> severity, the worst first, like `high: { high: sev1, low: sev2 }`. Impacts and urgencies have names of your own',
  ),
  routes: z.array(Route).default([]).describe('In order: the first that matches an alert decides'),
  sources: z.record(Id, Source).default({ alertmanager: null, generic: null }),
  notify: Notify.prefault({}),
  chat: Chat.prefault({}),
  coverage: Coverage.prefault({}).describe('Looking ahead: whom to tell of gaps, and when'),
});
export type ConfigFile = z.output<typeof ConfigFile>;

/** The name of a section of the file. */
export type Section = keyof ConfigFile;

/** The sections of the file. */
export const SECTIONS = Object.keys(ConfigFile.shape) as readonly Section[];
