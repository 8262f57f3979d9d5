import type { Access } from '../../../domain/directory.ts';
import { MINUTE } from '../clockface.ts';
import { sortExport } from '../export-items.ts';
import type { Foreign, ForeignChannel, ForeignPerson, ForeignRule } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { mergeById, readAll } from '../reading.ts';
import { noteUnknown, type Translation, type Vendor } from '../vendor.ts';
import { translateChain } from './chains.ts';
import {
  Chain,
  ChainStep,
  FinalShift,
  GRAFANA_SECTIONS,
  GrafanaRoute,
  GrafanaSchedule,
  GrafanaShift,
  GrafanaTeam,
  GrafanaUser,
  GrafanaWebhook,
  HARMLESS,
  Integration,
  PersonalRule,
} from './shapes.ts';
import { translateSchedule } from './schedules.ts';

/** Grafana OnCall, open source or in the cloud, by its public API. */
export const grafanaOncall: Vendor = {
  name: 'grafana-oncall',
  title: 'Grafana OnCall',
  recognise: (documents) => sortExport(documents, GRAFANA_SECTIONS),
  translate,
};

function translate({ documents, notes }: Translation): Foreign {
  const { items, unknown } = sortExport(documents, GRAFANA_SECTIONS);
  noteUnknown(unknown, notes);
  const as = (what: string) => ({ what, notes, harmless: HARMLESS });
  const users = readAll(GrafanaUser, mergeById(items.users), as('user'));
  const teams = readAll(GrafanaTeam, mergeById(items.teams), as('team'));
  const schedules = readAll(GrafanaSchedule, mergeById(items.schedules), as('schedule'));
  const shifts = readAll(GrafanaShift, mergeById(items.shifts), as('shift'));
  const finals = readAll(FinalShift, items.finalShifts, as('final shift'));
  const chains = readAll(Chain, mergeById(items.chains), as('escalation chain'));
  const steps = readAll(ChainStep, mergeById(items.policies), as('escalation step'));
  const rules = readAll(PersonalRule, mergeById(items.rules), as('notification rule'));
  const integrations = readAll(Integration, mergeById(items.integrations), as('integration'));
  const routes = readAll(GrafanaRoute, mergeById(items.routes), as('route'));
  const webhooks = readAll(GrafanaWebhook, mergeById(items.webhooks), as('webhook'));
  noteLoose(shifts, schedules, notes);
  const usesImportant = steps.some(({ important }) => important === true);
  noteUrgency(rules, usesImportant, notes);
  return {
    people: users.map((user) => personOf(user, rules, usesImportant)),
    mentioned: new Map(finals.flatMap(({ user_pk: id, user_username: name }) => (name ? [[id, name]] : []))),
    teams: teams.map(({ id, name }) => ({
      id,
      name,
      members: users.filter((user) => user.teams.includes(id)).map((user) => user.id),
      schedule: null,
    })),
    schedules: schedules.flatMap((schedule) => translateSchedule(schedule, { shifts, finals, notes }) ?? []),
    policies: chains.map((chain) => translateChain(chain, steps, notes)),
    services: integrations.map(({ id, name, team_id: owner, default_route: route }) => {
      const own = routes.filter(({ integration_id: integration }) => integration === id);
      const last = own.find(({ is_the_last_route: isLast }) => isLast);
      for (const { routing_regex: test, is_the_last_route: isLast } of own) {
        if (!isLast)
          notes.add(
            'dropped',
            `integration ${name}`,
            `its route ${test ?? ''} is tested against the whole alert; write it as a route that matches a label.`,
          );
      }
      return {
        id,
        name,
        owner: owner ?? null,
        policy: last?.escalation_chain_id ?? route?.escalation_chain_id ?? null,
        isQuiet: false,
      };
    }),
    webhooks: webhooks.flatMap(({ id, name, url }) => {
      if (url && URL.canParse(url) && /^https?:/.test(url)) return [{ id, name, url }];
      notes.add('dropped', `webhook ${name}`, 'has no plain address.');
      return [];
    }),
    ackTimeoutMs: null,
  };
}

function noteLoose(
  shifts: readonly GrafanaShift[],
  schedules: readonly GrafanaSchedule[],
  notes: Notes,
): void {
  const used = new Set(schedules.flatMap((schedule) => schedule.shifts));
  const loose = shifts.filter(({ id }) => !used.has(id));
  if (loose.length > 0)
    notes.add(
      'dropped',
      'shifts',
      `${loose.length} are in no schedule of the export: ${loose.map(({ name, id }) => name ?? id).join(', ')}.`,
    );
}

const ACCESS: Readonly<Record<string, Access>> = {
  admin: 'admin',
  editor: 'responder',
  user: 'responder',
  viewer: 'observer',
  observer: 'observer',
};

function personOf(user: GrafanaUser, rules: readonly PersonalRule[], usesImportant: boolean): ForeignPerson {
  const own = rules.filter((rule) => rule.user_id === user.id);
  const usual = rulesOf(own.filter(({ important }) => important !== true));
  const important = rulesOf(own.filter(({ important: is }) => is === true));
  const slack = slackOf(user.slack);
  return {
    id: user.id,
    name: user.name ?? user.username,
    email: user.email,
    zone: user.timezone,
    access: ACCESS[user.role?.toLowerCase() ?? ''] ?? 'responder',
    phone: null,
    handles: slack === null ? {} : { slack },
    rules: { high: usesImportant ? (important ?? usual) : usual, low: usual },
  };
}

function slackOf(slack: unknown): string | null {
  const first: unknown = Array.isArray(slack) ? slack[0] : slack;
  const id = (first as { readonly user_id?: unknown } | null)?.user_id;
  return typeof id === 'string' && id !== '' ? id : null;
}

const CHANNEL: Readonly<Record<string, ForeignChannel>> = {
  notify_by_sms: 'sms',
  notify_by_phone_call: 'voice',
  notify_by_email: 'email',
  notify_by_mobile_app: 'push',
  notify_by_mobile_app_critical: 'push',
};

function rulesOf(rules: readonly PersonalRule[]): readonly ForeignRule[] | null {
  let afterMs = 0;
  const found: ForeignRule[] = [];
  for (const { type, duration } of rules.toSorted((a, b) => a.position - b.position)) {
    if (type === 'wait') afterMs += (duration ?? 60) * 1000;
    else if (type !== null)
      found.push({ channel: CHANNEL[type] ?? 'chat', afterMs: Math.round(afterMs / MINUTE) * MINUTE });
  }
  return found.length > 0 ? found : null;
}

function noteUrgency(rules: readonly PersonalRule[], usesImportant: boolean, notes: Notes): void {
  if (rules.length === 0) return;
  const how = usesImportant
    ? 'the important ones hold for high urgency and the others for low'
    : 'no step is important, so the default ones hold for both urgencies';
  notes.add(
    'changed',
    'notification rules',
    `a step of a chain says which of a person's two lists holds; here the severity of the incident does: ${how}.`,
  );
}
