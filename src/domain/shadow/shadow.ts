import { foldName } from '../alert/service.ts';
import type { Directory } from '../directory.ts';
import type { Subject } from '../forecast/question.ts';
import { isSamePeople, uniquePeople } from '../schedule/roster.ts';
import { ladderOf, type Rung } from './expected.ts';
import { momentsOfLog, type LoggedMoment, type LoggedPage, type LoggedTarget } from './page-log.ts';
import { explain, type Disagreement, type Explanation } from './reason.ts';

/** One moment of the log at which this configuration would have paged somebody else. */
export interface Difference extends Explanation {
  readonly at: Date;
  readonly target: LoggedTarget;
  readonly incident: string | null;
  /** As the log names them. */
  readonly theirs: readonly string[];
  /** Ids of people. */
  readonly ours: readonly string[];
}

/** How a log of the old tool compares with this configuration. */
export interface ShadowRun {
  readonly from: Date | null;
  readonly to: Date | null;
  /** Moments compared: people paged at one time for one thing. */
  readonly compared: number;
  readonly agreeing: number;
  /** 0 to 1; null when nothing could be compared. */
  readonly agreement: number | null;
  readonly differences: readonly Difference[];
  /** What the log names that this configuration does not have -> how many moments are not compared because of it. */
  readonly unknownTargets: ReadonlyMap<string, number>;
}

interface Compared {
  readonly moment: LoggedMoment;
  readonly target: LoggedTarget;
  readonly subject: Subject;
  readonly disagreement: Disagreement | null;
}

/** Asks for every moment of a log whom this configuration would have paged, and lists where it is somebody else. */
export function compareLog(
  pages: readonly LoggedPage[],
  directory: Directory,
  usual: LoggedTarget | null,
): ShadowRun {
  const moments = momentsOfLog(pages);
  const unknownTargets = new Map<string, number>();
  const compared = moments.flatMap((moment): readonly Compared[] => {
    const target =
      moment.target !== null && subjectOf(moment.target, directory)
        ? moment.target
        : (usual ?? moment.target);
    const subject = target === null ? null : subjectOf(target, directory);
    if (target !== null && subject)
      return [{ moment, target, subject, disagreement: compareMoment(moment, subject, directory) }];
    const name = target === null ? 'nothing that the log names' : `${target.kind} ${target.name}`;
    unknownTargets.set(name, (unknownTargets.get(name) ?? 0) + 1);
    return [];
  });
  const differing = compared.filter(({ disagreement }) => disagreement !== null);
  return {
    from: moments[0]?.at ?? null,
    to: moments.at(-1)?.at ?? null,
    compared: compared.length,
    agreeing: compared.length - differing.length,
    agreement: compared.length === 0 ? null : 1 - differing.length / compared.length,
    differences: differing.flatMap((one) => differenceOf(one, compared, directory)),
    unknownTargets,
  };
}

function compareMoment(moment: LoggedMoment, subject: Subject, directory: Directory): Disagreement | null {
  const found = moment.people.map((name) => ({ name, id: personCalled(name, directory) }));
  const theirs = uniquePeople(found.flatMap(({ id }) => id ?? []));
  const unknown = found.flatMap(({ name, id }) => (id === null ? [name] : []));
  const since = subject.kind === 'schedule' ? moment.at : moment.since;
  const ladder = ladderOf(subject, since, directory);
  const rung = rungAt(ladder, moment.at);
  const ours = uniquePeople(rung?.people ?? []);
  if (unknown.length === 0 && isSamePeople(theirs, ours)) return null;
  return { at: moment.at, theirs, unknown, ours, rung, ladder };
}

/** The rung in force; within a minute of a change either side is right, because clocks and queues differ. */
function rungAt(ladder: readonly Rung[], at: Date): Rung | null {
  const slack = 60_000;
  return ladder.findLast((rung) => rung.at.getTime() <= at.getTime() + slack) ?? ladder[0] ?? null;
}

function differenceOf(
  { moment, target, subject, disagreement }: Compared,
  all: readonly Compared[],
  directory: Directory,
): readonly Difference[] {
  if (!disagreement) return [];
  const same = all.filter((one) => one.subject.kind === subject.kind && one.subject.id === subject.id);
  const isUsual = same.filter((one) => one.disagreement !== null).length * 2 > same.length && same.length > 2;
  const { reason, why } = explain(disagreement, directory, isUsual);
  return [
    {
      at: moment.at,
      target,
      incident: moment.incident,
      theirs: moment.people,
      ours: disagreement.ours,
      reason,
      why,
    },
  ];
}

/** What a name of the log stands for here: an id, or a name that differs in capitals and separators only. */
function subjectOf(
  { kind, name }: LoggedTarget,
  { services, schedules, policies }: Directory,
): Subject | null {
  const folded = foldName(name);
  const named: Readonly<
    Record<LoggedTarget['kind'], readonly { readonly id: string; readonly names: readonly string[] }[]>
  > = {
    service: [...services.values()].map((one) => ({ id: one.id, names: [one.name, ...one.aliases] })),
    schedule: [...schedules.values()].map((one) => ({ id: one.id, names: [one.name] })),
    policy: [...policies.values()].map((one) => ({ id: one.id, names: [] })),
  };
  const known = named[kind];
  const exact = known.find(({ id, names }) => id === name || names.includes(name));
  const close =
    exact ??
    known.find(({ id, names }) => [id, ...names].some((one) => foldName(one) === folded)) ??
    known.find(({ id }) => plain(id) === plain(name));
  return close ? { kind, id: close.id } : null;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function personCalled(name: string, { people }: Directory): string | null {
  const wanted = name.trim().toLowerCase();
  const all = [...people.values()];
  const found =
    all.find(({ id, email }) => id.toLowerCase() === wanted || email?.toLowerCase() === wanted) ??
    all.find((one) => one.name.toLowerCase() === wanted) ??
    all.find(({ handles }) => Object.values(handles).some((handle) => handle.toLowerCase() === wanted));
  return found?.id ?? null;
}
