import { nearestWord } from '../lib/edit-distance.ts';
import { USUAL_SEVERITIES } from './build-people.ts';
import { list } from './explain.ts';
import { fault, quote, type Finding, type Path } from './problem.ts';
import { childOf, keysOf } from './raw.ts';

/** The kinds of thing that are called by name, and how a message calls them. */
const KINDS = {
  people: { one: 'a person', many: 'People' },
  teams: { one: 'a team', many: 'Teams' },
  services: { one: 'a service', many: 'Services' },
  schedules: { one: 'a schedule', many: 'Schedules' },
  policies: { one: 'a policy', many: 'Policies' },
  severities: { one: 'a severity', many: 'Severities' },
  keepers: { one: 'a person or a schedule', many: 'People and schedules' },
  owners: { one: 'a team or a person', many: 'Teams and people' },
  impacts: { one: 'an impact of severity_matrix', many: 'Impacts' },
  urgencies: { one: 'an urgency of severity_matrix', many: 'Urgencies' },
  holidays: { one: 'a calendar of holidays', many: 'Calendars of holidays' },
  webhooks: { one: 'one of notify.webhooks', many: 'Webhooks' },
} as const;
type Kind = keyof typeof KINDS;

/** Every place of the file that names something of another place; `*` stands for any key or list item. */
const REFERENCES: readonly (readonly [path: string, kind: Kind])[] = [
  ['teams.*.members.*', 'people'],
  ['teams.*.schedule', 'schedules'],
  ['services.*.owner', 'teams'],
  ['services.*.policy', 'policies'],
  ['services.*.depends_on.*', 'services'],
  ['schedules.*.owner', 'owners'],
  ['schedules.*.layers.*.participants.*', 'people'],
  ['schedules.*.layers.*.participants.*.*', 'people'],
  ['schedules.*.layers.*.roster_changes.*.participants.*', 'people'],
  ['schedules.*.layers.*.roster_changes.*.participants.*.*', 'people'],
  ['schedules.*.overrides.*.users.*', 'people'],
  ['schedules.*.overrides.*.user', 'people'],
  ['schedules.*.overrides.*.with', 'people'],
  ['schedules.*.ical.map.*', 'people'],
  ['schedules.*.ical.map.*.*', 'people'],
  ['schedules.*.schedule.layers.*.participants.*', 'people'],
  ['schedules.*.schedule.layers.*.participants.*.*', 'people'],
  ['schedules.*.schedule.layers.*.rosterChanges.*.participants.*', 'people'],
  ['schedules.*.schedule.layers.*.rosterChanges.*.participants.*.*', 'people'],
  ['schedules.*.schedule.overrides.*.users.*', 'people'],
  ['schedules.*.schedule.overrides.*.user', 'people'],
  ['schedules.*.schedule.overrides.*.with', 'people'],
  ...targetsAt('policies.*.steps.*.targets.*'),
  ...targetsAt('last_resort.targets.*'),
  ['policies.*.steps.*.conditions.*.severity_at_least', 'severities'],
  ['policies.*.steps.*.conditions.*.working_hours_of', 'keepers'],
  ...['people.*', 'teams.*', 'schedules.*', 'settings'].flatMap((owner) => holidaysAt(owner)),
  ['policies.*.then', 'policies'],
  ['routes.*.policy', 'policies'],
  ['routes.*.service', 'services'],
  ['routes.*.severity', 'severities'],
  ['settings.default_policy', 'policies'],
  ['settings.default_severity', 'severities'],
  ['settings.alert_severity.*', 'severities'],
  ['severity_matrix.*.*', 'severities'],
  ['services.*.impact', 'impacts'],
  ['routes.*.impact', 'impacts'],
  ['routes.*.urgency', 'urgencies'],
  ['settings.alert_urgency.*', 'urgencies'],
  ['chat.discord.forum.severities.*', 'severities'],
  ['chat.discord.voice.*', 'severities'],
  ['chat.discord.on_call_roles.*.schedule', 'schedules'],
];

function holidaysAt(owner: string): readonly (readonly [string, Kind])[] {
  return [
    [`${owner}.holidays`, 'holidays'],
    [`${owner}.holidays.*`, 'holidays'],
  ];
}

function targetsAt(path: string): readonly (readonly [string, Kind])[] {
  return [
    [`${path}.person`, 'people'],
    [`${path}.schedule`, 'schedules'],
    [`${path}.team`, 'teams'],
    [`${path}.webhook`, 'webhooks'],
  ];
}

type Names = Readonly<Record<Kind, ReadonlySet<string>>>;

/**
 * Names that stand for nothing. Works on the raw values, so that a mistake of another kind never hides one of these: something
 * that is there, but written wrongly, counts as there.
 */
export function checkNames(value: unknown): readonly Finding[] {
  const names = namesOf(value);
  return REFERENCES.flatMap(([path, kind]) =>
    valuesAt(value, path.split('.'), []).flatMap(({ path: at, name }) =>
      checkName(at, name, { kind, names }),
    ),
  );
}

function namesOf(value: unknown): Names {
  const severities = keysOf(childOf(value, 'severities'));
  const matrix = childOf(value, 'severity_matrix');
  const impacts = keysOf(matrix);
  return {
    people: keysOf(childOf(value, 'people')),
    teams: keysOf(childOf(value, 'teams')),
    services: keysOf(childOf(value, 'services')),
    schedules: keysOf(childOf(value, 'schedules')),
    keepers: new Set([...keysOf(childOf(value, 'people')), ...keysOf(childOf(value, 'schedules'))]),
    owners: new Set([...keysOf(childOf(value, 'teams')), ...keysOf(childOf(value, 'people'))]),
    policies: keysOf(childOf(value, 'policies')),
    severities: severities.size > 0 ? severities : new Set(USUAL_SEVERITIES.map(({ id }) => id)),
    impacts,
    urgencies: new Set([...impacts].slice(0, 1).flatMap((first) => [...keysOf(childOf(matrix, first))])),
    holidays: keysOf(childOf(value, 'holidays')),
    webhooks: keysOf(childOf(childOf(value, 'notify'), 'webhooks')),
  };
}

function checkName(
  path: Path,
  name: string,
  { kind, names }: { readonly kind: Kind; readonly names: Names },
): readonly Finding[] {
  const known = names[kind];
  if (known.has(name)) return [];
  const { one, many } = KINDS[kind];
  const meant = nearestWord(name, [...known]);
  const suggestion = meant === null ? elsewhere(name, names) : ` Did you mean ${quote(meant)}?`;
  const choice = known.size === 0 ? ` The file has none yet: add it.` : list(`${many} are`, [...known]);
  return [fault(path, `names ${quote(name)}, which is not ${one}.${suggestion}${choice}`)];
}

function elsewhere(name: string, names: Names): string {
  const kind = (Object.keys(KINDS) as readonly Kind[]).find((other) => names[other].has(name));
  return kind === undefined ? '' : ` It is ${KINDS[kind].one}.`;
}

interface Named {
  readonly path: Path;
  readonly name: string;
}

function valuesAt(value: unknown, pattern: readonly string[], path: Path): readonly Named[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return typeof value === 'string' ? [{ path, name: value }] : [];
  if (step !== '*') return valuesAt(childOf(value, step), rest, [...path, step]);
  if (Array.isArray(value)) return value.flatMap((item, i) => valuesAt(item, rest, [...path, i]));
  return [...keysOf(value)].flatMap((key) => valuesAt(childOf(value, key), rest, [...path, key]));
}
