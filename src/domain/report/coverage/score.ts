import type { PathCoverage } from './paths.ts';
import type { Gone, Unreachable } from './people.ts';
import type { ScheduleCoverage } from './gaps.ts';
import { lengthOf } from './spans.ts';

/** What takes points away, and where. Its sentence is made by `deductionLine`. */
export type Deduction = { readonly points: number } & Reason;

type Reason =
  /** At times no step of the policy finds anybody. */
  | { readonly kind: 'nobody'; readonly policy: string; readonly ms: number; readonly first: Date }
  /** At times all steps of the policy find one person at most. */
  | {
      readonly kind: 'alone';
      readonly policy: string;
      readonly ms: number;
      readonly first: Date;
      readonly person: string | null;
    }
  | {
      readonly kind: 'gaps';
      readonly schedule: string;
      readonly count: number;
      readonly ms: number;
      readonly first: Date;
    }
  /** Nobody else is ever on call there; null when nobody at all is. */
  | { readonly kind: 'one_person'; readonly schedule: string; readonly person: string | null }
  | { readonly kind: 'ends'; readonly schedule: string; readonly at: Date }
  | { readonly kind: 'unreachable'; readonly person: string; readonly reasons: readonly string[] }
  | { readonly kind: 'gone'; readonly person: string; readonly places: readonly string[] };

/**
 * Each rule takes something as soon as it applies, and more the longer it does. None takes less when a gap is added: how the load is
 * spread has no part in it, because a gap eases somebody's load.
 */
const RULES = {
  nobody: { least: 8, more: 22 },
  alone: { least: 2, more: 8 },
  gaps: { least: 4, more: 16 },
  onePerson: 4,
  ends: 2,
  unreachable: 5,
  gone: 3,
} as const;

interface Found {
  readonly schedules: readonly ScheduleCoverage[];
  readonly policies: readonly PathCoverage[];
  readonly unreachable: readonly Unreachable[];
  readonly gone: readonly Gone[];
}

/** All that takes points away in a window of so many ms, the most first. */
export function deductionsOf(
  { schedules, policies, unreachable, gone }: Found,
  windowMs: number,
): readonly Deduction[] {
  const all = [
    ...policies.flatMap((path) => ofPath(path, windowMs)),
    ...schedules.flatMap((schedule) => ofSchedule(schedule, windowMs)),
    ...unreachable.map((one): Deduction => ({ kind: 'unreachable', points: RULES.unreachable, ...one })),
    ...gone.map(({ person, schedules: on, teams, policies: by }): Deduction => ({
      kind: 'gone',
      points: RULES.gone,
      person,
      places: [...on, ...teams, ...by],
    })),
  ];
  return all.toSorted((a, b) => b.points - a.points);
}

function ofPath({ policy, nobody, alone }: PathCoverage, windowMs: number): readonly Deduction[] {
  const nobodyMs = lengthOf(nobody);
  // A time with nobody is one with at most one person, too.
  const thinMs = nobodyMs + lengthOf(alone);
  const [hole, single] = [nobody[0], alone[0]];
  const persons = new Set(alone.map(({ person }) => person));
  const first = Math.min(hole?.start ?? Infinity, single?.start ?? Infinity);
  return [
    ...(hole
      ? [
          {
            kind: 'nobody',
            policy,
            ms: nobodyMs,
            first: new Date(hole.start),
            points: points(RULES.nobody, nobodyMs / windowMs),
          } as const,
        ]
      : []),
    ...(thinMs > 0
      ? [
          {
            kind: 'alone',
            policy,
            ms: thinMs,
            first: new Date(first),
            person: persons.size === 1 ? (single?.person ?? null) : null,
            points: points(RULES.alone, thinMs / windowMs),
          } as const,
        ]
      : []),
  ];
}

function ofSchedule(
  { schedule, gaps, hours, endsAt }: ScheduleCoverage,
  windowMs: number,
): readonly Deduction[] {
  const open = gaps.filter(({ isPlanned }) => !isPlanned);
  const ms = open.reduce((sum, { unplannedMs }) => sum + unplannedMs, 0);
  const [first] = open;
  return [
    ...(first
      ? [
          {
            kind: 'gaps',
            schedule,
            count: open.length,
            ms,
            first: first.start,
            points: points(RULES.gaps, ms / windowMs),
          } as const,
        ]
      : []),
    ...(hours.length > 1
      ? []
      : [
          {
            kind: 'one_person',
            schedule,
            person: hours[0]?.person ?? null,
            points: RULES.onePerson,
          } as const,
        ]),
    ...(endsAt === null ? [] : [{ kind: 'ends', schedule, at: endsAt, points: RULES.ends } as const]),
  ];
}

function points({ least, more }: { readonly least: number; readonly more: number }, share: number): number {
  return least + Math.round(more * share);
}
