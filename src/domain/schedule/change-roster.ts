import { prepareLayer } from './layer.ts';
import { isSamePeople, peopleOf, peopleOfTurn, type People } from './roster.ts';
import type { Layer, RosterChange, Schedule, Slot } from './schedule.ts';
import { nextTurn, turnAt, type Clockwork } from './turns.ts';

const MINUTE = 60_000;

/** A layer and the schedule that it is part of. */
export interface LayerOf {
  readonly layer: Layer;
  readonly schedule: Schedule;
}

/** The list of turns in force at an instant. */
export function rosterAt({ participants, rosterChanges = [] }: Layer, at: Date): readonly Slot[] {
  return (
    rosterChanges.findLast((change) => Date.parse(change.at) <= at.getTime())?.participants ?? participants
  );
}

/** The people whose turn it is, whether the layer is open then or not; nobody before the first turn. */
export function turnPeopleAt({ layer, schedule }: LayerOf, at: Date): People {
  const { clockwork, eras } = prepareLayer(layer, schedule);
  if (at.getTime() < clockwork.firstTurn) return [];
  const era = eras.findLast(({ from }) => from <= at.getTime());
  return era ? peopleOfTurn(era, turnAt(clockwork, at.getTime())) : [];
}

/**
 * The change to a new list of turns that takes nobody off in the middle of a turn: at once when whoever has the turn stays in the
 * list, else when that turn ends. To the whole minute.
 */
export function changeRoster(of: LayerOf, participants: readonly Slot[], now: Date): RosterChange {
  const { clockwork } = prepareLayer(of.layer, of.schedule);
  const current = turnPeopleAt(of, now);
  const stays = current.length === 0 || participants.some((slot) => isSamePeople(peopleOf(slot), current));
  const handOff = stays ? null : nextTurn(clockwork, now.getTime());
  const at = handOff ?? thisMinute(clockwork, now.getTime());
  return { at: new Date(at).toISOString().replace('.000Z', 'Z'), participants };
}

// At the first hand-off itself a new list would begin with its own first turn, whoever has it by now.
function thisMinute({ firstTurn }: Clockwork, now: number): number {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  return minute === firstTurn ? minute + MINUTE : minute;
}
