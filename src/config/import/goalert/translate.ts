import { MINUTE } from '../clockface.ts';
import { sortExport } from '../export-items.ts';
import type {
  Foreign,
  ForeignChannel,
  ForeignPerson,
  ForeignPolicy,
  ForeignRule,
  ForeignTarget,
} from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { mergeById, readAll } from '../reading.ts';
import { noteUnknown, type Translation, type Vendor } from '../vendor.ts';
import { noteLeftOut } from './left-out.ts';
import { scheduleOfRotation, translateSchedule } from './schedules.ts';
import {
  GOALERT_SECTIONS,
  GoAlertPolicy,
  GoAlertRotation,
  GoAlertSchedule,
  GoAlertService,
  GoAlertUser,
  HARMLESS,
  pointOf,
  UserOverride,
  type ContactMethod,
  type Target,
} from './shapes.ts';

/** GoAlert, by the answer of its GraphQL API. */
export const goalert: Vendor = {
  name: 'goalert',
  title: 'GoAlert',
  recognise: (documents) => sortExport(documents, GOALERT_SECTIONS),
  translate,
};

function translate({ documents, notes, now }: Translation): Foreign {
  const { items, unknown } = sortExport(documents, GOALERT_SECTIONS);
  noteUnknown(unknown, notes);
  const as = (what: string) => ({ what, notes, harmless: HARMLESS });
  const users = readAll(GoAlertUser, mergeById(items.users), as('user'));
  const rotations = readAll(GoAlertRotation, mergeById(items.rotations), as('rotation'));
  const schedules = readAll(GoAlertSchedule, mergeById(items.schedules), as('schedule'));
  const overrides = readAll(UserOverride, mergeById(items.overrides), as('override'));
  const policies = readAll(GoAlertPolicy, mergeById(items.policies), as('escalation policy'));
  const services = readAll(GoAlertService, mergeById(items.services), as('service'));
  noteLeftOut({ users, rotations, schedules, overrides, policies }, notes);
  const context = { rotations, overrides, notes, now };
  const paged = new Set(
    policies.flatMap(({ steps }) => steps.flatMap((step) => pointsOf(step).map(({ id }) => id))),
  );
  if (schedules.length > 0) {
    notes.add(
      'changed',
      'all schedules',
      'where a clock shows a time twice, a rule ends at the first one here; GoAlert ends it at the second and lets two people overlap. In a skipped hour GoAlert uses the moment after the gap, Firebell moves the time forward by it.',
    );
  }
  if (users.some((user) => user.notificationRules.length > 0)) {
    notes.add(
      'changed',
      'notification rules',
      'GoAlert has one list for each person; it holds for both urgencies here.',
    );
  }
  return {
    people: users.map(personOf),
    mentioned: new Map(
      rotations.flatMap((rotation) =>
        rotation.users.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])),
      ),
    ),
    teams: [],
    schedules: [
      ...schedules.map((schedule) => translateSchedule(schedule, context)),
      ...rotations
        .filter(({ id }) => paged.has(id))
        .flatMap((rotation) => scheduleOfRotation(rotation, context) ?? []),
    ],
    policies: policies.map((policy) => policyOf(policy, notes)),
    services: services.map(({ id, name, escalationPolicyID, escalationPolicy }) => ({
      id,
      name,
      owner: null,
      policy: escalationPolicyID ?? escalationPolicy?.id ?? null,
      isQuiet: false,
    })),
    webhooks: webhooksOf(policies),
    ackTimeoutMs: null,
  };
}

type Step = GoAlertPolicy['steps'][number];

/** In newer versions a step has actions, in older ones targets; a few have both, saying the same. */
function pointsOf({
  targets,
  actions,
}: Step): readonly (Target & { readonly kind: string; readonly id: string | null })[] {
  return (actions.length > 0 ? actions : targets).map((target) => ({ ...target, ...pointOf(target) }));
}

function policyOf({ id, name, repeat, steps }: GoAlertPolicy, notes: Notes): ForeignPolicy {
  const about = `escalation policy ${name}`;
  if (repeat !== null && repeat !== undefined && repeat < 0)
    notes.add(
      'changed',
      about,
      'repeats for ever; 10 rounds are the most here, and then the last resort goes on.',
    );
  return {
    id,
    name,
    steps: steps
      .toSorted((a, b) => (a.stepNumber ?? 0) - (b.stepNumber ?? 0))
      .map((step) => ({
        targets: pointsOf(step).flatMap((point) => targetOf(point, { about, notes })),
        ackWithinMs: step.delayMinutes * MINUTE,
        strategy: 'everyone',
        within: null,
      })),
    rounds: repeat !== null && repeat !== undefined && repeat < 0 ? 10 : (repeat ?? 0) + 1,
  };
}

function targetOf(
  { kind, id, name, type, args }: ReturnType<typeof pointsOf>[number],
  { about, notes }: { readonly about: string; readonly notes: Notes },
): readonly ForeignTarget[] {
  if (id !== null && kind === 'user') return [{ kind: 'person', id }];
  if (id !== null && (kind === 'schedule' || kind === 'rotation')) return [{ kind: 'schedule', id }];
  const url = args?.['webhook_url'];
  if (kind === 'webhook' && typeof url === 'string') return [{ kind: 'webhook', id: url }];
  if (kind.startsWith('slack') && !kind.includes('dm')) {
    notes.add(
      'changed',
      about,
      `tells the Slack channel ${name ?? id ?? ''}; the channel is named in the file and has to exist where Firebell talks.`,
    );
    const channel = name ?? id;
    return channel === null ? [] : [{ kind: 'channel', id: channel.replace(/^#/, '') }];
  }
  notes.add('dropped', about, `pages ${name ?? id ?? 'something'} (${type}), which has no counterpart.`);
  return [];
}

function webhooksOf(policies: readonly GoAlertPolicy[]): Foreign['webhooks'] {
  const urls = policies.flatMap(({ steps }) =>
    steps.flatMap(({ actions }) => actions.map(({ args }) => args?.['webhook_url'])),
  );
  const plain = urls.filter(
    (url): url is string => typeof url === 'string' && URL.canParse(url) && /^https?:/.test(url),
  );
  return [...new Set(plain)].map((url) => ({ id: url, name: new URL(url).hostname, url }));
}

function personOf({ id, name, email, role, contactMethods, notificationRules }: GoAlertUser): ForeignPerson {
  const enabled = contactMethods.filter(({ disabled }) => disabled !== true);
  const of = (wanted: ForeignChannel) => enabled.find((method) => channelOf(method) === wanted);
  const phone = of('sms') ?? of('voice');
  const slack = enabled.map(slackOf).find((one) => one !== null);
  const rules = notificationRules.flatMap(({ delayMinutes, contactMethodID }): readonly ForeignRule[] => {
    const method = enabled.find((one) => one.id === contactMethodID);
    return method ? [{ channel: channelOf(method), afterMs: delayMinutes * MINUTE }] : [];
  });
  return {
    id,
    name,
    email: email ?? addressOf(of('email')),
    zone: null,
    access: role === 'admin' ? 'admin' : 'responder',
    phone: addressOf(phone),
    handles: slack ? { slack } : {},
    rules: { high: rules.length > 0 ? rules : null, low: rules.length > 0 ? rules : null },
  };
}

function channelOf({ type, dest }: ContactMethod): ForeignChannel {
  const word = (dest?.type ?? type ?? '').toLowerCase();
  if (word.includes('sms')) return 'sms';
  if (word.includes('voice')) return 'voice';
  return word.includes('email') ? 'email' : 'chat';
}

function addressOf(method: ContactMethod | undefined): string | null {
  const args = Object.values(method?.dest?.args ?? {}).find((value) => typeof value === 'string');
  return (typeof args === 'string' ? args : null) ?? method?.value ?? null;
}

function slackOf(method: ContactMethod): string | null {
  return /slack/i.test(method.dest?.type ?? method.type ?? '') ? addressOf(method) : null;
}
