import { changeRoster, rosterAt } from '../schedule/change-roster.ts';
import { onCallAt } from '../schedule/on-call.ts';
import { isSamePeople } from '../schedule/roster.ts';
import type { Layer, RosterChange, Schedule } from '../schedule/schedule.ts';
import type { RosterAdvice } from './comparison.ts';

/**
 * How lists of people that were edited in place can be changed without taking off whoever is on call now, layer by layer; empty when
 * nobody is taken off, or when that is not the reason.
 */
export function adviseRoster(before: Schedule, after: Schedule, now: Date): readonly RosterAdvice[] {
  const present = onCallAt(before, now);
  if (isSamePeople(onCallAt(after, now), present)) return [];
  const advised = after.layers.map((layer, i) => keepTurn(before, { layer, old: before.layers[i] }, now));
  const layers = advised
    .map((one, i) => one?.layer ?? after.layers[i])
    .filter((layer) => layer !== undefined);
  if (!isSamePeople(onCallAt({ ...after, layers }, now), present)) return [];
  return advised.flatMap((one, i) =>
    one === null ? [] : [{ layer: i, participants: [...one.layer.participants], ...one.change }],
  );
}

interface Kept {
  readonly layer: Layer;
  readonly change: { readonly at: string; readonly changed: RosterChange['participants'] };
}

function keepTurn(
  before: Schedule,
  { layer, old }: { readonly layer: Layer; readonly old: Layer | undefined },
  now: Date,
): Kept | null {
  if (!old || !isSame(layer.rotation, old.rotation) || layer.timeZone !== old.timeZone) return null;
  const past = old.rosterChanges ?? [];
  if (isSame([layer.participants, layer.rosterChanges ?? []], [old.participants, past])) return null;
  const change = changeRoster({ layer: old, schedule: before }, rosterAt(layer, now), now);
  // What is planned for later would undo the change: that is for people to sort out.
  if (past.some(({ at }) => Date.parse(at) > Date.parse(change.at))) return null;
  const kept = { ...layer, participants: old.participants, rosterChanges: [...past, change] };
  return { layer: kept, change: { at: change.at, changed: change.participants } };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
