import type { Path } from './problem.ts';
import type { ConfigFile } from './schema.ts';
import type { Target } from './schema/policies.ts';
import type { Schedule } from './schema/schedules.ts';

/** One target of a step or of the last resort, and everybody it may ever page. */
export interface Way {
  readonly path: Path;
  readonly target: Target;
  readonly people: ReadonlySet<string>;
  /** How long a page on this way lasts before the next step ends it. */
  readonly waitMs: number;
}

/** Every way in which the sound parts of a file page people. */
export function waysToReach(file: Partial<ConfigFile>): readonly Way[] {
  const { teams = {}, schedules = {}, policies = {}, last_resort: lastResort } = file;
  const reach = { teams, schedules };
  const steps = Object.entries(policies).flatMap(([id, policy]) =>
    policy.steps.flatMap((step, i) =>
      waysOf(step.targets, { path: ['policies', id, 'steps', i, 'targets'], waitMs: step.ack_within, reach }),
    ),
  );
  if (!lastResort) return steps;
  return [
    ...steps,
    ...waysOf(lastResort.targets, { path: ['last_resort', 'targets'], waitMs: lastResort.every, reach }),
  ];
}

type Reach = Pick<ConfigFile, 'teams' | 'schedules'>;

function waysOf(
  targets: readonly Target[],
  { path, waitMs, reach }: { readonly path: Path; readonly waitMs: number; readonly reach: Reach },
): readonly Way[] {
  return targets.map((target, i) => ({
    path: [...path, i],
    target,
    people: new Set(peopleBehind(target, reach)),
    waitMs,
  }));
}

function peopleBehind({ person, schedule, team }: Target, { teams, schedules }: Reach): readonly string[] {
  if (person !== undefined) return [person];
  if (schedule !== undefined) return peopleOn(schedules[schedule]);
  const paged = team === undefined ? undefined : teams[team];
  if (!paged) return [];
  return paged.schedule === undefined ? paged.members : peopleOn(schedules[paged.schedule]);
}

/** Everybody whom a schedule may ever put on call. */
export function peopleOn(form: Schedule | undefined): readonly string[] {
  if (!form) return [];
  const layers = form.schedule?.layers ?? form.layers ?? [];
  const slots = layers.flatMap((layer) => [
    ...layer.participants,
    ...changesOf(layer).flatMap(({ participants }) => participants),
  ]);
  const named = Object.values(form.ical?.map ?? {}).flat();
  const overrides = form.schedule?.overrides ?? form.overrides ?? [];
  const stands = overrides.flatMap((override) => {
    if ('users' in override) return override.users;
    return 'with' in override ? (override.with ?? []) : override.user;
  });
  return [...new Set([...slots.flat(), ...stands, ...named])];
}

type AnyLayer = NonNullable<Schedule['layers']>[number] | NonNullable<Schedule['schedule']>['layers'][number];

/** The roster changes of a layer, in either way of writing it. */
export function changesOf(
  layer: AnyLayer,
): readonly { readonly participants: readonly (string | readonly string[])[] }[] {
  return (
    ('rosterChanges' in layer
      ? layer.rosterChanges
      : 'roster_changes' in layer
        ? layer.roster_changes
        : null) ?? []
  );
}
