import type {
  Comparison,
  Detail,
  Difference,
  Fact,
  RosterAdvice,
  Run,
  ScheduleChange,
} from '../domain/diff/comparison.ts';
import { showRosterChange, showSlots } from '../config/edit-roster.ts';
import { cleanLine } from '../lib/clean-text.ts';
import { cityOf, showStep, showWall, showWallEnd, type WallContext } from './wall-words.ts';

/** More of them than anybody reads; the rest is counted. */
const MOST_RUNS = 12;
const MOST_FACTS = 60;

/** A comparison in people's words, what is worth shouting first; `before` is what it was compared with. */
export function showComparison(comparison: Comparison, before: string): readonly string[] {
  const warnings = warningsOf(comparison).map((warning) => `WARNING: ${warning}`);
  const lines = describeComparison(comparison);
  if (lines.length === 0) return [...warnings, `Nothing changes against ${before}.`];
  return [...warnings, ...(warnings.length > 0 ? [''] : []), ...lines];
}

/** What is worth shouting: who is taken off or put on call at this moment, and times that have nobody any more. */
export function warningsOf(comparison: Comparison): readonly string[] {
  return [
    ...comparison.schedules.flatMap((change) => warnNow(change, comparison)),
    ...comparison.schedules.flatMap((change) => warnGaps(change)),
    ...comparison.stillNamed.map(({ person, where }) => {
      const name = nameOf(person, comparison);
      return `${name} is not in \`people\` any more, and is still named by ${where}: nobody could be reached there.`;
    }),
  ];
}

/** A comparison in people's words, a line each; empty when nothing changes that anybody would notice. */
export function describeComparison(comparison: Comparison): readonly string[] {
  const schedules = comparison.schedules.flatMap((change) => describeSchedule(change, comparison));
  const facts = comparison.facts.flatMap((fact) => describeFact(fact));
  const shown = facts.slice(0, MOST_FACTS);
  const left = facts.length - shown.length;
  return [
    ...schedules,
    ...(schedules.length > 0 && shown.length > 0 ? [''] : []),
    ...shown,
    ...(left > 0 ? [`… and ${left} more; --json has them all`] : []),
  ];
}

function warnNow({ id, kind, now }: ScheduleChange, comparison: Comparison): readonly string[] {
  if (now === null) return [];
  const [before, after] = [namesOf(now.before, comparison), namesOf(now.after, comparison)];
  // A schedule that nobody had takes nobody's place.
  if (kind === 'added') return [];
  return [`who is on call NOW changes in ${id}: ${before} -> ${kind === 'removed' ? 'no schedule' : after}.`];
}

function warnGaps({ id, newGaps, runs }: ScheduleChange): readonly string[] {
  if (newGaps === 0) return [];
  const isOpen = runs.some((run) => run.isOpen && run.first.some(isGap));
  const times = newGaps === 1 ? 'one new time' : `${newGaps} new times`;
  return [`${id} gets ${times} with nobody on call${isOpen ? ', and it goes on' : ''}.`];
}

function describeSchedule(change: ScheduleChange, comparison: Comparison): readonly string[] {
  const { id, name, zone, kind, now, runs, advice } = change;
  const title = `${name === id ? id : `${cleanLine(name, 60)} (${id})`}`;
  const context: Context = { ...comparison, zone };
  const lines = runs.slice(0, MOST_RUNS).flatMap((run) => describeRun(run, context));
  const left = runs.length - MOST_RUNS;
  const more = left > 0 ? [`… and ${left} more changes of who is on call; --json has them all`] : [];
  const present = now === null ? 'nobody' : namesOf(kind === 'removed' ? now.before : now.after, comparison);
  const head = {
    changed: `${title}, times of ${cityOf(zone)}:`,
    added: `${title} is new, times of ${cityOf(zone)}. On call now: ${present}.`,
    removed: `${title} is removed. On call there now: ${present}.`,
  }[kind];
  return [head, ...[...lines, ...more, ...advice.flatMap(describeAdvice)].map((line) => `  ${line}`)];
}

interface Context extends WallContext {
  readonly to: Date;
  readonly names: Comparison['names'];
}

function describeRun(run: Run, context: Context): readonly string[] {
  const lines = run.first.map((difference) =>
    describeDifference(difference, context, run.count > run.first.length),
  );
  if (run.pattern === 'once') return lines;
  const step = run.everyMs === null ? null : showStep(run.everyMs);
  const every = step === null ? '' : `every ${step}`;
  const until = run.isOpen ? '' : ` until ${showWall(run.end, context)}`;
  const again = run.pattern === 'same' ? 'and so on, the same' : 'and so on, in turn,';
  const total = run.isOpen
    ? `${run.count} of them by ${showWall(context.to, context)}`
    : `${run.count} of them`;
  return [...lines, `${again} ${every}${until} (${total})`];
}

function describeDifference(
  { start, end, before, after }: Difference,
  context: Context,
  isAgain: boolean,
): string {
  const [old, young] = [namesOf(before, context), namesOf(after, context)];
  const isNow = start.getTime() === context.now.getTime();
  const begin = isNow ? 'from now' : showWall(start, context);
  const until = end >= context.to ? '' : showWallEnd(start, end, context);
  if (after.length === 0) {
    const was = before.length === 0 || isAgain ? '' : ` (was ${old})`;
    return `nobody on call ${begin}${until === '' ? ' on' : ` to ${until}`}${was}`;
  }
  return `${begin}${until === '' ? ' on' : ` to ${until}`}: ${old} -> ${young}`;
}

function isGap({ after }: Difference): boolean {
  return after.length === 0;
}

function describeAdvice({ layer, participants, at, changed }: RosterAdvice): readonly string[] {
  return [
    `The list of layer ${layer + 1} was edited in place, so its turns are counted anew. To keep whoever is on call, undo that and let`,
    '`firebell roster` make the change, or write it so:',
    `  participants: ${showSlots(participants)}`,
    '  roster_changes:',
    `    - ${showRosterChange({ at, participants: changed })}`,
  ];
}

function describeFact({ subject, kind, details }: Fact): readonly string[] {
  if (kind !== 'changed') return [`${cleanLine(subject, 80)}: ${kind}`];
  return details.map((detail) => `${cleanLine(subject, 80)}: ${describeDetail(detail)}`);
}

function describeDetail({ what, before, after }: Detail): string {
  const show = (text: string | null) => (text === null ? 'none' : cleanLine(text, 200));
  return `${cleanLine(what, 60)} ${show(before)} -> ${show(after)}`;
}

function namesOf(people: readonly string[], named: Pick<Comparison, 'names'>): string {
  return people.length === 0 ? 'nobody' : people.map((id) => nameOf(id, named)).join(' and ');
}

// Two people of one name are told apart by their ids.
function nameOf(id: string, { names }: Pick<Comparison, 'names'>): string {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  if (name === undefined || name === id) return cleanLine(id, 60);
  const isShared = Object.entries(names).some(([other, its]) => other !== id && its === name);
  return cleanLine(isShared ? `${name} (${id})` : name, 80);
}
