import { BOT } from '../actor.ts';
import type { IncidentSideCommand } from '../command.ts';
import { decide, evolve, react } from '../decide.ts';
import type { Directory, Person } from '../directory.ts';
import type { EffectOf } from '../effect.ts';
import type { DomainEvent } from '../event.ts';
import type { Given } from '../given.ts';
import type { TimerChange, TimerCommand } from '../timer.ts';
import { EMPTY_WORLD } from '../world.ts';
import type { Happening, World } from '../world.ts';

/**
 * Why a channel would not reach a person; null when it would, as far as can be known before anything is sent. At the last resort an
 * address is used that is not proven.
 */
export type Reach = (person: Person, channel: string, isLastResort: boolean) => string | null;

/** What a play begins with. `policyRuns` counts how often each policy was started before, for round robin. */
export interface Stage {
  readonly directory: Directory;
  readonly at: Date;
  readonly policyRuns: ReadonlyMap<string, number>;
  readonly reach: Reach;
}

/** What happened in a play, in order, and where it ended. */
export interface Played {
  readonly happenings: readonly Happening[];
  readonly world: World;
  readonly endedAt: Date;
  /** True when it was broken off because it had become too long. */
  readonly isCut: boolean;
}

/** More than any policy that a person can follow on a screen. */
const MOST_HAPPENINGS = 20_000;

interface Wait {
  readonly key: string;
  readonly dueAt: Date;
  readonly command: TimerCommand;
}

/** A play in progress. Grows in place until it is over. */
interface Scene {
  readonly stage: Stage;
  readonly happenings: Happening[];
  readonly waits: Map<string, Wait>;
  readonly toSend: EffectOf<'page.send'>[];
  world: World;
  now: Date;
}

/**
 * Plays what would follow from a command if nobody ever answered: the rules of the engine on a clock that jumps from wait to wait.
 * Pages go out at once, or fail for the reason that `reach` names. Ends when `isEnough`, or when nothing is waited for any more.
 */
export function play(first: IncidentSideCommand, stage: Stage, isEnough: (world: World) => boolean): Played {
  const scene: Scene = {
    stage,
    happenings: [],
    waits: new Map(),
    toSend: [],
    world: EMPTY_WORLD,
    now: stage.at,
  };
  say(scene, first);
  sendAll(scene);
  while (!isEnough(scene.world) && !isTooLong(scene)) {
    const due = takeNextDue(scene);
    if (due.length === 0) break;
    for (const { command } of due) say(scene, { ...command, by: BOT });
    sendAll(scene);
  }
  const { happenings, world, now } = scene;
  return { happenings, world, endedAt: now, isCut: isTooLong(scene) };
}

function isTooLong({ happenings }: Scene): boolean {
  return happenings.length >= MOST_HAPPENINGS;
}

/** All that is due at the next instant, in the order in which the engine takes it. */
function takeNextDue(scene: Scene): readonly Wait[] {
  const next = Math.min(...[...scene.waits.values()].map(({ dueAt }) => dueAt.getTime()));
  if (!Number.isFinite(next)) return [];
  if (next > scene.now.getTime()) scene.now = new Date(next);
  const due = [...scene.waits.values()].filter(({ dueAt }) => dueAt.getTime() === next);
  for (const { key } of due) scene.waits.delete(key);
  return due.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function say(scene: Scene, first: IncidentSideCommand): void {
  const queue = [first];
  for (let command = queue.shift(); command; command = queue.shift()) {
    const decision = decide(scene.world, command, givenOf(scene));
    if (decision.kind === 'refused') continue;
    for (const event of decision.events) queue.push(...happen(scene, event, command));
  }
}

function happen(
  scene: Scene,
  event: DomainEvent,
  { by, incidentId }: IncidentSideCommand,
): readonly IncidentSideCommand[] {
  const happening = { incidentId, seq: scene.happenings.length + 1, at: scene.now, by, event };
  scene.world = evolve(scene.world, happening);
  scene.happenings.push(happening);
  const { effects = [], timers = [], say: more = [] } = react(happening, scene.world, givenOf(scene));
  for (const effect of effects) if (effect.type === 'page.send') scene.toSend.push(effect);
  for (const change of timers) changeWait(scene, change);
  return more;
}

function changeWait({ waits }: Scene, change: TimerChange): void {
  if (change.kind === 'clear') waits.delete(change.key);
  else waits.set(change.key, change);
}

function givenOf({ stage: { directory, policyRuns }, now }: Scene): Given {
  return { now, directory, policyRuns };
}

function sendAll(scene: Scene): void {
  for (let effect = scene.toSend.shift(); effect; effect = scene.toSend.shift()) send(scene, effect);
}

function send(scene: Scene, { incidentId, pageId, attemptId, channel }: EffectOf<'page.send'>): void {
  const attempt = { by: BOT, incidentId, pageId, attemptId } as const;
  say(scene, { type: 'page.check_wanted', ...attempt });
  const page = scene.world.pages.find(({ id }) => id === pageId);
  const entry = page?.attempts.find(({ id }) => id === attemptId);
  if (!page || entry?.outcome.state !== 'intended') return;
  const person = scene.stage.directory.people.get(page.personId);
  const run = scene.world.runs.find(({ id }) => id === page.runId);
  const isLast = run?.position.at === 'last_resort';
  const reason = person ? scene.stage.reach(person, channel, isLast) : 'this person is no longer configured';
  if (reason === null)
    say(scene, { type: 'page.record_sent', ...attempt, messageId: `foreseen-${attemptId}` });
  else say(scene, { type: 'page.record_failed', ...attempt, reason });
}
