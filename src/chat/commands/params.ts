import type { Subject } from '../../domain/forecast/question.ts';
import type { IncidentStatus } from '../../domain/incident/incident.ts';

/** Something that can be paged or asked about by name. */
export interface NamedTarget {
  readonly kind: 'person' | 'team' | 'schedule' | 'service';
  readonly id: string;
  readonly name: string;
}

/** An escalation policy, meant by `policy <name>` or by a name that nothing else has. */
export interface NamedPolicy {
  readonly kind: 'policy';
  readonly id: string;
  readonly name: string;
}

/** What each kind of parameter gives: ids for what the configuration names, ms for durations, instants for times. */
export interface ParamValues {
  readonly person: string;
  readonly people: readonly string[];
  readonly service: string;
  readonly schedule: string;
  readonly severity: string;
  /** In the words of the configured matrix. */
  readonly impact: string;
  readonly urgency: string;
  readonly status: IncidentStatus;
  readonly role: string;
  readonly target: NamedTarget | NamedPolicy;
  readonly schedule_or_team: NamedTarget;
  /** Something that pages people: what can be a target, or a policy. */
  readonly subject: Subject;
  /** People, as in `@ana and @ben are away`. */
  readonly away: readonly string[];
  readonly number: number;
  readonly duration: number;
  /** A time to come. */
  readonly time: Date;
  /** A time that was; a bare clock time is its latest occurrence. */
  readonly past_time: Date;
  /** A time to come, or a duration from now on. */
  readonly moment: Date;
  /** Everything that no other parameter takes; at most one in a command. */
  readonly text: string;
  readonly choice: string;
  readonly flag: boolean;
}

export type ParamKind = keyof ParamValues;

/**
 * One typed parameter of a command. In a typed line, those that stand before the text are read from its beginning, those after it,
 * and all that have a keyword, from its end.
 */
export interface Param {
  readonly name: string;
  readonly kind: ParamKind;
  readonly description: string;
  readonly required?: boolean;
  /** Words that introduce it in a typed line, the usual one first. */
  readonly keywords?: readonly string[];
  /** What a `choice` can be. */
  readonly choices?: readonly string[];
}

type ValueOf<P extends Param> = P extends { kind: 'choice'; choices: readonly (infer C)[] }
  ? C
  : ParamValues[P['kind']];

/** The arguments that a list of parameters gives. Optional ones are null when they were not given, flags false. */
export type ArgsOf<Ps extends readonly Param[]> = {
  readonly [P in Ps[number] as P['name']]: P extends { kind: 'flag' } | { required: true }
    ? ValueOf<P>
    : ValueOf<P> | null;
};

/** Parameter: how bad it is, by what the configured matrix makes a severity of. */
export const IMPACT = {
  name: 'impact',
  kind: 'impact',
  keywords: ['impact'],
  description: 'Instead of a severity, with urgency',
} as const;

/** Parameter, see `IMPACT`. */
export const URGENCY = {
  name: 'urgency',
  kind: 'urgency',
  keywords: ['urgency'],
  description: 'Instead of a severity, with impact',
} as const;
