import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetChanges } from './offsets.ts';
import { LOOK_AHEAD_MS, nextChange, onCallAt, timeline, type Segment } from './on-call.ts';
import { ROTATION_UNITS, Schedule, WEEKDAYS, type Layer, type Restriction, type Slot } from './schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/*
 * The reference: the semantics word for word, one instant at a time. It counts every turn from the first and tries every date,
 * so it is slow and has no cleverness that could be wrong. Wall times become instants by Temporal, not by the code under test.
 */

const resolved = new Map<string, number>();

function resolve(date: string, time: string, zone: string): number {
  const key = `${zone} ${date} ${time}`;
  const at =
    resolved.get(key) ??
    Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })
      .epochMilliseconds;
  resolved.set(key, at);
  return at;
}

const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const timeOf = (wall: number): string => new Date(wall).toISOString().slice(11, 16);

const people = (slot: Slot): readonly string[] => (typeof slot === 'string' ? [slot] : slot);
const samePeople = (a: Slot, b: Slot): boolean =>
  people(a).every((who) => people(b).includes(who)) && people(b).every((who) => people(a).includes(who));

function boundary(layer: Layer, zone: string, n: number): number {
  const { unit, count, startDate, handoffTime } = layer.rotation;
  const steps = n * count;
  if (unit === 'months') {
    const [year = 0, month = 0, day = 0] = startDate.split('-').map(Number);
    const lastDay = new Date(Date.UTC(year, month + steps, 0)).getUTCDate();
    return resolve(dateOf(Date.UTC(year, month - 1 + steps, Math.min(day, lastDay))), handoffTime, zone);
  }
  const size = { hours: HOUR, days: DAY, weeks: 7 * DAY }[unit];
  const wall = Date.parse(`${startDate}T${handoffTime}Z`) + steps * size;
  return resolve(dateOf(wall), timeOf(wall), zone);
}

/** Turn of a layer at an instant, or -1 before the first. */
type TurnOf = (at: number) => number;

function countTurns(layer: Layer, zone: string, until: number): TurnOf {
  const boundaries: number[] = [];
  // Three days past the end: no boundary after that can resolve to before it.
  for (let n = 0; n === 0 || (boundaries[n - 1] ?? 0) < until + 3 * DAY; n += 1)
    boundaries.push(boundary(layer, zone, n));
  return (at) => (at < (boundaries[0] ?? 0) ? -1 : boundaries.findLastIndex((start) => start <= at));
}

function isOpen(window: Restriction, zone: string, at: number): boolean {
  const today = Math.floor(at / DAY);
  for (let day = today - 12; day <= today + 4; day += 1) {
    const on = (date: number, time: string) => resolve(dateOf(date * DAY), time, zone);
    const weekday = WEEKDAYS[new Date(day * DAY).getUTCDay()] ?? 'sun';
    if (window.type === 'daily') {
      if (window.days && !window.days.includes(weekday)) continue;
      const endDay = window.end > window.start ? day : day + 1;
      if (on(day, window.start) <= at && at < on(endDay, window.end)) return true;
    } else if (weekday === window.startDay) {
      let endDay = day;
      while (WEEKDAYS[new Date(endDay * DAY).getUTCDay()] !== window.endDay) endDay += 1;
      if (endDay === day && window.endTime <= window.startTime) endDay += 7;
      if (on(day, window.startTime) <= at && at < on(endDay, window.endTime)) return true;
    }
  }
  return false;
}

function slotAt(layer: Layer, turn: TurnOf, at: number): Slot {
  const walk = (
    known: number,
  ): { readonly slots: readonly Slot[]; readonly indexAt: (at: number) => number } => {
    const change = (layer.rosterChanges ?? [])[known - 1];
    if (!change) return { slots: layer.participants, indexAt: (t) => turn(t) % layer.participants.length };
    const slots = change.participants;
    const changeAt = Date.parse(change.at);
    if (turn(changeAt - 1) < 0) return { slots, indexAt: (t) => turn(t) % slots.length };
    const old = walk(known - 1);
    const index = old.indexAt(changeAt);
    const kept = slots.findIndex((slot) => samePeople(slot, old.slots[index] ?? []));
    const from = kept === -1 ? index % slots.length : kept;
    return { slots, indexAt: (t) => (from + turn(t) - turn(changeAt)) % slots.length };
  };
  const { slots, indexAt } = walk(
    (layer.rosterChanges ?? []).filter((change) => Date.parse(change.at) <= at).length,
  );
  return slots[indexAt(at)] ?? [];
}

function referenceFor(schedule: Schedule, until: number): (at: number) => readonly string[] {
  const layers = schedule.layers.map((layer) => {
    const zone = layer.timeZone ?? schedule.timeZone;
    return { layer, zone, turn: countTurns(layer, zone, until) };
  });
  const contributed = (at: number) =>
    layers.flatMap(({ layer, zone, turn }) => {
      if (turn(at) < 0) return [];
      if (layer.activeFrom !== undefined && at < Date.parse(layer.activeFrom)) return [];
      if (layer.activeUntil !== undefined && at >= Date.parse(layer.activeUntil)) return [];
      const windows = layer.restrictions ?? [];
      if (windows.length > 0 && !windows.some((window) => isOpen(window, zone, at))) return [];
      return people(slotAt(layer, turn, at)).map((who) => ({ who, priority: layer.priority ?? 0 }));
    });
  return (at) => {
    const covering = (schedule.overrides ?? []).filter(
      ({ start, end }) => Date.parse(start) <= at && at < Date.parse(end),
    );
    const all = covering.findLast(({ type }) => type === 'replaceAll');
    if (all?.type === 'replaceAll') return [...new Set(all.users)].sort();
    const offered = contributed(at);
    const top = Math.max(...offered.map(({ priority }) => priority));
    const base = offered.filter(({ priority }) => priority === top).map(({ who }) => who);
    const replaced = base.flatMap((who) => {
      const last = covering.findLast((override) => override.type === 'substitute' && override.user === who);
      if (last?.type !== 'substitute') return [who];
      return last.with === null ? [] : [last.with];
    });
    const added = covering.flatMap((override) => (override.type === 'add' ? [override.user] : []));
    return [...new Set([...replaced, ...added])].sort();
  };
}

/* Random schedules, crowded around one change of a zone's clocks. */

const ODD_ZONES = [
  'UTC',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Antarctica/Troll',
  'America/Havana',
  'Pacific/Apia',
  'Europe/Dublin',
] as const;

const person = fc.constantFrom('alice', 'bob', 'carol', 'Dave');
const slot = fc.oneof({ weight: 5, arbitrary: person }, fc.array(person, { maxLength: 3 }));
const slots = fc.array(slot, { minLength: 1, maxLength: 4 });
const clockTime = fc
  .tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat(23)), fc.constantFrom(0, 0, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const weekday = fc.constantFrom(...WEEKDAYS);
const zone = fc.oneof(fc.constantFrom(...ODD_ZONES), fc.constantFrom(...Intl.supportedValuesOf('timeZone')));

const window = fc.oneof(
  fc.record(
    {
      type: fc.constant('daily' as const),
      days: fc.uniqueArray(weekday),
      start: clockTime,
      end: clockTime,
    },
    { requiredKeys: ['type', 'start', 'end'] },
  ),
  fc.record({
    type: fc.constant('weekly' as const),
    startDay: weekday,
    startTime: clockTime,
    endDay: weekday,
    endTime: clockTime,
  }),
);

function layerNear(moment: number): fc.Arbitrary<Layer> {
  const instant = instantNear(moment);
  const rotation = fc.constantFrom(...ROTATION_UNITS).chain((unit) =>
    fc.record({
      unit: fc.constant(unit),
      count: fc.constantFrom(1, 1, 2, 3, 12),
      startDate: fc
        .oneof(
          { weight: 9, arbitrary: fc.integer({ min: -40, max: 1 }) },
          // Long ago; not by the hour, because the reference counts every turn.
          { weight: unit === 'hours' ? 0 : 1, arbitrary: fc.integer({ min: -1500, max: -40 }) },
        )
        .map((days) => dateOf(moment + days * DAY)),
      handoffTime: clockTime,
    }),
  );
  const rosterChanges = fc
    .array(fc.record({ at: fc.oneof(instant, wholeHourNear(moment)), participants: slots }), { maxLength: 3 })
    .map((changes) => changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)));
  return fc
    .record(
      {
        participants: slots,
        rotation,
        priority: fc.constantFrom(-1, 0, 1),
        timeZone: zone,
        activeFrom: instant,
        activeUntil: instant,
        restrictions: fc.array(window, { maxLength: 2 }),
        rosterChanges,
      },
      { requiredKeys: ['participants', 'rotation'] },
    )
    .filter(({ activeFrom = '', activeUntil = '~' }) => activeFrom <= activeUntil);
}

function instantNear(moment: number): fc.Arbitrary<string> {
  return fc
    .integer({ min: -3000, max: 3000 })
    .map((minutes) => new Date(moment + minutes * MINUTE).toISOString());
}

// Where handoffs are, so that changes meet them exactly.
function wholeHourNear(moment: number): fc.Arbitrary<string> {
  return fc.integer({ min: -50, max: 50 }).map((hours) => new Date(moment + hours * HOUR).toISOString());
}

function overrideNear(moment: number) {
  const period = fc.tuple(instantNear(moment), fc.integer({ min: 1, max: 1500 })).map(([start, minutes]) => ({
    start,
    end: new Date(Date.parse(start) + minutes * MINUTE).toISOString(),
  }));
  const what = fc.oneof(
    fc.record({ type: fc.constant('replaceAll' as const), users: fc.array(person, { maxLength: 2 }) }),
    fc.record({ type: fc.constant('substitute' as const), user: person, with: fc.option(person) }),
    fc.record({ type: fc.constant('add' as const), user: person }),
  );
  return fc.tuple(period, what).map(([when, change]) => ({ ...change, ...when }));
}

const scene = zone.chain((timeZone) => {
  const changes = offsetChanges(timeZone, Date.UTC(2008, 0, 1), Date.UTC(2030, 0, 1)).map(({ at }) => at);
  return fc.constantFrom(...(changes.length > 0 ? changes : [Date.UTC(2026, 1, 28)])).chain((moment) =>
    fc.record({
      moment: fc.constant(moment),
      schedule: fc
        .record(
          {
            timeZone: fc.constant(timeZone),
            layers: fc.array(layerNear(moment), { maxLength: 3 }),
            overrides: fc.array(overrideNear(moment), { maxLength: 4 }),
          },
          { requiredKeys: ['timeZone', 'layers'] },
        )
        .map((input) => Schedule.parse(input)),
    }),
  );
});

const show = ({ start, end, onCall }: Segment) =>
  `${start.toISOString()} ${end.toISOString()} ${onCall.join(',')}`;

/** Timeline by asking the reference at every minute: all of these zones change on whole minutes. */
function minuteTimeline(schedule: Schedule, from: number, to: number): readonly Segment[] {
  const onCall = referenceFor(schedule, to);
  const segments: Segment[] = [];
  for (let at = from; at < to; at += MINUTE) {
    const who = onCall(at);
    const last = segments.at(-1);
    const end = new Date(at + MINUTE);
    if (last && last.onCall.join() === who.join()) segments[segments.length - 1] = { ...last, end };
    else segments.push({ start: new Date(at), end, onCall: who });
  }
  return segments;
}

describe('whatever the schedule, around a change of the clocks', () => {
  it('gives the timeline that asking at every minute gives', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: -2000, max: 500 }), ({ schedule, moment }, shift) => {
        const from = moment + shift * MINUTE;
        const to = from + 14 * HOUR;
        const expected = minuteTimeline(schedule, from, to).map(show);
        expect(timeline(schedule, new Date(from), new Date(to)).map(show)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  }, 600_000);

  it('covers the range without hole or overlap, with neighbours that differ', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 40 * DAY }), ({ schedule, moment }, length) => {
        const [from, to] = [new Date(moment - 3 * DAY), new Date(moment - 3 * DAY + length)];
        const segments = timeline(schedule, from, to);
        expect(segments[0]?.start).toEqual(from);
        expect(segments.at(-1)?.end).toEqual(to);
        segments.forEach((segment, i) => {
          expect(segment.end.getTime()).toBeGreaterThan(segment.start.getTime());
          const next = segments[i + 1];
          if (!next) return;
          expect(next.start).toEqual(segment.end);
          expect(next.onCall).not.toEqual(segment.onCall);
        });
      }),
    );
  });

  it('says at every instant what the timeline says, to the millisecond', () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.integer({ min: -3 * DAY, max: 3 * DAY }), { minLength: 1 }),
        (drawn, distances) => {
          const { schedule, moment } = drawn;
          const segments = timeline(schedule, new Date(moment - 4 * DAY), new Date(moment + 4 * DAY));
          const edges = segments.slice(1).flatMap(({ start }) => [start.getTime() - 1, start.getTime()]);
          for (const at of [
            ...distances.map((distance) => moment + distance),
            moment - 1,
            moment,
            ...edges,
          ]) {
            const segment = segments.find(({ start, end }) => start.getTime() <= at && at < end.getTime());
            expect(onCallAt(schedule, new Date(at))).toEqual(segment?.onCall);
          }
        },
      ),
    );
  });

  it('agrees with the reference for weeks around, at every edge and anywhere between', () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 20 }),
        ({ schedule, moment }, anywhere) => {
          const [from, to] = [moment - 20 * DAY, moment + 30 * DAY];
          const onCall = referenceFor(schedule, to);
          const segments = timeline(schedule, new Date(from), new Date(to));
          const edges = segments.slice(1).flatMap(({ start }) => [start.getTime() - 1, start.getTime()]);
          for (const at of [...edges, ...anywhere.map((part) => Math.floor(from + part * (to - from)))]) {
            expect(onCallAt(schedule, new Date(at)), new Date(at).toISOString()).toEqual(onCall(at));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('changes next at the first boundary of the timeline, or not within 400 days', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: -50 * DAY, max: 5 * DAY }), ({ schedule, moment }, distance) => {
        const at = new Date(moment + distance);
        const ahead = timeline(schedule, at, new Date(at.getTime() + LOOK_AHEAD_MS + 1));
        expect(nextChange(schedule, at)).toEqual(ahead[1]?.start ?? null);
      }),
    );
  });
});
