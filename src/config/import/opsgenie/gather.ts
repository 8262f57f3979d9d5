import { sortExport, type ExportDocument, type Item } from '../export-items.ts';
import type { Notes } from '../notes.ts';
import { mergeById, readAll } from '../reading.ts';
import { noteUnknown } from '../vendor.ts';
import {
  Contact,
  Escalation,
  Forwarding,
  HARMLESS,
  NotificationRule,
  OPSGENIE_SECTIONS,
  OpsgenieOverride,
  OpsgenieSchedule,
  OpsgenieService,
  OpsgenieTeam,
  OpsgenieUser,
  RoutingRule,
  ScheduleFile,
  TeamFile,
  Timeline,
  UserFile,
} from './shapes.ts';

/** Everything of an export of Opsgenie, each kind by itself, whether it came from the API or from Opsgenie's backup tool. */
export type OpsgenieExport = ReturnType<typeof gather>;

/** Something that names what it belongs to by a parent, or only by the file in which it stands. */
interface Child {
  readonly from: string;
  readonly _parent?:
    | { readonly id?: string | null | undefined; readonly name: string | null }
    | null
    | undefined;
  readonly parent?:
    | { readonly id?: string | null | undefined; readonly name: string | null }
    | null
    | undefined;
}

/** True when `child` belongs to the thing with this id or name. */
export function belongsTo(
  child: Child,
  { id, name }: { readonly id: string; readonly name: string },
): boolean {
  const parent = child._parent ?? child.parent;
  if (parent?.id) return parent.id === id;
  if (parent?.name) return parent.name === name;
  return child.from.includes(id);
}

/** Reads and sorts an export. What cannot be read, or has no counterpart, is noted. */
export function gather(documents: readonly ExportDocument[], notes: Notes) {
  const { items, unknown } = sortExport(documents, OPSGENIE_SECTIONS);
  noteUnknown(unknown, notes);
  const as = (what: string) => ({ what, notes, harmless: HARMLESS });
  const users = readAll(UserFile, items.userFiles, as('user file'));
  const teams = readAll(TeamFile, items.teamFiles, as('team file'));
  const schedules = readAll(ScheduleFile, items.scheduleFiles, as('schedule file'));
  const inside = (whole: readonly Item['value'][]) => whole.map((value): Item => ({ from: '', value }));
  const children = (
    whole: readonly { readonly of: Item['value']; readonly parts: readonly Item['value'][] }[],
  ) =>
    inside(
      whole.flatMap(({ of, parts }) =>
        parts.map((part) => ({ ...part, _parent: { id: of['id'], name: of['name'] ?? of['username'] } })),
      ),
    );
  const parts = {
    users: inside(users.map(({ user }) => user)),
    rules: children(
      users.map(({ user, notificationRuleList }) => ({ of: user, parts: notificationRuleList })),
    ),
    teams: inside(teams.map(({ team }) => team)),
    routing: children(teams.map(({ team, teamRoutingRules }) => ({ of: team, parts: teamRoutingRules }))),
    schedules: inside(schedules.map(({ schedule }) => schedule)),
    overrides: children(
      schedules.map(({ schedule, scheduleOverrideList }) => ({ of: schedule, parts: scheduleOverrideList })),
    ),
  };
  return {
    users: readAll(OpsgenieUser, mergeById([...items.users, ...parts.users]), as('user')),
    contacts: readAll(Contact, items.contacts, as('contact')),
    notificationRules: readAll(
      NotificationRule,
      mergeById([...items.notificationRules, ...parts.rules]),
      as('notification rule'),
    ),
    teams: readAll(OpsgenieTeam, mergeById([...items.teams, ...parts.teams]), as('team')),
    routingRules: readAll(
      RoutingRule,
      mergeById([...items.routingRules, ...parts.routing]),
      as('routing rule'),
    ),
    schedules: readAll(OpsgenieSchedule, mergeById([...items.schedules, ...parts.schedules]), as('schedule')),
    overrides: readAll(OpsgenieOverride, [...items.overrides, ...parts.overrides], as('override')),
    timelines: readAll(Timeline, items.timelines, {
      ...as('timeline'),
      harmless: [...HARMLESS, 'baseTimeline', 'overrideTimeline', 'forwardingTimeline'],
    }),
    escalations: readAll(Escalation, mergeById(items.escalations), as('escalation')),
    services: readAll(OpsgenieService, mergeById(items.services), as('service')),
    forwardings: readAll(Forwarding, items.forwardings, as('forwarding rule')),
  };
}
