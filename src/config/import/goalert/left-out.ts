import type { Notes } from '../notes.ts';
import {
  pointOf,
  type GoAlertPolicy,
  type GoAlertRotation,
  type GoAlertSchedule,
  type GoAlertUser,
  type UserOverride,
} from './shapes.ts';

/** Everything of an answer of GoAlert that can be left out. */
export interface GoAlertExport {
  readonly users: readonly GoAlertUser[];
  readonly rotations: readonly GoAlertRotation[];
  readonly schedules: readonly GoAlertSchedule[];
  readonly overrides: readonly UserOverride[];
  readonly policies: readonly GoAlertPolicy[];
}

/** Notes what of an export has no place in the file, and nothing else says so: nobody shall find out at night. */
export function noteLeftOut(all: GoAlertExport, notes: Notes): void {
  for (const user of all.users) noteUser(user, notes);
  for (const schedule of all.schedules) noteTargets(schedule, notes);
  noteOverrides(all, notes);
  noteRotations(all, notes);
  if (all.policies.length > 0)
    notes.add(
      'changed',
      'all escalation policies',
      'after the last repeat GoAlert stops; Firebell goes on to the last resort.',
    );
}

function noteUser({ name, contactMethods, notificationRules }: GoAlertUser, notes: Notes): void {
  const about = `person ${name}`;
  const off = contactMethods.filter(({ disabled }) => disabled === true);
  if (off.length > 0)
    notes.add('dropped', about, `${off.length} contact methods are switched off in GoAlert.`);
  const on = contactMethods.filter((method) => !off.includes(method));
  const lost = notificationRules.filter(({ contactMethodID: id }) => !on.some((method) => method.id === id));
  if (lost.length > 0)
    notes.add(
      'dropped',
      about,
      `${lost.length} notification rules for a contact method that is switched off or not in the export.`,
    );
  const kinds = on.map(({ type, dest }) => (dest?.type ?? type ?? 'unknown').replace(/^builtin-/, ''));
  const others = kinds.filter((kind) => !/sms|voice|email|slack/i.test(kind));
  if (others.length > 0)
    notes.add(
      'changed',
      about,
      `is told by ${others.join(', ')}, which is not here: a direct message instead.`,
    );
  noteFurther(about, on, notes);
}

function noteFurther(about: string, methods: GoAlertUser['contactMethods'], notes: Notes): void {
  const addresses = (kind: RegExp) =>
    new Set(
      methods
        .filter(({ type, dest }) => kind.test(dest?.type ?? type ?? ''))
        .map(({ value, dest }) => JSON.stringify(Object.values(dest?.args ?? { value }))),
    );
  const several = [/sms|voice/i, /email/i, /slack/i].some((kind) => addresses(kind).size > 1);
  if (several)
    notes.add('dropped', about, 'further addresses and numbers of theirs: a person has one of each here.');
}

function noteTargets({ name, targets }: GoAlertSchedule, notes: Notes): void {
  for (const { target, rules } of targets) {
    const isOpen = rules.some(({ weekdayFilter }) => weekdayFilter.some(Boolean));
    const { kind, id } = pointOf(target);
    const called = `the ${kind} ${target.name ?? id ?? 'without a name'}`;
    if (!isOpen)
      notes.add('dropped', `schedule ${name}`, `${called} has no rule with a day, and is never on call.`);
    else if (id === null) notes.add('dropped', `schedule ${name}`, `${called} has no id.`);
  }
}

function noteOverrides({ overrides, schedules }: GoAlertExport, notes: Notes): void {
  const known = new Set<string | null>(schedules.map(({ id }) => id));
  const strays = overrides.filter(({ target }) => !known.has(pointOf(target).id)).length;
  if (strays > 0)
    notes.add('dropped', 'overrides', `${strays} of them are for a schedule that is not in the export.`);
  const empty = overrides.filter(
    ({ start, end, addUserID, removeUserID }) =>
      start >= end || (addUserID === null && removeUserID === null),
  ).length;
  if (empty > 0)
    notes.add('dropped', 'overrides', `${empty} of them end before they begin, or add and remove nobody.`);
}

function noteRotations({ rotations, schedules, policies }: GoAlertExport, notes: Notes): void {
  const targets = [
    ...schedules.flatMap((schedule) => schedule.targets.map(({ target }) => target)),
    ...policies.flatMap(({ steps }) => steps.flatMap((step) => [...step.targets, ...step.actions])),
  ];
  const used = new Set(targets.map((target) => pointOf(target).id));
  const idle = rotations.filter(({ id }) => !used.has(id)).map(({ name }) => name);
  if (idle.length > 0)
    notes.add('dropped', 'rotations', `no schedule and no escalation policy uses ${idle.join(', ')}.`);
}
