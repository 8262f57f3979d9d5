import type { Layer, Slot } from './schedule.ts';
import { turnAt, type Clockwork } from './turns.ts';

/** The people of one turn, each once, sorted by code unit. */
export type People = readonly string[];

/** From `from` (ms) on these are the slots, and at turn `turn` it is the slot number `index`'s turn. */
export interface Era {
  readonly from: number;
  readonly slots: readonly People[];
  readonly turn: number;
  readonly index: number;
}

/** The lists of slots that a layer has had and will have, ascending; the first holds since ever. */
export function erasOf(layer: Layer, clockwork: Clockwork): readonly Era[] {
  let era: Era = { from: -Infinity, slots: layer.participants.map(peopleOf), turn: 0, index: 0 };
  const eras = [era];
  for (const change of layer.rosterChanges ?? []) {
    era = succeed(era, { from: Date.parse(change.at), slots: change.participants.map(peopleOf) }, clockwork);
    eras.push(era);
  }
  return eras;
}

/** Whose turn number `turn` is in an era. */
export function peopleOfTurn(era: Era, turn: number): People {
  return era.slots[indexOfTurn(era, turn)] ?? [];
}

/** Two lists of people, both sorted and without repetition, name the same people. */
export function isSamePeople(a: People, b: People): boolean {
  return a.length === b.length && a.every((person, i) => person === b[i]);
}

/** Sorts people by code unit and drops repetitions. */
export function uniquePeople(people: Iterable<string>): People {
  // The default order of sort() is the order of code units, in every locale.
  return [...new Set(people)].sort();
}

function succeed(old: Era, next: Pick<Era, 'from' | 'slots'>, clockwork: Clockwork): Era {
  if (next.from <= clockwork.firstTurn) return { ...next, turn: 0, index: 0 };
  const turn = turnAt(clockwork, next.from);
  const index = indexOfTurn(old, turn);
  const people = old.slots[index] ?? [];
  const kept = next.slots.findIndex((slot) => isSamePeople(slot, people));
  return { ...next, turn, index: kept >= 0 ? kept : index % next.slots.length };
}

function indexOfTurn({ slots, turn: since, index }: Era, turn: number): number {
  return (index + turn - since) % slots.length;
}

/** The people of a turn as it is written. */
export function peopleOf(slot: Slot): People {
  return uniquePeople(typeof slot === 'string' ? [slot] : slot);
}
