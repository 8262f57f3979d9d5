import type { Layer, Override, Restriction, Schedule, Slot } from '../../domain/schedule/schedule.ts';
import type { ForeignSchedule } from './foreign.ts';

/** A piece of firebell.yaml before it is text. */
export type Raw = Readonly<Record<string, unknown>>;

type Call = (id: string) => string;

/** An entry of `schedules`, without its name; `person` gives the names of people. */
export function scheduleDocument({ schedule }: ForeignSchedule, person: Call): Raw {
  const { timeZone, layers, overrides = [] }: Schedule = schedule;
  return {
    time_zone: timeZone,
    layers: layers.map((layer) => layerOf(layer, person)),
    ...(overrides.length > 0 && { overrides: overrides.map((override) => overrideOf(override, person)) }),
  };
}

function layerOf(layer: Layer, person: Call): Raw {
  const { rotation, restrictions = [] } = layer;
  const unit = rotation.count === 1 ? rotation.unit.slice(0, -1) : rotation.unit;
  return {
    participants: layer.participants.map((slot) => slotOf(slot, person)),
    rotation: {
      every: `${rotation.count} ${unit}`,
      start_date: rotation.startDate,
      hand_off: rotation.handoffTime,
    },
    ...(layer.priority !== undefined && layer.priority !== 0 && { priority: layer.priority }),
    ...(layer.timeZone !== undefined && { time_zone: layer.timeZone }),
    ...(layer.activeFrom !== undefined && { active_from: layer.activeFrom }),
    ...(layer.activeUntil !== undefined && { active_until: layer.activeUntil }),
    ...(restrictions.length > 0 && { restrictions: restrictions.map(windowOf) }),
  };
}

function slotOf(slot: Slot, person: Call): string | readonly string[] {
  return typeof slot === 'string' ? person(slot) : slot.map(person);
}

function windowOf(window: Restriction): Raw {
  if (window.type === 'daily') return window;
  const { startDay, startTime, endDay, endTime } = window;
  return { type: 'weekly', start_day: startDay, start_time: startTime, end_day: endDay, end_time: endTime };
}

function overrideOf(override: Override, person: Call): Raw {
  const { start, end } = override;
  switch (override.type) {
    case 'replaceAll':
      return { type: 'replace_all', start, end, users: override.users.map(person) };
    case 'add':
      return { type: 'add', start, end, user: person(override.user) };
    case 'substitute':
      return {
        type: 'substitute',
        start,
        end,
        user: person(override.user),
        with: override.with === null ? null : person(override.with),
      };
  }
}
