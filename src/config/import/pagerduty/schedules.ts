import type { Layer, Override, Restriction, Weekday } from '../../../domain/schedule/schedule.ts';
import {
  anchorOf,
  clockOf,
  DAY,
  HOUR,
  instantOf,
  lengthOf,
  MINUTE,
  rotationFrom,
  turnOf,
  WEEK,
  weekdayAfter,
  zoneOr,
} from '../clockface.ts';
import type { ForeignSchedule, Rendered } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { noteUnread } from '../reading.ts';
import { compareTimelines } from '../rendered.ts';
import {
  HARMLESS,
  ScheduleLayer,
  type PagerDutyOverride,
  type PagerDutyRestriction,
  type PagerDutySchedule,
} from './shapes.ts';

/** Layers, overrides and the timeline of a schedule. Null, with a note, when the export has only its name. */
export function translateSchedule(
  schedule: PagerDutySchedule,
  overrides: readonly PagerDutyOverride[],
  notes: Notes,
): ForeignSchedule | null {
  const about = `schedule ${schedule.name}`;
  if (!schedule.schedule_layers) {
    notes.add(
      'dropped',
      about,
      'the export has only its name and no schedule_layers: fetch GET /schedules/{id} for each one.',
    );
    return null;
  }
  const timeZone = zoneOr(schedule.time_zone, { notes, about });
  const layers = schedule.schedule_layers.flatMap((raw, i) =>
    translateLayer(raw, { timeZone, notes, about, number: i }),
  );
  const rendered = renderedOf(schedule);
  const base = { timeZone, overrides: overridesOf(schedule, overrides, { notes, about }) };
  const ordered = inOrder(layers, { base, rendered, notes, about });
  return { id: schedule.id, name: schedule.name, schedule: { ...base, layers: ordered }, rendered };
}

interface LayerContext {
  readonly timeZone: string;
  readonly notes: Notes;
  readonly about: string;
  readonly number: number;
}

function translateLayer(raw: unknown, { timeZone, notes, about, number }: LayerContext): readonly Layer[] {
  const parsed = ScheduleLayer.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    notes.add(
      'dropped',
      about,
      `layer ${number + 1} cannot be read: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}.`,
    );
    return [];
  }
  const layer = parsed.data;
  const where = `${about}, ${layer.name ?? `layer ${number + 1}`}`;
  noteUnread({ before: raw, after: layer }, where, { notes, harmless: HARMLESS });
  if (layer.users.length === 0) {
    notes.add('dropped', where, 'has no users.');
    return [];
  }
  const windows = windowsOf(layer, { notes, about: where });
  return [
    {
      participants: layer.users.map(({ user }) => user.id),
      rotation: rotationOf(layer, { timeZone, notes, about: where }),
      activeFrom: instantOf(layer.start),
      ...(layer.end && { activeUntil: instantOf(layer.end) }),
      ...(windows.length > 0 && { restrictions: windows }),
    },
  ];
}

interface About {
  readonly notes: Notes;
  readonly about: string;
}

function rotationOf(layer: ScheduleLayer, { timeZone, notes, about }: About & { readonly timeZone: string }) {
  const seconds = layer.rotation_turn_length_seconds;
  const exact = turnOf(seconds * 1000);
  const turn = exact ?? { unit: 'hours' as const, count: Math.max(1, Math.round((seconds * 1000) / HOUR)) };
  if (!exact) {
    notes.add(
      'changed',
      about,
      `a turn lasts ${seconds} seconds, which is no number of whole hours; it is ${turn.count} h here, so the people drift apart. Choose a length.`,
    );
  } else if (turn.unit === 'hours') {
    notes.add(
      'changed',
      about,
      `a turn lasts ${turn.count} h, counted on the wall clock here: where clocks change, one turn is longer or shorter than in PagerDuty, which may count hours that pass.`,
    );
  }
  const start = layer.rotation_virtual_start ?? layer.start;
  const round = lengthOf(turn) * layer.users.length;
  // An anchor later than the layer's start is moved back by whole rounds: who is on call after it stays the same.
  const late = Math.max(0, Math.ceil((start.getTime() - layer.start.getTime()) / round));
  return rotationFrom(anchorOf(start, timeZone, { notes, about }) - late * round, turn);
}

/** No window at all when one of them is always open. */
function windowsOf({ restrictions }: ScheduleLayer, { notes, about }: About): readonly Restriction[] {
  const windows = (restrictions ?? []).map((restriction) => windowOf(restriction, { notes, about }));
  return windows.some((window) => window === 'always') ? [] : windows.filter((window) => window !== 'always');
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];

function windowOf(restriction: PagerDutyRestriction, { notes, about }: About): Restriction | 'always' {
  const [hours = 0, minutes = 0, seconds = 0] = restriction.start_time_of_day
    .split(':')
    .map((part) => Number.parseInt(part, 10));
  const start = hours * HOUR + minutes * MINUTE;
  const length = Math.ceil((restriction.duration_seconds * 1000) / MINUTE) * MINUTE;
  if (seconds !== 0 || restriction.duration_seconds % 60 !== 0) {
    notes.add(
      'changed',
      about,
      `a restriction from ${restriction.start_time_of_day} for ${restriction.duration_seconds} seconds is cut to whole minutes.`,
    );
  }
  const end = start + length;
  if (restriction.type === 'daily_restriction') {
    return length >= DAY ? 'always' : { type: 'daily', start: clockOf(start), end: clockOf(end) };
  }
  const startDay = DAYS[restriction.start_day_of_week - 1] ?? 'mon';
  if (length >= WEEK) return 'always';
  return {
    type: 'weekly',
    startDay,
    startTime: clockOf(start),
    endDay: weekdayAfter(startDay, Math.floor(end / DAY)),
    endTime: clockOf(end),
  };
}

function overridesOf(
  schedule: PagerDutySchedule,
  listed: readonly PagerDutyOverride[],
  { notes, about }: About,
): readonly Override[] {
  const rendered = (schedule.overrides_subschedule?.rendered_schedule_entries ?? []).flatMap(
    ({ start, end, user }) => (user ? [{ start, end, user }] : []),
  );
  const all = listed.length > 0 ? listed : rendered;
  const sound = all.filter(({ start, end }) => start < end);
  const overlaps = sound.some((one, i) =>
    sound.slice(0, i).some((other) => one.start < other.end && other.start < one.end),
  );
  if (overlaps) {
    notes.add(
      'changed',
      about,
      'has overrides at the same time; here the last one in the list counts. Check overrides.',
    );
  }
  return sound.map(({ start, end, user }) => ({
    type: 'replaceAll',
    start: instantOf(start),
    end: instantOf(end),
    users: [user.id],
  }));
}

function renderedOf({ final_schedule: final }: PagerDutySchedule): Rendered | null {
  const entries = (final?.rendered_schedule_entries ?? []).filter(({ start, end }) => start < end);
  const shifts = entries.flatMap(({ start, end, user }) => (user ? [{ start, end, people: [user.id] }] : []));
  if (shifts.length === 0) return null;
  const from = Math.min(...shifts.map(({ start }) => start.getTime()));
  const to = Math.max(...shifts.map(({ end }) => end.getTime()));
  return { from: new Date(from), to: new Date(to), shifts };
}

interface Ordering extends About {
  readonly base: { readonly timeZone: string; readonly overrides: readonly Override[] };
  readonly rendered: Rendered | null;
}

/** The layer that the API names first wins; unless PagerDuty's own timeline says that this export has them the other way round. */
function inOrder(layers: readonly Layer[], { base, rendered, notes, about }: Ordering): readonly Layer[] {
  const firstWins = layers.map((layer, i) => ({ ...layer, priority: layers.length - 1 - i }));
  if (rendered === null || layers.length < 2) return firstWins;
  const lastWins = layers.map((layer, i) => ({ ...layer, priority: i }));
  const agreement = (ordered: readonly Layer[]) =>
    compareTimelines({ ...base, layers: ordered }, rendered).agreement;
  if (agreement(lastWins) <= agreement(firstWins)) return firstWins;
  notes.add(
    'changed',
    about,
    'its layers are in the opposite order of what the API documents, as its final_schedule shows; the last one wins.',
  );
  return lastWins;
}
