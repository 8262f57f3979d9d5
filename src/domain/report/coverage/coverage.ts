import type { Directory, Person } from '../../directory.ts';
import type { Reach } from '../../forecast/play.ts';
import type { Span } from '../../schedule/turns.ts';
import { gapsOf } from './gaps.ts';
import type { ScheduleCoverage } from './gaps.ts';
import { loadOf } from './load.ts';
import type { DoubleDuty, PersonLoad, ShortRest } from './load.ts';
import { pathsOf } from './paths.ts';
import type { PathCoverage } from './paths.ts';
import { peopleTrouble } from './people.ts';
import type { Gone, Unreachable } from './people.ts';
import { deductionsOf } from './score.ts';
import type { Deduction } from './score.ts';
import type { Scope, Window } from './window.ts';

/** What a report may be told beside the configuration. */
export interface Aspects {
  /** Whether a channel reaches a person; that a rule exists is enough, unless said. */
  readonly reach?: Reach;
  /** The schedules and policies it is about; all, unless said. */
  readonly scope?: Scope | null;
}

/** Whether somebody will answer: numbers alone, all times in ms unless they are dates. */
export interface Coverage {
  readonly window: Window;
  /** 100 less all deductions, and never below 0. */
  readonly score: number;
  readonly deductions: readonly Deduction[];
  readonly schedules: readonly ScheduleCoverage[];
  /** One for each policy that something pages, with the policies that take over from it. */
  readonly policies: readonly PathCoverage[];
  readonly unreachable: readonly Unreachable[];
  readonly gone: readonly Gone[];
  /** Everybody who is on call in the window, the busiest first. */
  readonly load: readonly PersonLoad[];
  readonly doubleDuty: readonly DoubleDuty[];
  readonly shortRests: readonly ShortRest[];
}

/** Looks ahead: what of the window nobody, or only one person, would answer, and how the load is spread. Nothing is looked up twice. */
export function coverageOf(directory: Directory, window: Window, aspects: Aspects = {}): Coverage {
  const { reach = hasARule, scope = null } = aspects;
  const span: Span = { start: window.from.getTime(), end: window.to.getTime() };
  const wanted = [...directory.schedules.values()].filter(({ id }) => scope?.schedules.has(id) ?? true);
  const schedules = wanted.map((named) => gapsOf(named, span));
  const policies = pathsOf(directory, span, { reach, scope, schedules });
  const { unreachable, gone } = peopleTrouble(directory, { reach, scope, schedules: wanted });
  const { load, doubleDuty, shortRests } = loadOf(directory, schedules, span);
  const found = { schedules, policies, unreachable, gone };
  const deductions = deductionsOf(found, span.end - span.start);
  const lost = deductions.reduce((sum, { points }) => sum + points, 0);
  const score = Math.max(0, 100 - lost);
  return { window, score, deductions, ...found, load, doubleDuty, shortRests };
}

function hasARule({ name, rules }: Person, channel: string): string | null {
  const known = [...rules.high, ...rules.low].some((rule) => rule.channel === channel);
  return known ? null : `${name} has no rule for ${channel}`;
}
