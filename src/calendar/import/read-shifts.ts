import { shiftsIn, type ImportedShifts } from '../../domain/calendar/imported-layer.ts';
import type { Occurrence } from '../../domain/calendar/imported.ts';
import { readNames } from '../../domain/calendar/who.ts';
import type { CalendarConfig } from '../../config/config.ts';
import type { Directory } from '../../domain/directory.ts';

/** Who has which shift by a calendar, as the configuration reads its names. */
export type ReadShifts = (
  calendar: CalendarConfig,
  occurrences: readonly Occurrence[],
  people: Directory['people'],
) => ImportedShifts;

interface Remembered {
  readonly names: CalendarConfig['names'];
  readonly occurrences: readonly Occurrence[];
  readonly people: Directory['people'];
  readonly read: ImportedShifts;
}

/** Reads names once for each copy, configuration and list of people. `now` decides which names that stand for nobody still matter. */
export function rememberingShifts(now: () => Date): ReadShifts {
  const known = new Map<string, Remembered>();
  return ({ id, names }, occurrences, people) => {
    const last = known.get(id);
    const isSame = last?.names === names && last.occurrences === occurrences && last.people === people;
    if (last && isSame) return last.read;
    const read = shiftsIn(occurrences, readNames(names, people), now());
    known.set(id, { names, occurrences, people, read });
    return read;
  };
}
