import { isDeepStrictEqual } from 'node:util';
import type { EscalationEvent } from '../../../src/domain/escalation/events.ts';
import type { FrozenPolicy, Position } from '../../../src/domain/escalation/run.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import type { Remains, Story } from './remains.ts';

/** No event lost or doubled, and the log tells exactly the state that is stored. */
export function checkLog({ incidentId, log, told, stored }: Story, remains: Remains): readonly string[] {
  const row = remains.incidents.find(({ id }) => id === incidentId);
  const declared = log.filter(({ event }) => event.type === 'incident.declared').length;
  return [
    ...(row ? [] : [`#${incidentId} has events and no row`]),
    ...(log.every(({ seq }, i) => seq === i + 1) ? [] : [`#${incidentId}: its log has gaps or doubles`]),
    ...(row?.lastSeq === log.length
      ? []
      : [`#${incidentId}: ${log.length} events, and last_seq ${row?.lastSeq}`]),
    ...(declared === 1 ? [] : [`#${incidentId} was declared ${declared} times`]),
    ...(['incident', 'runs', 'pages'] as const).flatMap((part) =>
      isDeepStrictEqual(told[part], stored[part])
        ? []
        : [
            `#${incidentId}: its log does not give its stored ${part}: ${JSON.stringify(told[part])} / ${JSON.stringify(stored[part])}`,
          ],
    ),
  ];
}

type Entered = Extract<
  EscalationEvent,
  { type: 'escalation.step_reached' | 'escalation.step_delayed' | 'escalation.step_skipped' }
>;

/** Each run goes through its policies step by step: none left out, none taken twice, none before the time of the one before was up. */
export function checkSteps({ log, told }: Story): readonly string[] {
  return told.runs.flatMap((run) => {
    const own = log.filter(({ event }) => 'runId' in event && event.runId === run.id);
    return stepsWrong(run.id, own, { policies: run.policies, rises: risesIn(log) });
  });
}

function isEntered(event: RecordedEvent['event']): event is Entered {
  return (
    event.type === 'escalation.step_reached' ||
    event.type === 'escalation.step_delayed' ||
    event.type === 'escalation.step_skipped'
  );
}

/** Instants at which the severity changed: what waits or pages gently may begin anew then. */
function risesIn(log: readonly RecordedEvent[]): ReadonlySet<number> {
  return new Set(
    log.flatMap(({ event, at }) => (event.type === 'incident.severity_changed' ? [at.getTime()] : [])),
  );
}

interface Course {
  readonly policies: readonly FrozenPolicy[];
  readonly rises: ReadonlySet<number>;
}

function stepsWrong(
  runId: string,
  own: readonly RecordedEvent[],
  { policies, rises }: Course,
): readonly string[] {
  const wrong: string[] = [];
  let at: Position | null = null;
  let until: Date | null = null;
  // What makes a run enter a position: its start, an order, a lost page, or the last step's time being up.
  let passed: Passed = { when: 0, places: new Set() };
  let again = false;
  let cause = true;
  let waited = false;
  for (const { event, at: when, by } of own) {
    if (event.type === 'escalation.unacknowledged' || event.type === 'escalation.resumed') again = true;
    if (CAUSES.has(event.type)) cause = true;
    if (!isEntered(event)) continue;
    // What was of low urgency began anew, or what waited for working hours begins.
    const isAnew = at !== null && (rises.has(when.getTime()) || waited);
    if (rises.has(when.getTime())) cause = true;
    const repeatsLost: boolean = event.type === 'escalation.step_skipped' && event.reason === 'unreachable';
    const expected: Position =
      again || isAnew || repeatsLost
        ? (at ?? FIRST)
        : at === null
          ? FIRST
          : beyond(passed.when === when.getTime() ? passed.places : new Set(), at, policies);
    if (!isDeepStrictEqual(event.position, expected))
      wrong.push(
        `run ${runId} went to ${JSON.stringify(event.position)} instead of ${JSON.stringify(expected)}`,
      );
    if (!cause && by.kind === 'bot' && until !== null && when < until)
      wrong.push(`run ${runId} went on at ${when.toISOString()}, before ${until.toISOString()}`);
    passed = passing(passed, event, when.getTime());
    at = event.position;
    again = false;
    cause = event.type === 'escalation.step_skipped';
    waited = event.type === 'escalation.step_delayed';
    if (event.type !== 'escalation.step_skipped')
      until = event.type === 'escalation.step_delayed' ? event.delay.until : event.ackBy;
  }
  return wrong;
}

const FIRST: Position = { at: 'step', policy: 0, round: 0, step: 0 };
const CAUSES: ReadonlySet<string> = new Set([
  'escalation.unacknowledged',
  'escalation.resumed',
  'escalation.declined',
  'escalation.page_lost',
]);

/** Where nobody could be paged at one instant. */
interface Passed {
  readonly when: number;
  readonly places: ReadonlySet<string>;
}

function passing({ when, places }: Passed, { type, position }: Entered, now: number): Passed {
  const kept = when === now ? places : [];
  return {
    when: now,
    places: new Set(type === 'escalation.step_skipped' ? [...kept, placeOf(position)] : kept),
  };
}

function placeOf(position: Position): string {
  return position.at === 'step' ? `${position.policy}/${position.step}` : '';
}

/** What follows; a round in which nobody could be paged is not gone through a second time at the same instant. */
function beyond(passed: ReadonlySet<string>, at: Position, policies: readonly FrozenPolicy[]): Position {
  let next = following(at, policies);
  while (next.at === 'step' && passed.has(placeOf(next))) next = following(next, policies);
  return next;
}

/** Written apart from the domain's own, so that one checks the other. */
function following(at: Position, policies: readonly FrozenPolicy[]): Position {
  if (at.at === 'last_resort') return { at: 'last_resort', call: at.call + 1 };
  const places = policies.flatMap(({ steps, rounds }, policy) =>
    Array.from({ length: rounds * steps.length }, (_, i) => ({
      at: 'step' as const,
      policy,
      round: Math.floor(i / steps.length),
      step: i % steps.length,
    })),
  );
  const next = places[places.findIndex((place) => isDeepStrictEqual(place, at)) + 1];
  return next ?? { at: 'last_resort', call: 0 };
}

/** Every wait that the log demands is there with its instant, and there is none that it does not demand. */
export function checkWaits(
  { incidentId, told, waits }: Story,
  remains: Remains,
  now: Date,
): readonly string[] {
  const there = new Map(
    remains.timers.filter((row) => row.incidentId === incidentId).map((row) => [row.key, row]),
  );
  const lost = [...waits].filter(
    ([key, dueAt]) => dueAt > now && there.get(key)?.dueAt.getTime() !== dueAt.getTime(),
  );
  const unasked = [...there.values()].filter(
    ({ key, dueAt }) => waits.get(key)?.getTime() !== dueAt.getTime(),
  );
  const failing = [...there.values()].filter(({ failures }) => failures > 0);
  const standing = told.runs.filter(
    ({ id, status }) =>
      ((status === 'paging' || status === 'delayed') && !there.has(`escalation:${id}:step`)) ||
      (status === 'snoozed' && !there.has(`escalation:${id}:snooze`)),
  );
  return [
    ...lost.map(([key]) => `#${incidentId}: the wait ${key} is lost`),
    ...unasked.map(({ key }) => `#${incidentId}: nothing asked for the wait ${key} at its time`),
    ...failing.map(({ key }) => `#${incidentId}: the wait ${key} fails`),
    ...standing.map(({ id, status }) => `run ${id} is ${status} and waits for nothing`),
  ];
}
