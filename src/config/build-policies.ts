import type {
  Condition,
  LastResort,
  NamedSchedule,
  Person,
  Policy,
  Step,
  Target,
} from '../domain/directory.ts';
import { buildHours } from './build-people.ts';
import {
  TARGET_KINDS,
  type Condition as ConditionForm,
  type LastResort as LastResortForm,
  type Policy as PolicyForm,
  type Step as StepForm,
  type Target as TargetForm,
} from './schema/policies.ts';

/** What conditions refer to. */
export interface PolicyContext {
  readonly people: ReadonlyMap<string, Person>;
  readonly schedules: ReadonlyMap<string, NamedSchedule>;
  readonly zone: string;
}

/** A policy as the domain sees it. */
export function buildPolicy(id: string, form: PolicyForm, context: PolicyContext): Policy {
  return {
    id,
    steps: form.steps.map((step) => buildStep(step, context)),
    rounds: form.rounds,
    followedBy: form.then ?? null,
  };
}

/** The last resort as the domain sees it. */
export function buildLastResort({ targets, every }: LastResortForm): LastResort {
  return { targets: targets.flatMap(buildTarget), everyMs: every };
}

/** A target as the domain sees it, in a list of one; empty for what names nothing. */
export function buildTarget(form: TargetForm): readonly Target[] {
  return TARGET_KINDS.flatMap((kind) => {
    const id = form[kind];
    return id === undefined ? [] : [{ kind, id }];
  });
}

function buildStep(form: StepForm, context: PolicyContext): Step {
  return {
    targets: form.targets.flatMap(buildTarget),
    ackWithinMs: form.ack_within,
    strategy: form.strategy,
    ackMode: form.ack_mode,
    conditions: form.conditions.flatMap((condition) => buildCondition(condition, context)),
  };
}

function buildCondition(
  form: ConditionForm,
  { people, schedules, zone }: PolicyContext,
): readonly Condition[] {
  if (form.severity_at_least !== undefined) {
    return [{ kind: 'severity_at_least', severity: form.severity_at_least }];
  }
  if (form.urgency !== undefined) return [{ kind: 'urgency', urgency: form.urgency }];
  if (form.within_hours) {
    return [
      { kind: 'within_hours', hours: buildHours(form.within_hours), zone: form.within_hours.zone ?? zone },
    ];
  }
  if (form.own_working_hours) return [{ kind: 'own_hours' }];
  const name = form.working_hours_of ?? '';
  const person = people.get(name);
  if (person?.workingHours) {
    const of = { kind: 'person', id: person.id } as const;
    return [{ kind: 'within_hours', hours: person.workingHours, zone: person.zone, of }];
  }
  const named = schedules.get(name);
  if (!named?.workingHours) return [];
  const of = { kind: 'schedule', id: named.id } as const;
  return [{ kind: 'within_hours', hours: named.workingHours, zone: named.schedule.timeZone, of }];
}
