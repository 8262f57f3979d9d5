import { list } from '../config/explain.ts';
import type { Directory } from '../domain/directory.ts';
import type { Slot } from '../domain/schedule/schedule.ts';
import { nearestWord } from '../lib/edit-distance.ts';
import { UsageError } from './verb.ts';

/** What shall become of a list of turns. */
export type RosterWish =
  | { readonly kind: 'add'; readonly person: string; readonly after: string | null }
  | { readonly kind: 'remove'; readonly person: string }
  | { readonly kind: 'set'; readonly slots: readonly Slot[] };

/** The wish in the words of a call. Throws UsageError for a person who is not configured, and for words that it does not know. */
export function readRosterWish(
  [action, ...names]: readonly string[],
  after: string | undefined,
  { people }: Directory,
): RosterWish {
  const known = (name: string) => knownPerson(name, [...people.keys()]);
  if (after !== undefined && action !== 'add') throw new UsageError('--after goes with add only');
  if (action === 'set') {
    if (names.length === 0)
      throw new UsageError('firebell roster set needs the turns in order, like: ana ben+cleo');
    return { kind: 'set', slots: names.map((turn) => readSlot(turn, known)) };
  }
  if (action !== 'add' && action !== 'remove')
    throw new UsageError(`firebell roster knows add, remove and set, not "${action ?? ''}"`);
  const [person, ...rest] = names;
  if (person === undefined || rest.length > 0)
    throw new UsageError(
      `firebell roster ${action} takes one PERSON${rest.length > 0 ? ', one after the other' : ''}`,
    );
  if (action === 'remove') return { kind: 'remove', person };
  return { kind: 'add', person: known(person), after: after ?? null };
}

/** The list of turns as wished for. Throws UsageError when the wish does not fit the list. */
export function grantRosterWish(slots: readonly Slot[], wish: RosterWish): readonly Slot[] {
  switch (wish.kind) {
    case 'set':
      return wish.slots;
    case 'add':
      return withPerson(slots, wish);
    case 'remove':
      return withoutPerson(slots, wish.person);
  }
}

function withPerson(
  slots: readonly Slot[],
  { person, after }: { readonly person: string; readonly after: string | null },
): readonly Slot[] {
  if (slots.some((slot) => isIn(slot, person)))
    throw new UsageError(`${person} has a turn there already; \`firebell roster set\` can give a second one`);
  if (after === null) return [...slots, person];
  const place = slots.findIndex((slot) => isIn(slot, after));
  if (place === -1) throw new UsageError(`--after: ${after} has no turn there.${turnsOf(slots)}`);
  return slots.toSpliced(place + 1, 0, person);
}

function withoutPerson(slots: readonly Slot[], person: string): readonly Slot[] {
  if (!slots.some((slot) => isIn(slot, person)))
    throw new UsageError(`${person} has no turn there.${turnsOf(slots)}`);
  const left = slots
    .map((slot) => (typeof slot === 'string' ? slot : slot.filter((one) => one !== person)))
    // A turn that was meant for nobody stays one; a turn that is emptied goes.
    .filter((slot, i) => slot !== person && (slot.length > 0 || slots[i]?.length === 0));
  if (left.every((slot) => slot.length === 0))
    throw new UsageError(`nobody would be left without ${person}; add somebody first`);
  return left;
}

function readSlot(turn: string, known: (name: string) => string): Slot {
  if (turn === 'nobody') return [];
  const names = turn.split('+').map(known);
  return names.length === 1 ? (names[0] ?? []) : names;
}

function knownPerson(name: string, people: readonly string[]): string {
  if (people.includes(name)) return name;
  const meant = nearestWord(name, people);
  const suggestion = meant === null ? '' : ` Did you mean "${meant}"?`;
  throw new UsageError(`nobody in \`people\` is called "${name}".${suggestion}${list('People are', people)}`);
}

function isIn(slot: Slot, person: string): boolean {
  return typeof slot === 'string' ? slot === person : slot.includes(person);
}

function turnsOf(slots: readonly Slot[]): string {
  return list(
    'Turns are',
    slots.map((slot) => (typeof slot === 'string' ? slot : slot.join('+') || 'nobody')),
  );
}
