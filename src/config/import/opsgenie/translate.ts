import type { Access } from '../../../domain/directory.ts';
import { sortExport } from '../export-items.ts';
import type { Foreign, ForeignChannel, ForeignPerson, ForeignRule } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import type { Translation, Vendor } from '../vendor.ts';
import { belongsTo, gather, type OpsgenieExport } from './gather.ts';
import { isOn, noteLeftOut } from './left-out.ts';
import { amountMs, policiesOfTeams, translateEscalation } from './policies.ts';
import { translateSchedule, type Stand } from './schedules.ts';
import { OPSGENIE_SECTIONS, type OpsgenieUser, type Recipient } from './shapes.ts';

/** Opsgenie, and Jira Service Management's operations, by its REST API v2 or the files of its backup tool. */
export const opsgenie: Vendor = {
  name: 'opsgenie',
  title: 'Opsgenie',
  recognise: (documents) => sortExport(documents, OPSGENIE_SECTIONS),
  translate,
};

function translate({ documents, notes }: Translation): Foreign {
  const all = gather(documents, notes);
  noteLeftOut(all, notes);
  const stand = standIn(all, notes);
  const rulesOf = (team: { readonly id: string; readonly name: string }) =>
    all.routingRules.filter((rule) => belongsTo(rule, team));
  const { byTeam, made } = policiesOfTeams(all, rulesOf, notes);
  if (all.schedules.length > 0) {
    notes.add(
      'changed',
      'all schedules',
      'rotations and time restrictions keep their wall time in the schedule’s zone across clock changes; a skipped time is moved forward, of a repeated one the first counts. Opsgenie does not document what it does there.',
    );
  }
  if (all.forwardings.length > 0)
    notes.add(
      'changed',
      'forwarding rules',
      'hold on every schedule as overrides; pages for a person named in an escalation are not forwarded.',
    );
  return {
    people: all.users.map((user) => personOf(user, all, notes)),
    mentioned: mentionedIn(all),
    teams: all.teams.map((team) => ({
      id: team.id,
      name: team.name,
      members: team.members.flatMap(({ user }) => stand({ ...user, type: 'user' }, `team ${team.name}`)),
      schedule: null,
    })),
    schedules: all.schedules.flatMap((schedule) => translateSchedule(schedule, all, { notes, stand }) ?? []),
    policies: [
      ...all.escalations.map((escalation) =>
        translateEscalation(escalation, { notes, stand, teams: all.teams }),
      ),
      ...made,
    ],
    services: all.services.map(({ id, name, teamId }) => ({
      id,
      name,
      owner: teamId ?? null,
      policy: byTeam.get(teamId ?? '') ?? null,
      isQuiet: false,
    })),
    webhooks: [],
    ackTimeoutMs: null,
  };
}

interface Named {
  readonly id?: string | null | undefined;
  readonly username: string | null;
  readonly name: string | null;
}

/** Users are named by id or by address, teams stand for their members, an escalation for nobody that can be told. */
function standIn({ users, teams }: OpsgenieExport, notes: Notes): Stand {
  const userId = ({ id, username, name }: Named): readonly string[] => {
    if (id) return [id];
    const address = username ?? name;
    const found = users.find((user) => user.username.toLowerCase() === address?.toLowerCase());
    return found ? [found.id] : address ? [address] : [];
  };
  return (recipient, about) => {
    if (recipient.type === 'none') return [];
    if (recipient.type === 'user') return userId(recipient);
    const team = teams.find(({ id, name }) => id === recipient.id || name === recipient.name);
    if (recipient.type === 'team' && team) return team.members.flatMap(({ user }) => userId(user));
    notes.add(
      'dropped',
      about,
      `has the ${recipient.type} ${recipient.name ?? recipient.id ?? ''} in a turn, which is not in the export or has no counterpart: nobody is on call then.`,
    );
    return [];
  };
}

function mentionedIn({
  schedules,
  escalations,
  overrides,
  teams,
}: OpsgenieExport): ReadonlyMap<string, string> {
  const participants = schedules.flatMap(({ rotations }) =>
    (rotations ?? []).flatMap((rotation) => {
      const list = (rotation as { readonly participants?: unknown } | null)?.participants;
      return Array.isArray(list) ? (list as readonly (Partial<Recipient> | null)[]) : [];
    }),
  );
  const recipients = [
    ...participants,
    ...escalations.flatMap(({ rules }) => rules.map(({ recipient }) => recipient)),
    ...overrides.map(({ user }) => user),
    ...teams.flatMap(({ members }) => members.map(({ user }) => user)),
  ];
  return new Map(
    recipients.flatMap((one) => {
      const name = one?.username ?? one?.name;
      return one?.id && name ? [[one.id, name] as const] : [];
    }),
  );
}

const CHANNEL: Readonly<Record<string, ForeignChannel>> = {
  email: 'email',
  sms: 'sms',
  voice: 'voice',
  mobile: 'push',
  push: 'push',
};

function personOf(
  user: OpsgenieUser,
  { contacts, notificationRules }: OpsgenieExport,
  notes: Notes,
): ForeignPerson {
  const name = user.fullName ?? user.username;
  const asParent = { id: user.id, name: user.username };
  const rules = notificationRules.filter((rule) => belongsTo(rule, asParent));
  const own = [
    ...contacts
      .filter((contact) => isOn(contact) && belongsTo(contact, asParent))
      .map(({ method, to }) => ({ method, to })),
    ...user.userContacts.map(({ contactMethod: method, to }) => ({ method, to })),
    ...rules.flatMap(({ steps }) => steps.map(({ contact }) => contact)),
  ];
  const phone = own.find(({ method }) => method === 'sms') ?? own.find(({ method }) => method === 'voice');
  const created = createRule(rules, name, notes);
  return {
    id: user.id,
    name,
    email: user.username,
    zone: user.timeZone,
    access: accessOf(user),
    phone: phone?.to ? `+${phone.to.replaceAll(/\D/g, '')}` : null,
    handles: {},
    rules: { high: created, low: created },
  };
}

function accessOf({ role }: OpsgenieUser): Access {
  const name = (typeof role === 'string' ? role : role?.name)?.toLowerCase();
  if (name === 'owner' || name === 'admin') return 'admin';
  return name === 'observer' || name === 'stakeholder' ? 'observer' : 'responder';
}

/** The rule for new alerts is the one that pages; its steps for both urgencies, because Opsgenie has none. */
function createRule(
  rules: OpsgenieExport['notificationRules'],
  name: string,
  notes: Notes,
): readonly ForeignRule[] | null {
  const creating = rules.filter(
    ({ actionType, enabled }) => actionType === 'create-alert' && enabled !== false,
  );
  const plain = creating.find(
    ({ criteria, timeRestriction }) => !timeRestriction && (criteria?.type ?? 'match-all') === 'match-all',
  );
  const chosen = plain ?? creating[0];
  const others = rules.filter((rule) => rule !== chosen && rule.enabled !== false);
  if (others.length > 0) {
    const kinds = [...new Set(others.map(({ actionType }) => actionType))].join(', ');
    notes.add(
      'dropped',
      'notification rules',
      `those that are not for every new alert (${kinds}) have no counterpart.`,
    );
  }
  if (!chosen) return null;
  if (chosen !== plain)
    notes.add(
      'changed',
      `person ${name}`,
      'their rule for new alerts holds for some alerts or some hours; here it holds for all.',
    );
  const steps = chosen.steps.filter(({ enabled }) => enabled !== false);
  return steps.map(({ contact, sendAfter }) => ({
    channel: CHANNEL[contact.method.toLowerCase()] ?? 'chat',
    afterMs: sendAfter ? amountMs(sendAfter) : 0,
  }));
}
