import type { NamedSchedule } from '../domain/directory.ts';
import type { Layer, Override, Restriction, Schedule } from '../domain/schedule/schedule.ts';
import { buildHours } from './build-people.ts';
import type {
  Layer as LayerForm,
  Override as OverrideForm,
  Schedule as ScheduleForm,
} from './schema/schedules.ts';

/** A schedule as the domain sees it, from either way of writing it. */
export function buildSchedule(id: string, form: ScheduleForm): NamedSchedule {
  const { working_hours: hours, owner, holidays } = form;
  return {
    id,
    name: form.name ?? id,
    schedule: form.schedule ?? readSchedule(form),
    ...(owner !== undefined && { owner }),
    ...(hours && { workingHours: buildHours(hours) }),
    ...(holidays && { holidays }),
  };
}

function readSchedule({ time_zone, layers = [], overrides }: ScheduleForm): Schedule {
  // The schema has seen to it; only its type cannot say so.
  if (time_zone === undefined) throw new Error('expected a checked schedule');
  return {
    timeZone: time_zone,
    layers: layers.map(readLayer),
    ...(overrides && { overrides: overrides.map(readOverride) }),
  };
}

function readLayer(form: LayerForm): Layer {
  const { every, start_date, hand_off } = form.rotation;
  return {
    participants: form.participants,
    rotation: { ...every, startDate: start_date, handoffTime: hand_off },
    ...(form.priority !== undefined && { priority: form.priority }),
    ...(form.time_zone !== undefined && { timeZone: form.time_zone }),
    ...(form.active_from !== undefined && { activeFrom: form.active_from }),
    ...(form.active_until !== undefined && { activeUntil: form.active_until }),
    ...(form.restrictions && { restrictions: form.restrictions.map(readWindow) }),
    ...(form.roster_changes && { rosterChanges: form.roster_changes }),
  };
}

function readWindow(form: NonNullable<LayerForm['restrictions']>[number]): Restriction {
  switch (form.type) {
    case 'daily': {
      const { days, start, end } = form;
      return { type: 'daily', start, end, ...(days && { days }) };
    }
    case 'weekly': {
      const { start_day, start_time, end_day, end_time } = form;
      return {
        type: 'weekly',
        startDay: start_day,
        startTime: start_time,
        endDay: end_day,
        endTime: end_time,
      };
    }
  }
}

function readOverride(form: OverrideForm): Override {
  const { start, end } = form;
  switch (form.type) {
    case 'replace_all':
      return { type: 'replaceAll', start, end, users: form.users };
    case 'substitute':
      return { type: 'substitute', start, end, user: form.user, with: form.with };
    case 'add':
      return { type: 'add', start, end, user: form.user };
  }
}
