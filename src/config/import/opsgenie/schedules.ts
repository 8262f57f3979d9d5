import {
  WEEKDAYS,
  type Layer,
  type Override,
  type Restriction,
  type Slot,
  type Weekday,
} from '../../../domain/schedule/schedule.ts';
import {
  anchorOf,
  clockOf,
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  rotationFrom,
  zoneOr,
  type Turn,
} from '../clockface.ts';
import type { ForeignSchedule, Rendered, Shift } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { noteUnread } from '../reading.ts';
import { belongsTo, type OpsgenieExport } from './gather.ts';
import {
  HARMLESS,
  Rotation,
  type DayTime,
  type OpsgenieOverride,
  type OpsgenieSchedule,
  type Recipient,
  type Time,
  type TimeRestriction,
} from './shapes.ts';

/** Whom a participant of a rotation stands for. */
export type Stand = (recipient: Recipient, about: string) => readonly string[];

interface Context {
  readonly notes: Notes;
  readonly stand: Stand;
  readonly about: string;
}

/** Rotations, overrides and the timeline of a schedule. Null, with a note, when it is switched off or has no rotations. */
export function translateSchedule(
  schedule: OpsgenieSchedule,
  all: OpsgenieExport,
  { notes, stand }: Pick<Context, 'notes' | 'stand'>,
): ForeignSchedule | null {
  const about = `schedule ${schedule.name}`;
  if (schedule.enabled === false) {
    notes.add('dropped', about, 'is disabled in Opsgenie, where nobody is on call by it.');
    return null;
  }
  if (!schedule.rotations) {
    notes.add(
      'dropped',
      about,
      'the export has no rotations of it: fetch GET /v2/schedules?expand=rotation.',
    );
    return null;
  }
  const context = { notes, stand, about };
  const timeZone = zoneOr(schedule.timezone, context);
  const overrides = [
    ...schedule.overrides,
    ...all.overrides.filter((one) => belongsTo(one, schedule)),
  ].filter(({ startDate, endDate }) => startDate < endDate);
  const rotations = readRotations(schedule.rotations, context);
  // One that names every rotation is one for the whole schedule.
  const isWhole = ({ rotations: named }: OpsgenieOverride) =>
    named.length === 0 || rotations.every((rotation) => isNamed(rotation, named));
  const partial = overrides.filter((override) => !isWhole(override));
  const layers = rotations.flatMap((rotation) =>
    translateRotation(rotation, partial, { ...context, timeZone }),
  );
  return {
    id: schedule.id,
    name: schedule.name,
    schedule: {
      timeZone,
      layers,
      overrides: [
        ...overrides.filter(isWhole).map((override) => overrideOf(override, context)),
        ...all.forwardings.flatMap((forwarding) => forwardingOf(forwarding, context)),
      ],
    },
    rendered: renderedOf(schedule, all, stand),
  };
}

function readRotations(raws: readonly unknown[], { notes, about }: Context): readonly Rotation[] {
  return raws.flatMap((raw, i) => {
    const parsed = Rotation.safeParse(raw);
    if (parsed.success) {
      const which = `${about}, ${parsed.data.name ?? `rotation ${i + 1}`}`;
      noteUnread({ before: raw, after: parsed.data }, which, { notes, harmless: HARMLESS });
      return [parsed.data];
    }
    const [issue] = parsed.error.issues;
    const why = `${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`;
    notes.add('dropped', `${about}, rotation ${i + 1}`, `cannot be read: ${why}.`);
    return [];
  });
}

const UNITS: Readonly<Record<string, Turn['unit']>> = { hourly: 'hours', daily: 'days', weekly: 'weeks' };

function translateRotation(
  rotation: Rotation,
  overrides: readonly OpsgenieOverride[],
  { notes, stand, about, timeZone }: Context & { readonly timeZone: string },
): readonly Layer[] {
  const where = `${about}, ${rotation.name ?? 'rotation'}`;
  const unit = UNITS[rotation.type.toLowerCase()];
  if (rotation.enabled === false || unit === undefined || rotation.participants.length === 0) {
    const why =
      rotation.enabled === false
        ? 'is disabled'
        : unit === undefined
          ? `turns ${rotation.type}, which is not hourly, daily or weekly`
          : 'has no participants';
    notes.add('dropped', where, `${why}.`);
    return [];
  }
  const layer: Layer = {
    participants: rotation.participants.map((one) => slotOf(stand(one, where))),
    rotation: rotationFrom(anchorOf(rotation.startDate, timeZone, { notes, about: where }), {
      unit,
      count: rotation.length ?? 1,
    }),
    ...(rotation.endDate && { activeUntil: instantOf(rotation.endDate) }),
    ...(rotation.timeRestriction && { restrictions: windowsOf(rotation.timeRestriction) }),
  };
  const own = overrides.filter(({ rotations }) => isNamed(rotation, rotations));
  if (own.length === 0) return [layer];
  notes.add(
    'changed',
    where,
    `${own.length} overrides hold for this rotation and not for others: it is cut in pieces around them.`,
  );
  return cutAround(layer, own, (override) => replacementsIn(override, { stand, about: where }));
}

function slotOf(people: readonly string[]): Slot {
  return people.length === 1 && people[0] !== undefined ? people[0] : people;
}

function isNamed({ id, name }: Rotation, rotations: OpsgenieOverride['rotations']): boolean {
  return rotations.some((one) => (one.id ? one.id === id : one.name !== null && one.name === name));
}

/** The layer without the times of these overrides, and their people in them. */
function cutAround(
  layer: Layer,
  overrides: readonly OpsgenieOverride[],
  peopleOf: (override: OpsgenieOverride) => readonly string[],
): readonly Layer[] {
  const sorted = overrides.toSorted((a, b) => a.startDate.getTime() - b.startDate.getTime());
  let from: Date | null = null;
  const pieces: Layer[] = [];
  for (const override of sorted) {
    const { startDate, endDate } = override;
    if (from === null || from < startDate) pieces.push(between(layer, from, startDate));
    const people = peopleOf(override);
    if (people.length > 0) pieces.push(standIn(slotOf(people), startDate, endDate));
    if (from === null || from < endDate) from = endDate;
  }
  return [...pieces, between(layer, from, null)].filter(
    ({ activeFrom, activeUntil }) =>
      activeFrom === undefined ||
      activeUntil === undefined ||
      Date.parse(activeFrom) < Date.parse(activeUntil),
  );
}

function between(layer: Layer, from: Date | null, until: Date | null): Layer {
  const end = layer.activeUntil === undefined ? until : earlier(new Date(layer.activeUntil), until);
  return {
    ...layer,
    ...(from && { activeFrom: instantOf(from) }),
    ...(end && { activeUntil: instantOf(end) }),
  };
}

function earlier(a: Date, b: Date | null): Date {
  return b !== null && b < a ? b : a;
}

function standIn(slot: Slot, start: Date, end: Date): Layer {
  const day = new Date(start.getTime() - 2 * DAY);
  return {
    participants: [slot],
    rotation: rotationFrom(Math.floor(day.getTime() / DAY) * DAY, { unit: 'weeks', count: 1 }),
    activeFrom: instantOf(start),
    activeUntil: instantOf(end),
  };
}

function windowsOf(restriction: TimeRestriction): readonly Restriction[] {
  if (restriction.type === 'time-of-day') {
    const { start, end } = clocksOf(restriction.restriction);
    return [{ type: 'daily', start, end }];
  }
  return restriction.restrictions.map((window) => {
    const { start, end } = clocksOf(window);
    // 24:00 is midnight of the next day.
    const late = window.endHour === 24 ? 1 : 0;
    return {
      type: 'weekly',
      startDay: dayOf(window.startDay, 0),
      startTime: start,
      endDay: dayOf(window.endDay, late),
      endTime: end,
    };
  });
}

function clocksOf({ startHour, startMin, endHour, endMin }: Time | DayTime) {
  const clock = (hour: number, minute: number | null | undefined) =>
    clockOf((hour % 24) * HOUR + (minute ?? 0) * MINUTE);
  return { start: clock(startHour, startMin), end: clock(endHour, endMin) };
}

function dayOf(name: string, later: number): Weekday {
  const index = WEEKDAYS.findIndex((day) => name.toLowerCase().startsWith(day));
  return WEEKDAYS[(Math.max(0, index) + later) % 7] ?? 'sun';
}

/** Users may be named by their address alone. */
function replacementsIn(
  { user }: OpsgenieOverride,
  { stand, about }: Pick<Context, 'stand' | 'about'>,
): readonly string[] {
  return stand({ ...user, type: user.type ?? 'user' }, about);
}

function overrideOf(override: OpsgenieOverride, context: Context): Override {
  return {
    type: 'replaceAll',
    start: instantOf(override.startDate),
    end: instantOf(override.endDate),
    users: replacementsIn(override, context),
  };
}

function forwardingOf(
  { fromUser, toUser, startDate, endDate }: OpsgenieExport['forwardings'][number],
  { stand, about }: Context,
): readonly Override[] {
  const [user] = stand({ ...fromUser, type: 'user' }, about);
  const [other = null] = stand({ ...toUser, type: 'user' }, about);
  if (user === undefined || startDate >= endDate) return [];
  return [{ type: 'substitute', start: instantOf(startDate), end: instantOf(endDate), user, with: other }];
}

function renderedOf(
  schedule: OpsgenieSchedule,
  { timelines }: OpsgenieExport,
  stand: Stand,
): Rendered | null {
  const timeline = timelines.find((one) => belongsTo(one, schedule));
  if (!timeline) return null;
  const periods = timeline.finalTimeline.rotations.flatMap((rotation) => rotation.periods);
  const shifts = periods.flatMap(
    ({ startDate: start, endDate: end, recipient, flattenedRecipients }): readonly Shift[] => {
      const people = flattenedRecipients.length > 0 ? flattenedRecipients : recipient ? [recipient] : [];
      return start < end
        ? [{ start, end, people: people.flatMap((one) => stand(one, `schedule ${schedule.name}`)) }]
        : [];
    },
  );
  return { from: timeline.startDate, to: timeline.endDate, shifts };
}
