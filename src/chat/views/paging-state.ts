import type { Directory, Target } from '../../domain/directory.ts';
import { isRunning } from '../../domain/escalation/run.ts';
import type { Run, Runs } from '../../domain/escalation/run.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Pages } from '../../domain/page/page.ts';
import type { Line } from '../../domain/text.ts';
import { hoursLine } from '../../domain/timeline/escalation-line.ts';
import { listed, people } from '../../domain/timeline/phrase.ts';
import { peopleOfTargets } from '../on-call-people.ts';
import { actorSpan } from './naming.ts';

/** What paging stands at: everything about it that is stored. */
export interface PagingState {
  readonly incident: Incident;
  readonly runs: Runs;
  readonly pages: Pages;
  readonly directory: Directory;
}

/** In a sentence or two: who has it, or who is being paged and who is next when. Null when nobody was ever paged. */
export function pagingLine(state: PagingState): Line | null {
  const running = state.runs.filter(isRunning).map((run) => runLine(run, state));
  const taken = takenLine(state.incident);
  const lines = [...(taken === null ? [] : [taken]), ...running];
  return lines.length === 0 ? null : lines.flatMap((line, i) => (i === 0 ? line : [' ', ...line]));
}

function takenLine({ acknowledgedBy, acknowledgedAt }: Incident): Line | null {
  if (acknowledgedBy === null || acknowledgedAt === null) return null;
  return [actorSpan(acknowledgedBy), ' has it since ', { time: acknowledgedAt }, '.'];
}

function runLine(run: Run, state: PagingState): Line {
  if (run.status === 'snoozed' && run.snoozedUntil !== null)
    return ['Silenced until ', { time: run.snoozedUntil }, '.'];
  if (run.delay !== null) return ['Waiting for ', ...hoursLine(run.delay), '.'];
  const open = state.pages.filter((page) => page.runId === run.id && page.end === null);
  const goesOnAt = open.at(-1)?.ackBy ?? null;
  const now =
    open.length === 0
      ? ['Looking for somebody to page']
      : ['Paging ', ...people(open.map((page) => page.personId))];
  if (goesOnAt === null) return [...now, '.'];
  const next = peopleOfTargets(targetsAfter(run), state.directory, goesOnAt);
  const named: Line = next.length === 0 ? ['the next step'] : listed(next.map((person) => ({ person })));
  return [...now, '; next ', ...named, ' at ', { time: goesOnAt }, '.'];
}

/** Targets of the step that follows the one where the run stands; conditions are left to the moment itself. */
function targetsAfter({ position, policies, lastResort }: Run): readonly Target[] {
  if (position.at === 'last_resort') return lastResort.targets;
  const policy = policies[position.policy];
  const next = policy?.steps[position.step + 1];
  if (next !== undefined) return next.targets;
  if (policy !== undefined && position.round + 1 < policy.rounds) return policy.steps[0]?.targets ?? [];
  return policies[position.policy + 1]?.steps[0]?.targets ?? lastResort.targets;
}
