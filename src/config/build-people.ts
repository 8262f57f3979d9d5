import type { NotificationRule, Person, Severity, Team, Urgency, WorkingHours } from '../domain/directory.ts';
import type { Person as PersonForm } from './schema/people.ts';
import type { Severity as SeverityForm } from './schema/severities.ts';
import type { Team as TeamForm } from './schema/teams.ts';
import type { WorkingHours as WorkingHoursForm } from './schema/times.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const URGENCIES: readonly Urgency[] = ['high', 'low'];
/** How long the other channels of the usual rules wait for the direct message to be answered. */
const USUAL_WAIT_MS = 2 * MINUTE;

/** Channels whose address is a handle of the same name, in the order in which the usual rules use them. */
const BY_HANDLE = ['ntfy', 'pushover', 'webhook'];

/** What a person's entry is completed from. */
export interface PersonDefaults {
  readonly zone: string;
  /** Names of the channels that the file has what is needed for. */
  readonly channels: ReadonlySet<string>;
}

/** A person as the domain sees them: the usual rules and the installation's zone where the file says nothing. */
export function buildPerson(id: string, form: PersonForm, defaults: PersonDefaults): Person {
  const usual = usualRules(form, defaults);
  const rulesFor = (urgency: Urgency) =>
    form.rules[urgency]?.toSorted((a, b) => a.afterMs - b.afterMs) ?? usual;
  return {
    id,
    name: form.name ?? id,
    email: form.email ?? null,
    phone: form.phone ?? null,
    zone: form.zone ?? defaults.zone,
    access: form.access,
    handles: form.handles,
    rules: { high: rulesFor('high'), low: rulesFor('low') },
    usualRules: URGENCIES.filter((urgency) => form.rules[urgency] === undefined),
    workingHours: form.working_hours ? buildHours(form.working_hours) : null,
    ...(form.holidays && { holidays: form.holidays }),
  };
}

function usualRules(
  { email, phone, handles }: PersonForm,
  { channels }: PersonDefaults,
): readonly NotificationRule[] {
  const addressed = [
    ...(email === undefined ? [] : ['email']),
    ...BY_HANDLE.filter((name) => handles[name]),
    ...(phone === undefined ? [] : ['sms', 'voice']),
  ];
  const others = addressed.filter((name) => channels.has(name));
  return [{ channel: 'dm', afterMs: 0 }, ...others.map((channel) => ({ channel, afterMs: USUAL_WAIT_MS }))];
}

/** Hours as the domain sees them. */
export function buildHours({ days, start, end }: WorkingHoursForm): WorkingHours {
  return { days, start, end };
}

/** A team as the domain sees it. */
export function buildTeam(id: string, { name, members, schedule, holidays }: TeamForm): Team {
  return { id, name: name ?? id, members, schedule: schedule ?? null, ...(holidays && { holidays }) };
}

/** A severity as the domain sees it. */
export function buildSeverity(id: string, form: SeverityForm): Severity {
  return {
    id,
    name: form.name ?? id,
    urgency: form.urgency,
    targets: {
      acknowledgeMs: form.acknowledge ?? null,
      firstUpdateMs: form.first_update ?? null,
      resolveMs: form.resolve ?? null,
      updateEveryMs: form.update_every ?? null,
    },
  };
}

/** The severities of a file that names none, from worst to mildest. */
export const USUAL_SEVERITIES: readonly Severity[] = [
  usual('sev1', 'Critical', {
    acknowledge: 5 * MINUTE,
    firstUpdate: 15 * MINUTE,
    resolve: 4 * HOUR,
    every: 30 * MINUTE,
  }),
  usual('sev2', 'Major', {
    acknowledge: 10 * MINUTE,
    firstUpdate: 30 * MINUTE,
    resolve: 8 * HOUR,
    every: HOUR,
  }),
  usual('sev3', 'Moderate', {
    acknowledge: 30 * MINUTE,
    firstUpdate: 2 * HOUR,
    resolve: 24 * HOUR,
    every: 4 * HOUR,
  }),
  usual('sev4', 'Minor', null),
  usual('sev5', 'Notice', null),
];

interface UsualTargets {
  readonly acknowledge: number;
  readonly firstUpdate: number;
  readonly resolve: number;
  readonly every: number;
}

function usual(id: string, name: string, targets: UsualTargets | null): Severity {
  return {
    id,
    name,
    urgency: targets === null ? 'low' : 'high',
    targets: {
      acknowledgeMs: targets?.acknowledge ?? null,
      firstUpdateMs: targets?.firstUpdate ?? null,
      resolveMs: targets?.resolve ?? null,
      updateEveryMs: targets?.every ?? null,
    },
  };
}
