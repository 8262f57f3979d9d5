import type { Actor } from '../domain/actor.ts';
import type { IncidentSideCommand } from '../domain/command.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import type { DomainEvent, RecordedEvent } from '../domain/event.ts';
import type { Given } from '../domain/given.ts';
import type { TimerChange } from '../domain/timer.ts';
import type { World } from '../domain/world.ts';
import { EMPTY_WORLD } from '../domain/world.ts';
import type { Db } from '../store/db.ts';
import { loadPages, loadRuns, lockIncidents } from '../store/incidents.ts';
import type { Saying } from '../store/said-once.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Said } from './front-door.ts';
import { gather, turnsFor } from './gather.ts';

/** One incident as it was locked and as it stands now. */
export interface Desk {
  readonly before: World;
  world: World;
  lastSeq: number;
}

/** One transaction's work: what it has locked and what it has to write. Grows in place until it is flushed. */
export interface Workspace {
  readonly tx: Db;
  readonly parts: EngineParts;
  readonly now: Date;
  readonly desks: Map<number, Desk>;
  readonly events: RecordedEvent[];
  readonly effects: Effect[];
  readonly timers: TimerChange[];
  /** What must not be said again. */
  readonly sayings: Saying[];
  /** Counters of round robin, locked when the first run starts. */
  turns: Map<string, number> | null;
}

/** No command has more consequences than this within its transaction. */
const MOST_COMMANDS = 1_000;

/** Locks these incidents, in the order of their numbers, and loads all that their locks cover. */
export async function openWorkspace(tx: Db, parts: EngineParts, ids: readonly number[]): Promise<Workspace> {
  const work: Workspace = {
    tx,
    parts,
    now: parts.clock.now(),
    desks: new Map(),
    events: [],
    effects: [],
    timers: [],
    sayings: [],
    turns: null,
  };
  await bringIn(work, ids);
  return work;
}

/** Locks and loads further incidents: new ones, or ones with higher numbers than all that are locked. */
export async function bringIn(work: Workspace, ids: readonly number[]): Promise<void> {
  const locked = await lockIncidents(work.tx, ids.filter(isIncidentNumber));
  // Not before the locks are had: somebody else may be writing these until then.
  const found = [...locked.keys()];
  const [runs, pages] = await Promise.all([loadRuns(work.tx, found), loadPages(work.tx, found)]);
  for (const id of ids) {
    const one = locked.get(id);
    const world = one
      ? { incident: one.incident, runs: runs.get(id) ?? [], pages: pages.get(id) ?? [] }
      : EMPTY_WORLD;
    work.desks.set(id, { before: world, world, lastSeq: one?.lastSeq ?? 0 });
  }
}

/** Gives a desk to an incident whose number was just drawn: nobody else can know it. */
export function makeRoomFor(work: Workspace, id: number): void {
  work.desks.set(id, { before: EMPTY_WORLD, world: EMPTY_WORLD, lastSeq: 0 });
}

function isIncidentNumber(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id < 2 ** 31;
}

/** Says one command and everything that follows from it. Nothing is written before the flush. */
export async function sayIn(work: Workspace, command: IncidentSideCommand): Promise<Said> {
  const desk = deskOf(work, command.incidentId);
  const refusal = refusalOf(work, desk, command);
  if (refusal) return { kind: 'refused', refusal };
  const first = work.events.length;
  const queue = [command];
  for (let n = 0; queue.length > 0; n += 1) {
    const next = queue.shift();
    if (!next) break;
    if (n === MOST_COMMANDS)
      throw new Error(`expected ${command.type} to come to rest, found ${n} commands after it`);
    const decision = work.parts.deciders.decide(desk.world, next, await givenFor(work, next));
    if (decision.kind === 'accepted') {
      for (const event of decision.events)
        queue.push(...happen(work, { desk, by: next.by, incidentId: next.incidentId, event }));
    } else if (n === 0) {
      return { kind: 'refused', refusal: decision.refusal };
    } else {
      work.parts.logger.warn(
        { incident: next.incidentId, command: next.type, why: decision.refusal.why },
        'A consequence was refused',
      );
    }
  }
  return answer(desk, work.events.slice(first), command);
}

function answer({ world }: Desk, events: readonly RecordedEvent[], command: IncidentSideCommand): Said {
  if (!world.incident)
    throw new Error(`expected incident #${command.incidentId} after ${command.type}, found none`);
  return { kind: 'done', ...world, incident: world.incident, events };
}

function deskOf(work: Workspace, id: number): Desk {
  const desk = work.desks.get(id);
  if (!desk) throw new Error(`expected incident #${id} to be locked before anything is said about it`);
  return desk;
}

function refusalOf({ parts }: Workspace, { world }: Desk, command: IncidentSideCommand): Refusal | null {
  const { incident } = world;
  if (!incident && command.type !== 'incident.declare') {
    return { why: `There is no incident #${command.incidentId}.`, hint: '`list` shows the open ones.' };
  }
  return parts.deciders.may(command.by, command, incident, parts.directory());
}

async function givenFor(work: Workspace, command: IncidentSideCommand): Promise<Given> {
  const directory = work.parts.directory();
  if (command.type === 'escalation.start') work.turns ??= await turnsFor(work.tx, directory);
  return gather(work.now, directory, work.turns);
}

interface Occurrence {
  readonly desk: Desk;
  readonly by: Actor;
  readonly incidentId: number;
  readonly event: DomainEvent;
}

/** Takes one event in, and answers with the commands that follow from it. */
function happen(
  work: Workspace,
  { desk, by, incidentId, event }: Occurrence,
): readonly IncidentSideCommand[] {
  const { deciders, directory } = work.parts;
  desk.lastSeq += 1;
  const happening = { incidentId, seq: desk.lastSeq, at: work.now, by, event };
  desk.world = deciders.evolve(desk.world, happening);
  work.events.push(happening);
  countTurn(work, event);
  const {
    effects = [],
    timers = [],
    say = [],
  } = deciders.react(happening, desk.world, gather(work.now, directory(), work.turns));
  work.effects.push(...effects);
  work.timers.push(...timers);
  for (const command of say) {
    if (command.incidentId !== incidentId)
      throw new Error(
        `expected ${event.type} of #${incidentId} to concern itself alone, found ${command.type} of #${command.incidentId}`,
      );
  }
  return say;
}

function countTurn({ turns }: Workspace, event: DomainEvent): void {
  if (event.type !== 'escalation.started' || !turns) return;
  const policy = event.policies[0]?.id;
  const count = policy === undefined ? undefined : turns.get(policy);
  if (policy !== undefined && count !== undefined) turns.set(policy, count + 1);
}
