import type { Notes } from '../notes.ts';
import { belongsTo, type OpsgenieExport } from './gather.ts';

/** Notes what of an export has no place in the file, and nothing else says so: nobody shall find out at night. */
export function noteLeftOut(all: OpsgenieExport, notes: Notes): void {
  noteContacts(all, notes);
  noteSteps(all, notes);
  notePeople(all, notes);
  noteOwners(all, notes);
  noteRoutes(all, notes);
  noteStrays(all, notes);
  notePeriods(all, notes);
}

function noteContacts({ users, contacts }: OpsgenieExport, notes: Notes): void {
  const off = contacts.filter((contact) => !isOn(contact)).length;
  if (off > 0) notes.add('dropped', 'contacts', `${off} of them are switched off in Opsgenie.`);
  const several = users.filter((user) => {
    const own = contacts.filter((one) => isOn(one) && belongsTo(one, { id: user.id, name: user.username }));
    const all = [
      ...own.map(({ method, to }) => ({ method, to })),
      ...user.userContacts.map(({ contactMethod, to }) => ({ method: contactMethod, to })),
    ];
    const addresses = (kind: RegExp) =>
      new Set(all.filter(({ method }) => kind.test(method)).map(({ to }) => to?.toLowerCase() ?? ''));
    const mails = addresses(/^email$/i).difference(new Set([user.username.toLowerCase()]));
    return mails.size > 0 || addresses(/^(sms|voice)$/i).size > 1;
  });
  if (several.length > 0) {
    const names = several.map(({ fullName, username }) => fullName ?? username).join(', ');
    notes.add(
      'dropped',
      'contacts',
      `further addresses and numbers of ${names}: a person has one of each here.`,
    );
  }
}

/** False for a contact that its owner has switched off. */
export function isOn({ enabled, status }: OpsgenieExport['contacts'][number]): boolean {
  return enabled !== false && status?.enabled !== false;
}

const METHODS = ['email', 'sms', 'voice', 'mobile', 'push'];

function noteSteps({ notificationRules }: OpsgenieExport, notes: Notes): void {
  const off = notificationRules.filter(({ enabled }) => enabled === false).length;
  if (off > 0) notes.add('dropped', 'notification rules', `${off} of them are switched off in Opsgenie.`);
  const steps = notificationRules.flatMap((rule) => rule.steps);
  const silent = steps.filter(({ enabled }) => enabled === false).length;
  if (silent > 0)
    notes.add('dropped', 'notification rules', `${silent} steps in them that are switched off in Opsgenie.`);
  const others = steps
    .map(({ contact }) => contact.method)
    .filter((method) => !METHODS.includes(method.toLowerCase()));
  if (others.length > 0)
    notes.add(
      'changed',
      'notification rules',
      `tell people by ${[...new Set(others)].join(', ')}, which is not here: a direct message instead.`,
    );
}

const ROLES = ['owner', 'admin', 'user', 'observer', 'stakeholder'];

function notePeople({ users }: OpsgenieExport, notes: Notes): void {
  for (const { fullName, username, role, blocked } of users) {
    const about = `person ${fullName ?? username}`;
    if (blocked === true)
      notes.add(
        'changed',
        about,
        'is blocked in Opsgenie, and is paged here: take them out if they are gone.',
      );
    const name = typeof role === 'string' ? role : role?.name;
    if (name && !ROLES.includes(name.toLowerCase()))
      notes.add('changed', about, `has the role ${name} of your own making; here they are a responder.`);
  }
}

function noteOwners({ schedules, escalations }: OpsgenieExport, notes: Notes): void {
  const owned = schedules.flatMap(({ name, ownerTeam }) =>
    ownerTeam ? [`${name} (${ownerTeam.name ?? ownerTeam.id})`] : [],
  );
  if (owned.length > 0)
    notes.add(
      'dropped',
      'owners of schedules',
      `write \`owner\` where a team shall hear of gaps: ${owned.join(', ')}.`,
    );
  const count = escalations.filter(({ ownerTeam }) => ownerTeam).length;
  if (count > 0)
    notes.add('dropped', 'owners of escalations', `${count} belong to a team; a policy has no owner here.`);
}

function noteRoutes({ teams, routingRules }: OpsgenieExport, notes: Notes): void {
  for (const team of teams) {
    const own = routingRules.filter((rule) => belongsTo(rule, team));
    const chosen = own.find(({ isDefault }) => isDefault) ?? own.at(-1);
    if (!chosen) continue;
    const about = `team ${team.name}`;
    const kind = chosen.notify?.type ?? 'none';
    if (kind !== 'escalation' && kind !== 'schedule')
      notes.add(
        'changed',
        about,
        `its routing rule ${chosen.name ?? 'without a name'} notifies ${kind}; its services have the default policy here.`,
      );
    if (chosen.isDefault) continue;
    notes.add(
      'changed',
      about,
      `has no default routing rule in the export; the last one, ${chosen.name ?? 'without a name'}, holds for every alert here.`,
    );
  }
}

/** What belongs to something that is not in the export would be lost without a word. */
function noteStrays(
  {
    users,
    contacts,
    notificationRules,
    schedules,
    overrides,
    timelines,
    teams,
    routingRules,
  }: OpsgenieExport,
  notes: Notes,
): void {
  const people = users.map(({ id, username }) => ({ id, name: username }));
  const kinds = [
    { about: 'contacts', of: 'user', parts: contacts, owners: people },
    { about: 'notification rules', of: 'user', parts: notificationRules, owners: people },
    { about: 'overrides', of: 'schedule', parts: overrides, owners: schedules },
    { about: 'timelines', of: 'schedule', parts: timelines, owners: schedules },
    { about: 'routing rules', of: 'team', parts: routingRules, owners: teams },
  ] as const;
  for (const { about, of, parts, owners } of kinds) {
    const strays = parts.filter((part) => !owners.some((owner) => belongsTo(part, owner))).length;
    if (strays > 0)
      notes.add('dropped', about, `${strays} of them say of no ${of} in the export that they belong to it.`);
  }
}

function notePeriods({ schedules, overrides, forwardings }: OpsgenieExport, notes: Notes): void {
  const all = [...schedules.flatMap((schedule) => schedule.overrides), ...overrides, ...forwardings];
  const empty = all.filter(({ startDate, endDate }) => startDate >= endDate).length;
  if (empty > 0)
    notes.add('dropped', 'overrides and forwarding rules', `${empty} of them end before they begin.`);
}
