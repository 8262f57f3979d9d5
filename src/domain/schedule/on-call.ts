import { dutiesWithin, prepareLayer, type Duty, type PreparedLayer } from './layer.ts';
import { applyOverrides, prepareOverrides, type PreparedOverride } from './overrides.ts';
import { isSamePeople, type People } from './roster.ts';
import type { Schedule } from './schedule.ts';
import type { Span } from './turns.ts';

/** A stretch `[start, end)` of a timeline with one set of people on call, sorted by code unit; empty when nobody is. */
export interface Segment {
  readonly start: Date;
  readonly end: Date;
  readonly onCall: readonly string[];
}

const DAY = 86_400_000;
/** How far `nextChange` looks ahead: 400 days of 24 hours. */
export const LOOK_AHEAD_MS = 400 * DAY;
const FIRST_LOOK_MS = 2 * DAY;

/** Who is on call at an instant, each once, sorted by code unit; empty when nobody is. */
export function onCallAt(schedule: Schedule, at: Date): readonly string[] {
  const start = at.getTime();
  return piecesWithin(prepare(schedule), { start, end: start + 1 })[0]?.people ?? [];
}

/** The first instant after `at` at which somebody else is on call than at `at`, or null if that is more than 400 days away. */
export function nextChange(schedule: Schedule, at: Date): Date | null {
  const prepared = prepare(schedule);
  const limit = at.getTime() + LOOK_AHEAD_MS + 1;
  let [start, look] = [at.getTime(), FIRST_LOOK_MS];
  let now: People | undefined;
  // Most changes are near: look a little ahead first, then ever further.
  while (start < limit) {
    const end = Math.min(start + look, limit);
    for (const piece of piecesWithin(prepared, { start, end })) {
      now ??= piece.people;
      if (!isSamePeople(piece.people, now)) return new Date(piece.start);
    }
    [start, look] = [end, look * 2];
  }
  return null;
}

/** The maximal stretches of `[from, to)` with one set of people on call, without hole or overlap; none if `to` is not after `from`. */
export function timeline(schedule: Schedule, from: Date, to: Date): readonly Segment[] {
  const range = { start: from.getTime(), end: to.getTime() };
  if (range.start >= range.end) return [];
  return piecesWithin(prepare(schedule), range).map(({ start, end, people }) => ({
    start: new Date(start),
    end: new Date(end),
    onCall: people,
  }));
}

interface Prepared {
  readonly layers: readonly PreparedLayer[];
  readonly overrides: readonly PreparedOverride[];
}

// A schedule never changes; a new one is a new object.
const known = new WeakMap<Schedule, Prepared>();

function prepare(schedule: Schedule): Prepared {
  let prepared = known.get(schedule);
  if (!prepared) {
    prepared = {
      layers: schedule.layers.map((layer) => prepareLayer(layer, schedule)),
      overrides: prepareOverrides(schedule.overrides ?? []),
    };
    known.set(schedule, prepared);
  }
  return prepared;
}

interface LayerDuties {
  readonly priority: number;
  readonly duties: readonly Duty[];
}

function piecesWithin({ layers, overrides }: Prepared, range: Span): readonly Duty[] {
  const near = overrides.filter(({ start, end }) => start < range.end && end > range.start);
  const onDuty = layers.map((layer) => ({ priority: layer.priority, duties: dutiesWithin(layer, range) }));
  const cuts = cutsOf([...onDuty.map(({ duties }) => duties), near], range);
  const cursors = onDuty.map(() => 0);
  const pieces: Duty[] = [];
  cuts.forEach((start, i) => {
    const end = cuts[i + 1] ?? range.end;
    const people = applyOverrides(baseSetAt(onDuty, cursors, start), near, start);
    const last = pieces.at(-1);
    if (last && isSamePeople(last.people, people)) pieces[pieces.length - 1] = { ...last, end };
    else pieces.push({ start, end, people });
  });
  return pieces;
}

/** Every instant of the range at which something may change, its start included, ascending. */
function cutsOf(lists: readonly (readonly Span[])[], range: Span): readonly number[] {
  const cuts = new Set([range.start]);
  for (const list of lists) {
    for (const { start, end } of list) {
      if (start > range.start) cuts.add(start);
      if (end < range.end) cuts.add(end);
    }
  }
  return [...cuts].sort((a, b) => a - b);
}

// `cursors` only ever move forward: the caller asks for ascending instants.
function baseSetAt(layers: readonly LayerDuties[], cursors: number[], at: number): ReadonlySet<string> {
  let highest = -Infinity;
  let people = new Set<string>();
  layers.forEach(({ priority, duties }, i) => {
    let cursor = cursors[i] ?? 0;
    while ((duties[cursor]?.end ?? Infinity) <= at) cursor += 1;
    cursors[i] = cursor;
    const duty = duties[cursor];
    if (!duty || duty.start > at || priority < highest) return;
    if (priority > highest) [highest, people] = [priority, new Set()];
    for (const person of duty.people) people.add(person);
  });
  return people;
}
