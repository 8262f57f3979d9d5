import type { IncidentSideCommand } from '../domain/command.ts';
import type { Effect } from '../domain/effect.ts';
import { faultPoint } from '../lib/fault-point.ts';
import { drawIncidentNumbers } from '../store/incidents.ts';
import { takeLeased } from '../store/outbox.ts';
import type { Saying } from '../store/said-once.ts';
import type { Lease } from '../store/outbox.ts';
import { takeTimers } from '../store/timers.ts';
import type { SeenTimer } from '../store/timers.ts';
import { inTransaction } from '../store/transaction.ts';
import type { Db } from '../store/db.ts';
import type { EngineParts } from './engine-parts.ts';
import { flush } from './flush.ts';
import type { Said } from './front-door.ts';
import { makeRoomFor, openWorkspace, sayIn } from './workspace.ts';
import { tellHappened } from './tell-happened.ts';
import type { Workspace } from './workspace.ts';

/** Commands that belong together: all are said, or none. */
export interface Request {
  readonly commands: readonly IncidentSideCommand[];
  /** Said only if this timer is still as it was seen; it is gone afterwards. */
  readonly firedBy?: SeenTimer;
  /** Said only if this effect is still ours; it is done afterwards. */
  readonly finishes?: Lease;
  /** Under this key it is said once and for all: a second time throws `SaidBefore`. One command only. */
  readonly once?: string;
  /** To be done beside what follows from the commands. */
  readonly effects?: readonly Effect[];
}

/** What became of a request. `lost`: somebody else took its timer or its effect; nothing was said. */
export type Handled = { readonly kind: 'lost' } | { readonly kind: 'said'; readonly said: readonly Said[] };

/**
 * The front door. Decides and stores in one transaction, for one request or for many; the outside world is touched later, from the
 * outbox. When it throws, none of the requests has happened, unless the connection broke while committing.
 */
export function handle(parts: EngineParts, requests: readonly Request[]): Promise<readonly Handled[]> {
  return handleFound(parts, async () => requests);
}

/** The same for requests that are found in the transaction itself, which may be tried again. Finding may lock incidents, if it waits for none. */
export async function handleFound(
  parts: EngineParts,
  find: (tx: Db) => Promise<readonly Request[]>,
): Promise<readonly Handled[]> {
  const done = await inTransaction(parts.store.db, async (tx) => {
    const requests = await find(tx);
    return requests.length === 0 ? null : handleIn(tx, parts, requests);
  });
  if (!done) return [];
  faultPoint('handle.after-commit');
  tellHappened(done.work);
  parts.wake(done.work);
  return done.handled;
}

async function handleIn(tx: Db, parts: EngineParts, requests: readonly Request[]) {
  const numbered = await giveNumbers(tx, requests);
  const work = await openWorkspace(tx, parts, idsOf(requests));
  for (const id of numbered.drawn) makeRoomFor(work, id);
  const claims = await takeClaims(tx, requests);
  const handled: Handled[] = [];
  for (const request of numbered.requests) handled.push(await handleOne(work, request, claims));
  await flush(work);
  faultPoint('handle.before-commit');
  return { handled, work };
}

async function handleOne(work: Workspace, request: Request, claims: Claims): Promise<Handled> {
  if (!holds(claims, request)) return { kind: 'lost' };
  const said: Said[] = [];
  for (const command of request.commands) said.push(await sayIn(work, command));
  if (request.once !== undefined) work.sayings.push(...sayingsOf(request.once, request.commands, said));
  work.effects.push(...(request.effects ?? []));
  return { kind: 'said', said };
}

function sayingsOf(
  key: string,
  commands: readonly IncidentSideCommand[],
  answers: readonly Said[],
): readonly Saying[] {
  return answers.map((said, i) => {
    if (said.kind === 'refused')
      return {
        key,
        incidentId: commands[i]?.incidentId ?? null,
        firstSeq: null,
        lastSeq: null,
        refusal: said.refusal,
      };
    const [first] = said.events;
    const last = said.events.at(-1);
    return {
      key,
      incidentId: said.incident.id,
      firstSeq: first?.seq ?? null,
      lastSeq: last?.seq ?? null,
      refusal: null,
    };
  });
}

async function giveNumbers(tx: Db, requests: readonly Request[]) {
  const isNew = (command: IncidentSideCommand) =>
    command.type === 'incident.declare' && command.incidentId === 0;
  const wanted = requests.flatMap(({ commands }) => commands.filter(isNew)).length;
  const drawn = wanted === 0 ? [] : await drawIncidentNumbers(tx, wanted);
  const numbers = drawn[Symbol.iterator]();
  const number = (command: IncidentSideCommand): IncidentSideCommand =>
    isNew(command) ? { ...command, incidentId: numbers.next().value ?? 0 } : command;
  return {
    drawn,
    requests: requests.map((request) => ({ ...request, commands: request.commands.map(number) })),
  };
}

function idsOf(requests: readonly Request[]): readonly number[] {
  const ids = requests.flatMap(({ commands }) => commands.map(({ incidentId }) => incidentId));
  return [...new Set(ids)].filter((id) => id !== 0);
}

interface Claims {
  readonly timers: ReadonlySet<string>;
  readonly effects: ReadonlySet<number>;
}

async function takeClaims(tx: Db, requests: readonly Request[]): Promise<Claims> {
  const timers = await takeTimers(
    tx,
    requests.flatMap(({ firedBy }) => (firedBy ? [firedBy] : [])),
  );
  const effects = await takeLeased(
    tx,
    requests.flatMap(({ finishes }) => (finishes ? [finishes] : [])),
  );
  return { timers, effects };
}

function holds({ timers, effects }: Claims, { firedBy, finishes }: Request): boolean {
  return (!firedBy || timers.has(firedBy.key)) && (!finishes || effects.has(finishes.id));
}
