import type { Directory, Person, WorkingHours } from '../../directory.ts';
import type { Reach } from '../../forecast/play.ts';
import { holidaysOf } from '../../holiday/holidays.ts';
import { openingOf } from '../../schedule/hours.ts';
import type { Line } from '../../text.ts';
import { coverageOf } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { adminsOf, ownersOf } from './owners.ts';
import { lengthOf, without } from './spans.ts';
import { deductionLine, gapLine, scheduleName } from './tell.ts';

/** Something that will go wrong unless somebody does something, for the one who is to do it. */
export interface Problem {
  readonly owner: string;
  /** The same for the same trouble: `gap primary`, `unreachable ana`, `gone zoe`. */
  readonly subject: string;
  readonly start: Date;
  /** Far away for what has no end in sight. */
  readonly end: Date;
  /** In the owner's zone. */
  readonly line: Line;
}

/** A problem that its owner was told of; `goneAt` is since when it is not found any more. */
export interface ToldProblem extends Pick<Problem, 'owner' | 'subject' | 'start' | 'end'> {
  readonly goneAt: Date | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far a gap is followed to its end. */
const FOLLOWED_MS = 30 * DAY;
const NO_END_MS = 3_650 * DAY;
/** What is not found for so long was solved: found again, it is told again. */
const SOLVED_AFTER_MS = DAY;

/** What is ahead: gaps that begin in time, people on call who cannot be reached, names that stand for nobody. */
export function problemsAhead(
  directory: Directory,
  now: Date,
  { aheadMs, reach }: { readonly aheadMs: number; readonly reach: Reach },
): readonly Problem[] {
  const horizon = new Date(now.getTime() + aheadMs);
  const window = { from: now, to: new Date(horizon.getTime() + FOLLOWED_MS) };
  const report = coverageOf(directory, window, { reach });
  return [...gapProblems(report, horizon, directory), ...peopleProblems(report, now, directory)];
}

function gapProblems(
  { schedules, window }: Coverage,
  horizon: Date,
  directory: Directory,
): readonly Problem[] {
  return schedules.flatMap(({ schedule, gaps }) => {
    const near = gaps.filter(({ isPlanned, start }) => !isPlanned && start < horizon);
    return ownersOf(schedule, directory).flatMap((owner) =>
      near.map((gap): Problem => {
        const isOpenEnded = gap.end.getTime() >= window.to.getTime();
        const end = isOpenEnded ? new Date(gap.start.getTime() + NO_END_MS) : gap.end;
        const words = gapLine(gap, { zone: zoneOf(owner, directory) });
        const line: Line = [scheduleName(schedule, { directory }), ` has nobody on call: ${words}.`];
        return { owner, subject: `gap ${schedule}`, start: gap.start, end, line };
      }),
    );
  });
}

function peopleProblems({ deductions }: Coverage, now: Date, directory: Directory): readonly Problem[] {
  return deductions.flatMap((deduction) => {
    if (deduction.kind !== 'unreachable' && deduction.kind !== 'gone') return [];
    const subject = `${deduction.kind} ${deduction.person}`;
    const span = { start: now, end: new Date(now.getTime() + NO_END_MS) };
    return adminsOf(directory).map((owner): Problem => {
      const line = deductionLine(deduction, { directory, zone: zoneOf(owner, directory) });
      return { owner, subject, ...span, line };
    });
  });
}

/** The problems that their owners do not know of: told before and still there, or a part of what they were told, is no news. */
export function unknownTo(
  told: readonly ToldProblem[],
  problems: readonly Problem[],
  now: Date,
): readonly Problem[] {
  const alive = told.filter((one) => !isSolved(one, now));
  return problems.filter(({ owner, subject, start, end }) => {
    const same = alive.filter((one) => one.owner === owner && one.subject === subject);
    const spans = same
      .map((one) => ({ start: one.start.getTime(), end: one.end.getTime() }))
      .toSorted((a, b) => a.start - b.start);
    const span = { start: start.getTime(), end: end.getTime() };
    return lengthOf(without([span], spans)) >= Math.min(HOUR, span.end - span.start);
  });
}

/** What owners know of after they were told of `due`: what is not found any more is marked, once; what was solved stays so. */
export function remember(
  told: readonly ToldProblem[],
  {
    problems,
    due,
    now,
  }: { readonly problems: readonly Problem[]; readonly due: readonly Problem[]; readonly now: Date },
): readonly ToldProblem[] {
  const known = new Map<string, ToldProblem>();
  const keep = (one: ToldProblem): void => {
    const key = JSON.stringify([one.owner, one.subject, one.start]);
    const before = known.get(key);
    known.set(key, before && before.end > one.end ? { ...one, end: before.end } : one);
  };
  for (const one of told) {
    const isFound = !isSolved(one, now) && problems.some((problem) => isPartOf(problem, one));
    keep({ ...one, goneAt: isFound ? null : (one.goneAt ?? now) });
  }
  for (const { owner, subject, start, end } of due) keep({ owner, subject, start, end, goneAt: null });
  return [...known.values()];
}

function isPartOf({ owner, subject, start, end }: Problem, told: ToldProblem): boolean {
  return owner === told.owner && subject === told.subject && start < told.end && told.start < end;
}

function isSolved({ goneAt }: ToldProblem, now: Date): boolean {
  return goneAt !== null && now.getTime() - goneAt.getTime() >= SOLVED_AFTER_MS;
}

const OFFICE: WorkingHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00' };

/** Whether somebody may be told of a problem now: at work, or because it begins before they are. */
export function mayBeTold(
  person: Person,
  problem: Pick<Problem, 'start'>,
  now: Date,
  directory: Directory,
): boolean {
  const hours = person.workingHours ?? directory.settings.workingHours ?? OFFICE;
  const closed = [...holidaysOf(person.id, directory).keys()];
  const opening = openingOf({ hours, zone: person.zone, closed }, now);
  return opening === null || opening <= now || opening > problem.start;
}

function zoneOf(id: string, { people, settings }: Directory): string {
  return people.get(id)?.zone ?? settings.zone;
}
