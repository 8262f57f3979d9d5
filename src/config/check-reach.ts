import type { CheckContext } from './check-context.ts';
import { caution, fault, quote, type Finding } from './problem.ts';
import { waysToReach, type Way } from './reach.ts';
import type { ConfigFile } from './schema.ts';
import type { Layer, Schedule } from './schema/schedules.ts';

/** Targets that page nobody, or somebody who cannot answer; and a last resort that may find nobody. */
export function checkReach(file: Partial<ConfigFile>, { isWhole }: CheckContext): readonly Finding[] {
  const ways = waysToReach(file);
  const lastWays = ways.filter(({ path }) => path[0] === 'last_resort');
  return [
    ...(isWhole('schedules', 'teams') ? ways.filter((way) => isEmpty(way, file)).map(emptyTarget) : []),
    ...ways.flatMap((way) => checkObservers(way, file)),
    ...checkSilentPolicies(ways, file),
    ...(isWhole('schedules', 'teams') ? checkLastResort(lastWays, file) : []),
  ];
}

// A name that stands for nothing has been reported as such.
function isEmpty({ target: { schedule, team }, people }: Way, file: Partial<ConfigFile>): boolean {
  const { schedules, teams } = file;
  if (people.size > 0 || isFromCalendar({ schedule, team }, file)) return false;
  const paged = team === undefined ? undefined : teams?.[team];
  if (paged) return paged.schedule === undefined || schedules?.[paged.schedule] !== undefined;
  return schedule !== undefined && schedules?.[schedule] !== undefined;
}

/** Whom a calendar names is not known here. */
function isFromCalendar(
  { schedule, team }: Pick<Way['target'], 'schedule' | 'team'>,
  { schedules, teams }: Partial<ConfigFile>,
): boolean {
  const id = schedule ?? (team === undefined ? undefined : teams?.[team]?.schedule);
  return id !== undefined && schedules?.[id]?.ical !== undefined;
}

function emptyTarget({ path, target: { schedule, team } }: Way): Finding {
  return team === undefined
    ? fault(
        [...path, 'schedule'],
        `pages nobody: no turn of the schedule ${quote(schedule)} has anybody. Put people into its rotation.`,
      )
    : fault(
        [...path, 'team'],
        `pages nobody: the team ${quote(team)} has neither members nor anybody on its schedule. Add some.`,
      );
}

function checkObservers({ path, people }: Way, file: Partial<ConfigFile>): readonly Finding[] {
  const observers = [...people].filter((id) => file.people?.[id]?.access === 'observer');
  return observers.map((id) =>
    caution(
      path,
      `pages ${quote(id)}, who is an observer and cannot acknowledge. Give people.${id} \`access: responder\`, or page somebody else.`,
    ),
  );
}

function checkSilentPolicies(ways: readonly Way[], { policies }: Partial<ConfigFile>): readonly Finding[] {
  const speaking = new Set(ways.filter(({ target }) => isForPeople(target)).map(({ path }) => path[1]));
  return Object.keys(policies ?? {})
    .filter((id) => !speaking.has(id))
    .map((id) =>
      caution(
        ['policies', id, 'steps'],
        'pages no person: channels and webhooks are only told. Add a person, a schedule or a team.',
      ),
    );
}

function isForPeople({ channel, webhook }: Way['target']): boolean {
  return channel === undefined && webhook === undefined;
}

function checkLastResort(
  ways: readonly Way[],
  { schedules, teams }: Partial<ConfigFile>,
): readonly Finding[] {
  if (ways.length === 0 || !schedules || !teams) return [];
  if (!ways.some(({ target }) => isForPeople(target))) {
    return [
      fault(
        ['last_resort', 'targets'],
        'pages no person: channels and webhooks are only told. Add a person, a schedule or a team who must answer.',
      ),
    ];
  }
  const certain = ways.some(({ target, people }) => {
    const scheduleId = target.schedule ?? teams[target.team ?? '']?.schedule;
    return people.size > 0 && (scheduleId === undefined || !mayBeEmpty(schedules[scheduleId]));
  });
  const known = ways.some(
    ({ target, people }) => people.size > 0 || isFromCalendar(target, { schedules, teams }),
  );
  return certain || !known
    ? []
    : [
        caution(
          ['last_resort', 'targets'],
          'depends on schedules in which at times nobody may be on call. Add a person who can always be paged.',
        ),
      ];
}

/** True unless one layer alone always has somebody. Overrides are left out: they end. */
function mayBeEmpty(form: Schedule | undefined): boolean {
  if (!form) return true;
  if (form.schedule)
    return !form.schedule.layers.some((layer) =>
      isAlwaysOn(layer, layer.activeUntil, layer.rosterChanges ?? []),
    );
  return !(form.layers ?? []).some((layer) =>
    isAlwaysOn(layer, layer.active_until, layer.roster_changes ?? []),
  );
}

type AnyLayer = {
  readonly participants: Layer['participants'] | readonly (string | readonly string[])[];
  readonly restrictions?: readonly unknown[] | undefined;
};

function isAlwaysOn(
  { participants, restrictions }: AnyLayer,
  activeUntil: string | undefined,
  changes: readonly Pick<AnyLayer, 'participants'>[],
): boolean {
  const slots = [...participants, ...changes.flatMap((change) => change.participants)];
  return (
    activeUntil === undefined && (restrictions ?? []).length === 0 && slots.every((slot) => slot.length > 0)
  );
}
