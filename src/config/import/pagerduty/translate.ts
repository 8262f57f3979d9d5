import type { Access } from '../../../domain/directory.ts';
import { sortExport } from '../export-items.ts';
import { MINUTE } from '../clockface.ts';
import type { Foreign, ForeignChannel, ForeignPerson, ForeignRule } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { mergeById, readAll, type Reference } from '../reading.ts';
import { noteUnknown, type Vendor, type Translation } from '../vendor.ts';
import { ackTimeoutOf, translatePolicy, translateService } from './policies.ts';
import { translateSchedule } from './schedules.ts';
import {
  EscalationPolicy,
  HARMLESS,
  Member,
  PAGERDUTY_SECTIONS,
  PagerDutyOverride,
  PagerDutySchedule,
  PagerDutyService,
  Team,
  User,
  type ContactMethod,
  type NotificationRule,
} from './shapes.ts';

/** PagerDuty, by its REST API v2. */
export const pagerduty: Vendor = {
  name: 'pagerduty',
  title: 'PagerDuty',
  recognise: (documents) => sortExport(documents, PAGERDUTY_SECTIONS),
  translate,
};

function translate({ documents, notes }: Translation): Foreign {
  const { items, unknown } = sortExport(documents, PAGERDUTY_SECTIONS);
  const as = (what: string) => ({ what, notes, harmless: HARMLESS });
  const users = readAll(User, mergeById(items.users), as('user'));
  const teams = readAll(Team, mergeById(items.teams), as('team'));
  const schedules = readAll(PagerDutySchedule, mergeById(items.schedules), as('schedule'));
  const policies = readAll(EscalationPolicy, mergeById(items.policies), as('escalation policy'));
  const services = readAll(PagerDutyService, mergeById(items.services), as('service'));
  const overrides = readAll(PagerDutyOverride, items.overrides, as('override'));
  const members = readAll(Member, items.members, as('team member'));
  noteUnknown(unknown, notes);
  notes.add(
    'changed',
    'all schedules',
    'hand-offs, restrictions and layers keep their wall time in the schedule’s zone across clock changes; a skipped time is moved forward, of a repeated one the first counts. PagerDuty does not document what it does there.',
  );
  if (policies.length > 0)
    notes.add(
      'changed',
      'all escalation policies',
      'after the last loop PagerDuty stops; Firebell goes on to the last resort. A level with nobody on call is passed over at once in both.',
    );
  noteFurther(users, notes);
  return {
    people: users.map((user) => personOf(user)),
    mentioned: mentionedIn([
      ...schedules.flatMap((schedule) => [
        ...schedule.overrides.map(({ user }) => user),
        ...layerUsers(schedule.schedule_layers ?? []),
      ]),
      ...overrides.map(({ user }) => user),
      ...policies.flatMap(({ escalation_rules: rules }) => rules.flatMap(({ targets }) => targets)),
    ]),
    teams: teams.map(({ id, name }) => ({
      id,
      name,
      members: [
        ...users.filter((user) => user.teams.some((team) => team.id === id)).map((user) => user.id),
        ...members
          .filter(({ team_id: team, from }) => (team ?? '') === id || from.includes(id))
          .map(({ user }) => user.id),
      ],
      schedule: null,
    })),
    schedules: schedules.flatMap((schedule) => {
      const own = overrides.filter(({ from }) => from.includes(schedule.id));
      return translateSchedule(schedule, [...schedule.overrides, ...own], notes) ?? [];
    }),
    policies: policies.map((policy) => translatePolicy(policy, notes)),
    services: services.map((service) => translateService(service, notes)),
    webhooks: [],
    ackTimeoutMs: ackTimeoutOf(services, notes),
  };
}

function noteFurther(users: readonly User[], notes: Notes): void {
  const several = (kind: RegExp) =>
    users.filter(
      (user) =>
        new Set(user.contact_methods.filter(({ type }) => kind.test(type)).map(({ address }) => address))
          .size > 1,
    );
  const names = [...new Set([...several(/^email/), ...several(/^(sms|phone)/)].map(({ name }) => name))];
  if (names.length > 0)
    notes.add(
      'dropped',
      'contact methods',
      `further addresses and numbers of ${names.join(', ')}: a person has one of each here.`,
    );
}

function layerUsers(layers: readonly unknown[]): readonly Reference[] {
  return layers.flatMap((layer) => {
    const users = (layer as { readonly users?: unknown } | null)?.users;
    return Array.isArray(users)
      ? users.flatMap((one: { readonly user?: Reference } | null) => one?.user ?? [])
      : [];
  });
}

function mentionedIn(references: readonly Reference[]): ReadonlyMap<string, string> {
  return new Map(
    references.flatMap(({ id, summary, name }) => ((summary ?? name) ? [[id, summary ?? name ?? id]] : [])),
  );
}

const ACCESS: Readonly<Record<string, Access>> = {
  owner: 'admin',
  admin: 'admin',
  account_owner: 'admin',
  observer: 'observer',
  read_only_user: 'observer',
  read_only_limited_user: 'observer',
};

function personOf({
  id,
  name,
  email,
  time_zone: zone,
  role,
  contact_methods: contacts,
  notification_rules: rules,
}: User): ForeignPerson {
  return {
    id,
    name,
    email: email ?? contacts.find(({ type }) => type.startsWith('email'))?.address ?? null,
    zone,
    access: ACCESS[role ?? ''] ?? 'responder',
    phone: phoneOf(contacts),
    handles: {},
    rules: { high: rulesOf(rules, 'high'), low: rulesOf(rules, 'low') },
  };
}

function phoneOf(contacts: readonly ContactMethod[]): string | null {
  const phones = contacts.filter(({ type, address }) => /^(phone|sms)/.test(type) && address !== null);
  const chosen = phones.find(({ type }) => type.startsWith('sms')) ?? phones[0];
  const digits = chosen?.address?.replaceAll(/\D/g, '');
  return digits ? `+${chosen?.country_code ?? ''}${digits}` : null;
}

const CHANNEL: Readonly<Record<string, ForeignChannel>> = {
  email_contact_method: 'email',
  sms_contact_method: 'sms',
  phone_contact_method: 'voice',
  push_notification_contact_method: 'push',
};

function rulesOf(rules: readonly NotificationRule[], urgency: string): readonly ForeignRule[] | null {
  const own = rules.filter((rule) => rule.urgency === urgency);
  if (own.length === 0) return null;
  return own.map(({ contact_method: { type }, start_delay_in_minutes: minutes }) => ({
    channel: CHANNEL[type.replace(/_reference$/, '')] ?? 'chat',
    afterMs: minutes * MINUTE,
  }));
}
