import type { Override } from '../../../domain/schedule/schedule.ts';
import { parseWall, resolveWall } from '../../../domain/schedule/zone.ts';
import { instantOf, zoneOr } from '../clockface.ts';
import type { ForeignSchedule, Rendered, Shift } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { piecesOf } from '../rendered.ts';
import type { FinalShift, GrafanaSchedule, GrafanaShift } from './shapes.ts';
import { translateShift } from './shifts.ts';

type Located<T> = T & { readonly from: string };

/** What a schedule is made of, beside itself. */
export interface ScheduleParts {
  readonly shifts: readonly GrafanaShift[];
  readonly finals: readonly Located<FinalShift>[];
  readonly notes: Notes;
}

/** Shifts, overrides and final shifts of a schedule. Null, with a note, for a calendar from elsewhere. */
export function translateSchedule(
  schedule: GrafanaSchedule,
  { shifts, finals, notes }: ScheduleParts,
): ForeignSchedule | null {
  const about = `schedule ${schedule.name}`;
  if (schedule.type === 'ical') {
    notes.add(
      'dropped',
      about,
      'is a calendar from elsewhere, not a rotation: its address is in Grafana OnCall under ical_url_primary.',
    );
    return null;
  }
  if (schedule.ical_url_overrides)
    notes.add('dropped', about, 'takes overrides from a calendar, which are not carried.');
  const timeZone = zoneOr(schedule.time_zone ?? 'UTC', { notes, about });
  const own = schedule.shifts.flatMap((id) => {
    const shift = shifts.find((one) => one.id === id);
    if (!shift)
      notes.add('dropped', about, `its shift ${id} is not in the export: fetch GET /api/v1/on_call_shifts.`);
    return shift ?? [];
  });
  const zoneOf = (shift: GrafanaShift) =>
    shift.time_zone === null
      ? timeZone
      : zoneOr(shift.time_zone, { notes, about: `${about}, shift ${shift.name ?? shift.id}` });
  const layers = own.flatMap((shift) => {
    if (shift.type === 'override') return [];
    const zone = zoneOf(shift);
    const layer = translateShift(shift, { zone, about: `${about}, shift ${shift.name ?? shift.id}`, notes });
    if (!layer) return [];
    return [zone === timeZone ? layer : { ...layer, timeZone: zone }];
  });
  if (layers.some((layer) => layer.timeZone === 'UTC') && timeZone !== 'UTC') {
    notes.add(
      'changed',
      about,
      'has shifts in UTC, as its web page makes them, so their wall time moves by an hour when clocks change. To keep the wall time, give those layers the schedule’s time_zone and correct their hand_off.',
    );
  }
  const replaced = own
    .filter(({ type }) => type === 'override')
    .map((shift) => overrideShift(shift, zoneOf(shift)));
  return {
    id: schedule.id,
    name: schedule.name,
    schedule: { timeZone, layers, overrides: overridesOf(replaced) },
    rendered: renderedOf(schedule.id, finals),
  };
}

function overrideShift(
  { start, duration, users, rolling_users: rolling }: GrafanaShift,
  zone: string,
): Shift {
  const from = resolveWall(parseWall(start.slice(0, 10), start.slice(11, 16)) ?? NaN, zone);
  const people = users.length > 0 ? users : (rolling ?? []).flat();
  return { start: from, end: new Date(from.getTime() + duration * 1000), people };
}

/** Overrides at the same time are all on call, so each stretch replaces everybody by all of them. */
function overridesOf(shifts: readonly Shift[]): readonly Override[] {
  if (shifts.length === 0) return [];
  const from = new Date(Math.min(...shifts.map(({ start }) => start.getTime())));
  const to = new Date(Math.max(...shifts.map(({ end }) => end.getTime())));
  return piecesOf(shifts, from, to).flatMap(({ start, end, people }): readonly Override[] =>
    people.length > 0
      ? [{ type: 'replaceAll', start: instantOf(start), end: instantOf(end), users: people }]
      : [],
  );
}

function renderedOf(id: string, finals: readonly Located<FinalShift>[]): Rendered | null {
  const own = finals.filter(({ from }) => from.includes(id));
  if (own.length === 0) return null;
  const shifts = own.map(({ shift_start: start, shift_end: end, user_pk: user }) => ({
    start,
    end,
    people: [user],
  }));
  return {
    from: new Date(Math.min(...shifts.map(({ start }) => start.getTime()))),
    to: new Date(Math.max(...shifts.map(({ end }) => end.getTime()))),
    shifts,
  };
}
