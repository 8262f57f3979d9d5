import type { NamedSchedule } from '../../directory.ts';
import { timeline } from '../../schedule/on-call.ts';
import type { Segment } from '../../schedule/on-call.ts';
import type { Layer, Schedule } from '../../schedule/schedule.ts';
import { windUp } from '../../schedule/turns.ts';
import type { Span } from '../../schedule/turns.ts';
import { intersect, lengthOf, mergeTouching, without } from './spans.ts';

/** Why nobody is on call when a gap begins. */
export type GapCause =
  | 'override'
  | 'hours'
  | 'empty_turn'
  | 'ended'
  | 'between_layers'
  | 'not_started'
  | 'no_layers';

/** A time in which a schedule has nobody on call. */
export interface Gap {
  readonly start: Date;
  readonly end: Date;
  readonly cause: GapCause;
  /** All of it lies outside of the hours that the schedule keeps, for hours on end: it is meant to be so. */
  readonly isPlanned: boolean;
  readonly unplannedMs: number;
}

/** A stretch with the same people on call, in ms. */
export interface Stretch extends Span {
  readonly people: readonly string[];
}

/** How a schedule is covered. */
export interface ScheduleCoverage {
  readonly schedule: string;
  readonly stretches: readonly Stretch[];
  /** Every time with nobody on call, planned or not. */
  readonly gaps: readonly Gap[];
  /** Person-time on call, each person's own. */
  readonly hours: readonly { readonly person: string; readonly ms: number }[];
  /** When its last layer ends, if that is within the window. */
  readonly endsAt: Date | null;
}

const HOUR = 3_600_000;
/** Shorter closed times, as between two windows that do not quite meet, are nobody's intention. */
const LEAST_PLANNED_MS = 4 * HOUR;
const PAD_MS = 48 * HOUR;

/** The times of a window in which a schedule has nobody, and who has the others. */
export function gapsOf({ id, schedule }: NamedSchedule, window: Span): ScheduleCoverage {
  const stretches = stretchesOf(schedule, window);
  const empty = stretches.filter(({ people }) => people.length === 0);
  const look = empty.length === 0 ? null : lookInto(schedule, window);
  return {
    schedule: id,
    stretches,
    gaps: empty.map((span) => gapOf(span, schedule, look)),
    hours: hoursOf(stretches),
    endsAt: endOf(schedule, window),
  };
}

/** Who is on call throughout a window, without hole or overlap. */
export function stretchesOf(schedule: Schedule, { start, end }: Span): readonly Stretch[] {
  return timeline(schedule, new Date(start), new Date(end)).map(toStretch);
}

function toStretch({ start, end, onCall }: Segment): Stretch {
  return { start: start.getTime(), end: end.getTime(), people: onCall };
}

/** What the schedule would be without its overrides, and without its hours too. */
interface Look {
  readonly withoutOverrides: readonly Span[];
  readonly withoutHours: readonly Span[];
  readonly planned: readonly Span[];
}

function lookInto(schedule: Schedule, { start, end }: Span): Look {
  const wide = { start: start - PAD_MS, end: end + PAD_MS };
  const plain: Schedule = { ...schedule, overrides: [] };
  const alwaysOpen: Schedule = {
    ...plain,
    layers: plain.layers.map((layer) => ({ ...layer, restrictions: [] })),
  };
  const bare = stretchesOf(plain, wide);
  const closed = bare.filter(({ people }) => people.length === 0);
  const open = occupied(stretchesOf(alwaysOpen, wide));
  const byHours = mergeTouching(intersect(closed, open));
  return {
    withoutOverrides: occupied(bare),
    withoutHours: open,
    planned: byHours.filter((span) => lengthOf([span]) >= LEAST_PLANNED_MS),
  };
}

function occupied(stretches: readonly Stretch[]): readonly Span[] {
  return stretches.filter(({ people }) => people.length > 0);
}

function gapOf(span: Span, schedule: Schedule, look: Look | null): Gap {
  const unplannedMs = lengthOf(without([span], look?.planned ?? []));
  return {
    start: new Date(span.start),
    end: new Date(span.end),
    cause: causeAt(span.start, schedule, look),
    isPlanned: unplannedMs === 0,
    unplannedMs,
  };
}

function causeAt(at: number, schedule: Schedule, look: Look | null): GapCause {
  if (schedule.layers.length === 0) return 'no_layers';
  if (holds(look?.withoutOverrides ?? [], at)) return 'override';
  if (holds(look?.withoutHours ?? [], at)) return 'hours';
  const { layers } = schedule;
  const isOver = (layer: Layer) => endOfLayer(layer) <= at;
  const isToCome = (layer: Layer) => startOfLayer(layer, schedule) > at;
  if (layers.every(isOver)) return 'ended';
  if (layers.every(isToCome)) return 'not_started';
  return layers.every((layer) => isOver(layer) || isToCome(layer)) ? 'between_layers' : 'empty_turn';
}

function holds(spans: readonly Span[], at: number): boolean {
  return spans.some(({ start, end }) => start <= at && at < end);
}

function startOfLayer(layer: Layer, schedule: Schedule): number {
  const { firstTurn } = windUp(layer.rotation, layer.timeZone ?? schedule.timeZone);
  return Math.max(firstTurn, layer.activeFrom === undefined ? -Infinity : Date.parse(layer.activeFrom));
}

function endOfLayer({ activeUntil }: Layer): number {
  return activeUntil === undefined ? Infinity : Date.parse(activeUntil);
}

function endOf({ layers }: Schedule, { start, end }: Span): Date | null {
  const last = Math.max(...layers.map(endOfLayer));
  return layers.length > 0 && last > start && last < end ? new Date(last) : null;
}

function hoursOf(stretches: readonly Stretch[]): ScheduleCoverage['hours'] {
  const total = new Map<string, number>();
  for (const { start, end, people } of stretches) {
    for (const person of people) total.set(person, (total.get(person) ?? 0) + end - start);
  }
  return [...total].map(([person, ms]) => ({ person, ms })).toSorted((a, b) => b.ms - a.ms);
}
