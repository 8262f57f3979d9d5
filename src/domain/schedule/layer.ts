import { erasOf, peopleOfTurn, type Era, type People } from './roster.ts';
import type { Layer, Schedule } from './schedule.ts';
import { turnsWithin, windUp, type Clockwork, type Span } from './turns.ts';
import { measureWindow, openWithin, type MeasuredWindow } from './windows.ts';

/** The people whom a layer contributes throughout a span: never nobody. */
export interface Duty extends Span {
  readonly people: People;
}

/** A layer with everything worked out that does not depend on the range asked for. */
export interface PreparedLayer {
  readonly priority: number;
  readonly active: Span;
  readonly clockwork: Clockwork;
  readonly eras: readonly Era[];
  readonly windows: readonly MeasuredWindow[];
}

/** Works out a layer's zone, first handoff, windows and roster history. */
export function prepareLayer(layer: Layer, schedule: Schedule): PreparedLayer {
  const clockwork = windUp(layer.rotation, layer.timeZone ?? schedule.timeZone);
  return {
    priority: layer.priority ?? 0,
    active: {
      start: layer.activeFrom === undefined ? -Infinity : Date.parse(layer.activeFrom),
      end: layer.activeUntil === undefined ? Infinity : Date.parse(layer.activeUntil),
    },
    clockwork,
    eras: erasOf(layer, clockwork),
    windows: (layer.restrictions ?? []).map(measureWindow),
  };
}

/** When a layer contributes whom within `range`, ascending and without overlaps. */
export function dutiesWithin(prepared: PreparedLayer, range: Span): readonly Duty[] {
  const { clockwork, eras, windows } = prepared;
  const active = {
    start: Math.max(range.start, prepared.active.start),
    end: Math.min(range.end, prepared.active.end),
  };
  if (active.start >= active.end) return [];
  const duties: readonly Duty[] = spansOfEras(eras, active).flatMap(({ era, span }) =>
    turnsWithin(clockwork, span).map(({ turn, start, end }) => ({
      start,
      end,
      people: peopleOfTurn(era, turn),
    })),
  );
  const occupied = duties.filter(({ people }) => people.length > 0);
  return intersect(occupied, openWithin(windows, clockwork.zone, active));
}

function spansOfEras(
  eras: readonly Era[],
  range: Span,
): readonly { readonly era: Era; readonly span: Span }[] {
  return eras
    .map((era, i) => ({
      era,
      span: {
        start: Math.max(range.start, era.from),
        end: Math.min(range.end, eras[i + 1]?.from ?? Infinity),
      },
    }))
    .filter(({ span }) => span.start < span.end);
}

// Both lists are ascending and free of overlaps, so one walk over both is enough.
function intersect(duties: readonly Duty[], open: readonly Span[]): readonly Duty[] {
  const common: Duty[] = [];
  let next = 0;
  for (const duty of duties) {
    while ((open[next]?.end ?? Infinity) <= duty.start) next += 1;
    for (let i = next; (open[i]?.start ?? Infinity) < duty.end; i += 1) {
      const start = Math.max(duty.start, open[i]?.start ?? duty.end);
      const end = Math.min(duty.end, open[i]?.end ?? duty.start);
      if (start < end) common.push({ ...duty, start, end });
    }
  }
  return common;
}
