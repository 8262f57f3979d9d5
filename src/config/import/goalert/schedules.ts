import { WEEKDAYS, type Layer, type Override, type Restriction } from '../../../domain/schedule/schedule.ts';
import { turnAt, windUp } from '../../../domain/schedule/turns.ts';
import { anchorOf, instantOf, rotationFrom, zoneOr } from '../clockface.ts';
import type { ForeignSchedule, Rendered } from '../foreign.ts';
import type { Notes } from '../notes.ts';
import { piecesOf } from '../rendered.ts';
import {
  pointOf,
  type GoAlertRotation,
  type GoAlertSchedule,
  type Rule,
  type UserOverride,
} from './shapes.ts';

/** What a schedule is translated with. */
export interface ScheduleContext {
  readonly rotations: readonly GoAlertRotation[];
  readonly overrides: readonly UserOverride[];
  readonly notes: Notes;
  readonly now: Date;
}

/** Rules, rotations, overrides and temporary schedules of a schedule. */
export function translateSchedule(schedule: GoAlertSchedule, context: ScheduleContext): ForeignSchedule {
  const { notes } = context;
  const about = `schedule ${schedule.name}`;
  const timeZone = zoneOr(schedule.timeZone, { notes, about });
  const layers = schedule.targets.flatMap(({ target, rules }): readonly Layer[] => {
    const { kind, id } = pointOf(target);
    const open = rules.filter(({ weekdayFilter }) => weekdayFilter.some(Boolean));
    if (open.length === 0 || id === null) return [];
    const restrictions = windowsOf(open);
    const always = restrictions.length === 0;
    if (kind === 'user') return [{ ...alone(id), ...(!always && { restrictions }) }];
    const rotation = context.rotations.find((one) => one.id === id);
    if (kind === 'rotation' && rotation) {
      const layer = translateRotation(rotation, { ...context, zone: always ? null : timeZone, about });
      return layer ? [{ ...inZone(layer, timeZone), ...(!always && { restrictions }) }] : [];
    }
    notes.add(
      'dropped',
      about,
      `has the ${kind} ${target.name ?? id} on call, which is not in the export or has no counterpart.`,
    );
    return [];
  });
  return {
    id: schedule.id,
    name: schedule.name,
    schedule: { timeZone, layers, overrides: overridesOf(schedule, context.overrides) },
    rendered: renderedOf(schedule),
  };
}

/** A rotation that is paged without a schedule, as a schedule of its own. */
export function scheduleOfRotation(
  rotation: GoAlertRotation,
  context: ScheduleContext,
): ForeignSchedule | null {
  const about = `rotation ${rotation.name}`;
  const layer = translateRotation(rotation, { ...context, zone: null, about });
  if (!layer) return null;
  const timeZone = layer.timeZone ?? 'UTC';
  return {
    id: rotation.id,
    name: rotation.name,
    schedule: { timeZone, layers: [inZone(layer, timeZone)] },
    rendered: null,
  };
}

const UNITS = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' } as const;

/** `zone` is the one that the layer must be in because of its windows; null for the rotation's own. */
function translateRotation(
  rotation: GoAlertRotation,
  { notes, about, now, zone }: ScheduleContext & { readonly about: string; readonly zone: string | null },
): Layer | null {
  const where = `${about}, rotation ${rotation.name}`;
  const ids = rotation.userIDs.length > 0 ? rotation.userIDs : rotation.users.map(({ id }) => id);
  if (ids.length === 0) {
    notes.add('dropped', where, 'has no users.');
    return null;
  }
  const own = zoneOr(rotation.timeZone, { notes, about: where });
  const timeZone = zone ?? own;
  if (timeZone !== own) {
    notes.add(
      'changed',
      where,
      `hands off by the clock of ${own}, and its rules go by ${timeZone}; here both go by ${timeZone}, so a hand-off moves by an hour where the two change their clocks on other days.`,
    );
  }
  const wall = anchorOf(rotation.start, timeZone, { notes, about: where });
  const rule = rotationFrom(wall, { unit: UNITS[rotation.type], count: rotation.shiftLength ?? 1 });
  if (rotation.type === 'monthly' && new Date(wall).getUTCDate() > 28) {
    notes.add(
      'changed',
      where,
      'changes late in the month: in a month without that day, Firebell changes on its last day.',
    );
  }
  return {
    participants: inTurn(ids, rotation, { rule, timeZone, notes, now, where }),
    rotation: rule,
    timeZone,
  };
}

interface Turning {
  readonly rule: Layer['rotation'];
  readonly timeZone: string;
  readonly notes: Notes;
  readonly now: Date;
  readonly where: string;
}

/** GoAlert remembers whose turn it is instead of counting from the start: the list is turned so that counting says the same. */
function inTurn(
  ids: readonly string[],
  rotation: GoAlertRotation,
  { rule, timeZone, notes, now, where }: Turning,
): readonly string[] {
  const active = rotation.activeUserIndex;
  if (active === null || active === undefined || ids.length === 1) return ids;
  const [next] = rotation.nextHandoffTimes;
  if (!next)
    notes.add(
      'chosen',
      where,
      'the export does not say when its next hand-off is, so it was taken to be as old as this import. Ask for nextHandoffTimes(num: 1) to be sure whose turn it is.',
    );
  const clockwork = windUp(rule, timeZone);
  const at = next ? next.getTime() - 1 : now.getTime();
  const turn = at >= clockwork.firstTurn ? turnAt(clockwork, at) : 0;
  const shift = ((active - turn) % ids.length) + ids.length;
  return ids.map((_, i) => ids[(i + shift) % ids.length] ?? '');
}

function inZone({ timeZone, ...layer }: Layer, schedules: string): Layer {
  return timeZone === undefined || timeZone === schedules ? layer : { ...layer, timeZone };
}

function alone(id: string): Layer {
  return {
    participants: [id],
    rotation: { unit: 'weeks', count: 1, startDate: '2000-01-03', handoffTime: '00:00' },
  };
}

/** None when one of the rules always holds. */
function windowsOf(rules: readonly Rule[]): readonly Restriction[] {
  const windows = rules.map(({ start, end, weekdayFilter }) => {
    const days = WEEKDAYS.filter((_, i) => weekdayFilter[i] === true);
    return { type: 'daily' as const, start: start.slice(0, 5), end: end.slice(0, 5), days };
  });
  if (windows.some(({ start, end, days }) => start === end && days.length === 7)) return [];
  return windows.map(({ days, ...window }) => (days.length === 7 ? window : { ...window, days }));
}

function overridesOf(
  { id, temporarySchedules }: GoAlertSchedule,
  all: readonly UserOverride[],
): readonly Override[] {
  const own = all.filter(({ target, start, end }) => pointOf(target).id === id && start < end);
  const single = own.flatMap(
    ({ start, end, addUserID: added, removeUserID: removed }): readonly Override[] => {
      const period = { start: instantOf(start), end: instantOf(end) };
      if (removed !== null) return [{ type: 'substitute', ...period, user: removed, with: added }];
      return added === null ? [] : [{ type: 'add', ...period, user: added }];
    },
  );
  // A temporary schedule is all there is while it lasts.
  const temporary = temporarySchedules.flatMap(({ start, end, shifts }) =>
    piecesOf(
      shifts.map((shift) => ({ ...shift, people: [shift.userID] })),
      start,
      end,
    ).map((piece): Override => ({
      type: 'replaceAll',
      start: instantOf(piece.start),
      end: instantOf(piece.end),
      users: [...piece.people],
    })),
  );
  return [...single, ...temporary];
}

function renderedOf({ shifts }: GoAlertSchedule): Rendered | null {
  const sound = shifts.filter(({ start, end }) => start < end);
  if (sound.length === 0) return null;
  return {
    from: new Date(Math.min(...sound.map(({ start }) => start.getTime()))),
    to: new Date(Math.max(...sound.map(({ end }) => end.getTime()))),
    shifts: sound.map(({ userID, start, end }) => ({ start, end, people: [userID] })),
  };
}
