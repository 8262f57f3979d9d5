import type {
  Foreign,
  ForeignPerson,
  ForeignPolicy,
  ForeignSchedule,
  ForeignStep,
  ForeignTarget,
} from './foreign.ts';
import { chooseDefault, chooseLastResort, MOST_TARGETS, policyOfAll } from './choices.ts';
import { MINUTE } from './clockface.ts';
import type { Notes } from './notes.ts';

/** An export in which everything that is named exists, and what Firebell needs beside it. */
export interface Complete extends Foreign {
  readonly lastResort: readonly ForeignTarget[];
  readonly defaultPolicy: string;
}

const MOST_STEPS = 20;

/** Closes the gaps of an export, noting each; null, with a note, when there is nobody in it who could be paged. */
export function completeForeign(foreign: Foreign, notes: Notes): Complete | null {
  const schedules = foreign.schedules.filter((schedule) => hasSomebody(schedule, notes));
  const people = withMissing(foreign, schedules, notes);
  if (people.length === 0) {
    notes.add('dropped', 'everything', 'the export has no people, so there is nobody to page.');
    return null;
  }
  const known = new Set(people.map(({ id }) => id));
  const teams = foreign.teams.map((team) => {
    const schedule = schedules.some(({ id }) => id === team.schedule) ? team.schedule : null;
    return { ...team, schedule, members: [...new Set(team.members)].filter((id) => known.has(id)) };
  });
  const reachable = reachableTargets({ ...foreign, people, schedules, teams });
  const kept = foreign.policies.flatMap((policy) => cleanPolicy(policy, reachable, notes));
  const lastResort = chooseLastResort(people, kept, notes);
  const policies = kept.length > 0 ? kept : [policyOfAll(lastResort, notes)];
  const complete = { ...foreign, people, schedules, teams, policies };
  return {
    ...complete,
    people: asResponders(complete, lastResort, notes),
    services: foreign.services.map((service) => ({
      ...service,
      owner: teams.some(({ id }) => id === service.owner) ? service.owner : null,
      policy: policies.some(({ id }) => id === service.policy) ? service.policy : null,
    })),
    lastResort,
    defaultPolicy: chooseDefault(complete, notes),
  };
}

function hasSomebody({ name, schedule }: ForeignSchedule, notes: Notes): boolean {
  if (peopleIn(schedule).length > 0) return true;
  notes.add('dropped', `schedule ${name}`, 'has nobody in any of its rotations, so it would page nobody.');
  return false;
}

/** Everybody whom a schedule may put on call. */
export function peopleIn({ layers, overrides = [] }: ForeignSchedule['schedule']): readonly string[] {
  const turns = layers.flatMap(({ participants }) => participants.flat());
  const stands = overrides.flatMap((override) => {
    if (override.type === 'replaceAll') return override.users;
    if (override.type === 'add') return [override.user];
    return override.with === null ? [] : [override.with];
  });
  return [...new Set([...turns, ...stands])];
}

function withMissing(
  { people, policies, mentioned }: Foreign,
  schedules: readonly ForeignSchedule[],
  notes: Notes,
): readonly ForeignPerson[] {
  const known = new Set(people.map(({ id }) => id));
  const targets = policies.flatMap(({ steps }) => steps.flatMap((step) => step.targets));
  const named = [
    ...schedules.flatMap(({ schedule }) => peopleIn(schedule)),
    ...targets.flatMap(({ kind, id }) => (kind === 'person' ? [id] : [])),
  ];
  const missing = [...new Set(named)].filter((id) => !known.has(id));
  const added = missing.map((id): ForeignPerson => {
    const name = mentioned.get(id) ?? id;
    notes.add(
      'changed',
      `person ${name}`,
      `is on call or paged (${id}) but not among the users of the export, perhaps deleted. The turn is kept and nobody can be reached in it: give them an address, or put somebody else in.`,
    );
    return {
      id,
      name,
      email: null,
      zone: null,
      access: 'responder',
      phone: null,
      handles: {},
      rules: { high: null, low: null },
    };
  });
  return [...people, ...added];
}

function reachableTargets({
  people,
  schedules,
  teams,
  webhooks,
}: Foreign): (target: ForeignTarget) => boolean {
  const ids = {
    person: new Set(people.map(({ id }) => id)),
    schedule: new Set(schedules.map(({ id }) => id)),
    team: new Set(
      teams.filter(({ members, schedule }) => members.length > 0 || schedule !== null).map(({ id }) => id),
    ),
    webhook: new Set(webhooks.map(({ id }) => id)),
  };
  return ({ kind, id }) => kind === 'channel' || ids[kind].has(id);
}

function cleanPolicy(
  policy: ForeignPolicy,
  isReachable: (target: ForeignTarget) => boolean,
  notes: Notes,
): readonly ForeignPolicy[] {
  const about = `escalation policy ${policy.name}`;
  const steps = policy.steps.flatMap((step, i): readonly ForeignStep[] => {
    const targets = step.targets.filter((target) => {
      if (isReachable(target)) return true;
      notes.add(
        'dropped',
        about,
        `step ${i + 1} pages the ${target.kind} ${target.id}, which is not in the export or pages nobody.`,
      );
      return false;
    });
    if (targets.length > MOST_TARGETS) {
      notes.add(
        'dropped',
        about,
        `step ${i + 1} has ${targets.length} targets; the first ${MOST_TARGETS} are kept. Make a team of them.`,
      );
    }
    if (targets.length > 0)
      return [{ ...step, targets: targets.slice(0, MOST_TARGETS), ackWithinMs: inRange(step.ackWithinMs) }];
    notes.add('dropped', about, `step ${i + 1} has nobody to page and is left out.`);
    return [];
  });
  if (steps.length === 0) {
    notes.add('dropped', about, 'no step of it pages anybody, so it is left out.');
    return [];
  }
  if (steps.length > MOST_STEPS) {
    notes.add('dropped', about, `has ${steps.length} steps; the first ${MOST_STEPS} are kept.`);
  }
  if (policy.rounds > 10) {
    notes.add(
      'changed',
      about,
      `goes through its steps ${policy.rounds} times; 10 is the most here, and then the last resort is paged.`,
    );
  }
  return [{ ...policy, steps: steps.slice(0, MOST_STEPS), rounds: Math.min(10, Math.max(1, policy.rounds)) }];
}

function inRange(ms: number): number {
  return Math.min(7 * 24 * 60 * MINUTE, Math.max(MINUTE, ms));
}

/** Observers cannot acknowledge: whoever is paged becomes a responder. */
function asResponders(
  { people, schedules, teams, policies }: Foreign,
  lastResort: readonly ForeignTarget[],
  notes: Notes,
): readonly ForeignPerson[] {
  const targets = [...lastResort, ...policies.flatMap(({ steps }) => steps.flatMap((step) => step.targets))];
  const paged = new Set(
    targets.flatMap(({ kind, id }) => {
      if (kind === 'person') return [id];
      const team = kind === 'team' ? teams.find((one) => one.id === id) : undefined;
      const scheduleId = kind === 'schedule' ? id : (team?.schedule ?? null);
      const schedule = schedules.find((one) => one.id === scheduleId);
      return schedule ? peopleIn(schedule.schedule) : (team?.members ?? []);
    }),
  );
  return people.map((person) => {
    if (person.access !== 'observer' || !paged.has(person.id)) return person;
    notes.add(
      'changed',
      `person ${person.name}`,
      'may only look on in the old tool, and is paged; here they are a responder, who can acknowledge.',
    );
    return { ...person, access: 'responder' };
  });
}
