import { erasOf, peopleOfTurn, type Era, type People } from './roster.ts';
import type { Layer, Schedule } from './schedule.ts';
import { turnsWithin, windUp, type Clockwork, type Span } from './turns.ts';
import { openWithin } from './windows.ts';

/** The people whom a layer contributes throughout a span: never nobody. */
export interface Duty extends Span {
  readonly people: People;
}

/** A layer with everything worked out that does not depend on the range asked for. */
export interface PreparedLayer {
  readonly layer: Layer;
  readonly priority: number;
  readonly clockwork: Clockwork;
  readonly eras: readonly Era[];
}

/** Works out a layer's zone, first handoff and roster history. */
export function prepareLayer(layer: Layer, schedule: Schedule): PreparedLayer {
  const clockwork = windUp(layer.rotation, layer.timeZone ?? schedule.timeZone);
  return { layer, priority: layer.priority ?? 0, clockwork, eras: erasOf(layer, clockwork) };
}

/** When a layer contributes whom within `range`, ascending and without overlaps. */
export function dutiesWithin(prepared: PreparedLayer, range: Span): readonly Duty[] {
  const { layer, clockwork, eras } = prepared;
  const active = {
    start: Math.max(range.start, layer.activeFrom === undefined ? -Infinity : Date.parse(layer.activeFrom)),
    end: Math.min(range.end, layer.activeUntil === undefined ? Infinity : Date.parse(layer.activeUntil)),
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
  return intersect(occupied, openWithin(layer.restrictions ?? [], clockwork.zone, active));
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
