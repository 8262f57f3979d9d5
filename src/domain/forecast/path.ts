import type { Condition, Target, Urgency } from '../directory.ts';
import type { HoursOwner } from '../escalation/run.ts';
import type { Question } from './question.ts';

/** The whole path of a page, if nobody ever answered. */
export interface Forecast {
  readonly question: Question;
  readonly severity: string;
  readonly urgency: Urgency;
  /** The policy and those that take over from it, by id; empty for a page by hand. */
  readonly policies: readonly string[];
  /** The route of the service's alerts, when it decides who is paged. */
  readonly route: string | null;
  /** Routes that send some of the service's alerts elsewhere, depending on more than the service. */
  readonly otherRoutes: readonly string[];
  /** In order; the last is the last resort, with how often it is called again. */
  readonly moments: readonly Moment[];
  /** False when nobody is ever reached on the whole path. */
  readonly reachesSomebody: boolean;
  /** True when the path was too long to be followed to its end. */
  readonly isCut: boolean;
}

/** Something on the path. */
export type Moment = StepMoment | SkipMoment | WaitMoment | RepeatMoment | LastResortMoment;

/** Where on the path: all counted from 1. */
export interface Place {
  readonly policy: string;
  readonly round: number;
  readonly rounds: number;
  readonly step: number;
  readonly steps: number;
}

/** A step that begins at `at` and lasts until the next one does. */
export interface StepMoment {
  readonly kind: 'step';
  readonly at: Date;
  readonly until: Date;
  readonly place: Place;
  readonly targets: readonly ForeseenTarget[];
  /** The targets that take turns with those of this step; empty when everyone is paged. */
  readonly turns: readonly Target[];
  readonly pages: readonly ForeseenPage[];
  /** Nobody of it could be reached, so the next step began at once. */
  readonly isLost: boolean;
}

/** A step that is passed over at once. */
export interface SkipMoment {
  readonly kind: 'skip';
  readonly at: Date;
  readonly place: Place;
  readonly reason: 'condition' | 'nobody';
  /** The conditions that do not hold. */
  readonly failing: readonly Condition[];
  readonly targets: readonly ForeseenTarget[];
}

/** A step, or the last resort when there is no place, that does not begin before somebody of it is at work: it can wait. */
export interface WaitMoment {
  readonly kind: 'wait';
  readonly at: Date;
  readonly until: Date;
  readonly place: Place | null;
  /** Whose working hours are waited for. */
  readonly of: HoursOwner;
}

/** Rounds that only repeat what was before: the same steps with the same people. */
export interface RepeatMoment {
  readonly kind: 'repeat';
  readonly at: Date;
  readonly until: Date;
  readonly policy: string;
  readonly fromRound: number;
  readonly toRound: number;
}

/** What comes when nobody answered at all, and comes again every `everyMs` until somebody does. */
export interface LastResortMoment {
  readonly kind: 'last_resort';
  readonly at: Date;
  readonly everyMs: number;
  readonly targets: readonly ForeseenTarget[];
  readonly pages: readonly ForeseenPage[];
}

/** A target and the people it stands for at that moment; `away` are those it would stand for if they were there. */
export interface ForeseenTarget {
  readonly target: Target;
  readonly people: readonly string[];
  readonly away: readonly string[];
}

/** How one person would be told, and with which rules there would be no time for. */
export interface ForeseenPage {
  readonly personId: string;
  /** Not told before they are at work; null when they are told at once. */
  readonly heldUntil: Date | null;
  readonly attempts: readonly ForeseenAttempt[];
  readonly unused: readonly { readonly channel: string; readonly afterMs: number }[];
  /** No attempt would get through. */
  readonly isUnreachable: boolean;
}

/** One use of one channel; `failure` says why it would not get through. */
export interface ForeseenAttempt {
  readonly channel: string;
  readonly at: Date;
  readonly failure: string | null;
}
