import type { Directory, Target } from '../directory.ts';
import { holds } from '../escalation/condition.ts';
import type { EscalationEvent } from '../escalation/events.ts';
import { inTurn } from '../escalation/reach.ts';
import { isOnlyTold, peopleOf } from '../escalation/targets.ts';
import type { FrozenPolicy, Position, Run } from '../escalation/run.ts';
import type { Incident } from '../incident/incident.ts';
import type { Page } from '../page/page.ts';
import type {
  ForeseenPage,
  ForeseenTarget,
  LastResortMoment,
  Moment,
  Place,
  SkipMoment,
  StepMoment,
} from './path.ts';
import type { Played } from './play.ts';

/** The configuration as it was played, without those who are away, and with them. */
interface Casts {
  readonly present: Directory;
  readonly all: Directory;
}

type StepPosition = Extract<Position, { at: 'step' }>;
type Reached = Extract<EscalationEvent, { type: 'escalation.step_reached' }>;
type Delayed = Extract<EscalationEvent, { type: 'escalation.step_delayed' }>;
type Skipped = Extract<EscalationEvent, { type: 'escalation.step_skipped' }>;

/** What of a play is on the path. */
interface Beat {
  readonly at: Date;
  readonly event: Reached | Skipped | Delayed;
}

interface Teller {
  readonly run: Run;
  readonly incident: Incident;
  readonly pages: ReadonlyMap<string, Page>;
  readonly casts: Casts;
}

/** The steps of a play, one after the other, to the first call of the last resort. */
export function momentsOf({ happenings, world, endedAt }: Played, casts: Casts): readonly Moment[] {
  const { incident, runs, pages } = world;
  const [run] = runs;
  if (!run || !incident) return [];
  const beats = happenings.flatMap(({ at, event }): Beat[] =>
    event.type === 'escalation.step_reached' ||
    event.type === 'escalation.step_skipped' ||
    event.type === 'escalation.step_delayed'
      ? [{ at, event }]
      : [],
  );
  const teller = { run, incident, pages: new Map(pages.map((page) => [page.id, page])), casts };
  return beats.flatMap((beat, i) => momentOf(beat, beats[i + 1] ?? null, { teller, endedAt }));
}

interface Telling {
  readonly teller: Teller;
  readonly endedAt: Date;
}

function momentOf({ at, event }: Beat, next: Beat | null, { teller, endedAt }: Telling): readonly Moment[] {
  const { position } = event;
  if (event.type === 'escalation.step_delayed') return wait(at, event, teller);
  if (position.at === 'last_resort')
    return event.type === 'escalation.step_reached' && position.call === 0
      ? [lastResort(at, event, teller)]
      : [];
  if (event.type === 'escalation.step_reached') {
    const isLost = next?.event.type === 'escalation.step_skipped' && next.event.reason === 'unreachable';
    return [stepAt({ at, until: next?.at ?? endedAt }, { event, position, isLost }, teller)];
  }
  // Told with the step itself.
  if (event.reason === 'unreachable') return [];
  return [skip(at, { position, reason: event.reason }, teller)];
}

function wait(at: Date, { position, delay }: Delayed, teller: Teller): readonly Moment[] {
  const isKnown = position.at === 'last_resort' && position.call > 0;
  const place = position.at === 'step' ? placeOf(position, teller) : null;
  return isKnown ? [] : [{ kind: 'wait', at, until: delay.until, place, of: delay.of }];
}

interface Entered {
  readonly event: Reached;
  readonly position: StepPosition;
  readonly isLost: boolean;
}

function stepAt(
  span: { readonly at: Date; readonly until: Date },
  { event, position, isLost }: Entered,
  teller: Teller,
): StepMoment {
  const step = stepOf(position, teller);
  const isByTurns = step?.strategy === 'round_robin';
  const targets = step?.targets ?? [];
  const answering = targets.filter((target) => !isOnlyTold(target));
  const chosen = isByTurns ? [...inTurn(answering, teller.run), ...targets.filter(isOnlyTold)] : targets;
  return {
    kind: 'step',
    ...span,
    place: placeOf(position, teller),
    targets: targetsAt(chosen, span.at, teller),
    turns: isByTurns ? answering : [],
    pages: pagesOf(event, teller),
    isLost,
  };
}

interface PassedOver {
  readonly position: StepPosition;
  readonly reason: SkipMoment['reason'];
}

function skip(at: Date, { position, reason }: PassedOver, teller: Teller): SkipMoment {
  const step = stepOf(position, teller);
  const { incident, casts } = teller;
  const conditions = reason === 'condition' ? (step?.conditions ?? []) : [];
  const broken = conditions.filter((condition) => !holds(condition, incident, casts.present, at));
  // That nobody is within hours of their own is found out with the people.
  const failing = broken.length > 0 ? broken : conditions.filter(({ kind }) => kind === 'own_hours');
  const targets = targetsAt(step?.targets ?? [], at, teller);
  return { kind: 'skip', at, place: placeOf(position, teller), reason, failing, targets };
}

function lastResort(at: Date, event: Reached, teller: Teller): LastResortMoment {
  const { targets, everyMs } = teller.run.lastResort;
  return {
    kind: 'last_resort',
    at,
    everyMs,
    targets: targetsAt(targets, at, teller),
    pages: pagesOf(event, teller),
  };
}

function placeOf({ policy, round, step }: StepPosition, { run }: Teller): Place {
  const frozen = run.policies[policy];
  return {
    policy: frozen?.id ?? '',
    round: round + 1,
    rounds: frozen?.rounds ?? 1,
    step: step + 1,
    steps: frozen?.steps.length ?? 1,
  };
}

function stepOf({ policy, step }: StepPosition, { run }: Teller): FrozenPolicy['steps'][number] | undefined {
  return run.policies[policy]?.steps[step];
}

function targetsAt(targets: readonly Target[], at: Date, { casts }: Teller): readonly ForeseenTarget[] {
  return targets.map((target) => {
    const people = peopleOf(target, casts.present, at);
    const away = peopleOf(target, casts.all, at).filter((id) => !people.includes(id));
    return { target, people, away };
  });
}

function pagesOf({ pages }: Reached, teller: Teller): readonly ForeseenPage[] {
  return pages.flatMap(({ pageId, heldUntil }) => {
    const page = teller.pages.get(pageId);
    return page ? [pageOf(page, heldUntil)] : [];
  });
}

function pageOf({ personId, rules, attempts, end }: Page, heldUntil: Date | null): ForeseenPage {
  // A rule that falls due as the escalation climbs is withheld: there is no time for it either.
  const made = attempts.filter(({ outcome }) => outcome.state !== 'withheld');
  const tried = new Set(made.map(({ rule }) => rule));
  return {
    personId,
    heldUntil,
    attempts: made.map(({ channel, intendedAt, outcome }) => ({
      channel,
      at: intendedAt,
      failure: outcome.state === 'failed' ? outcome.reason : null,
    })),
    unused: rules.filter((_, i) => !tried.has(i)),
    isUnreachable: end?.why === 'unreachable',
  };
}
