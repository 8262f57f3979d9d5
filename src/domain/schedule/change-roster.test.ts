import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeRoster, rosterAt, turnPeopleAt } from './change-roster.ts';
import { onCallAt } from './on-call.ts';
import { Schedule, type Slot } from './schedule.ts';

function rota(participants: readonly Slot[], more: object = {}): Schedule {
  const rotation = { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime: '09:00' };
  return Schedule.parse({ timeZone: 'Europe/Berlin', layers: [{ participants, rotation, ...more }] });
}

function layerOf(schedule: Schedule) {
  const [layer] = schedule.layers;
  if (!layer) throw new Error('expected a layer');
  return { layer, schedule };
}

const names = ['ana', 'ben', 'cleo', 'dev', 'eve'];
const list = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 });

describe('a change of the list of turns', () => {
  const now = new Date('2026-10-20T08:00:30Z');

  it('holds at once when whoever has the turn stays, and else from the hand-off on', () => {
    const of = layerOf(rota(['ana', 'ben']));
    expect(turnPeopleAt(of, now)).toEqual(['ben']);
    expect(changeRoster(of, ['cleo', 'ben', 'ana'], now).at).toBe('2026-10-20T08:00:00Z');
    expect(changeRoster(of, ['ana', 'cleo'], now).at).toBe('2026-10-26T08:00:00Z');
  });

  it('knows the list in force, and that nobody has a turn before the first', () => {
    const rosterChanges = [{ at: '2026-02-01T00:00:00Z', participants: ['ben'] }];
    const of = layerOf(rota(['ana'], { rosterChanges }));
    expect(rosterAt(of.layer, new Date('2026-01-31T23:59:59Z'))).toEqual(['ana']);
    expect(rosterAt(of.layer, new Date('2026-02-01T00:00:00Z'))).toEqual(['ben']);
    expect(turnPeopleAt(of, new Date('2026-01-01T00:00:00Z'))).toEqual([]);
    expect(turnPeopleAt(of, now)).toEqual(['ben']);
  });

  it('holds at once in a layer whose turn never ends', () => {
    const rotation = { unit: 'months', count: 9_999, startDate: '2026-01-05', handoffTime: '09:00' };
    const of = layerOf(rota(['ana'], { rotation }));
    expect(changeRoster(of, ['ben'], now).at).toBe('2026-10-20T08:00:00Z');
  });

  it('never takes anybody off before their turn is over, whatever the lists', () => {
    const instant = fc
      .integer({ min: Date.UTC(2026, 0, 5, 8), max: Date.UTC(2027, 0, 1) })
      .map((ms) => new Date(ms));
    fc.assert(
      fc.property(list, list, instant, (old, young, at) => {
        const before = rota(old);
        const change = changeRoster(layerOf(before), young, at);
        const after = rota(old, { rosterChanges: [change] });
        expect(onCallAt(after, at)).toEqual(onCallAt(before, at));
        const onlyNew = onCallAt(after, new Date(Date.parse(change.at) + 8 * 86_400_000));
        expect(young).toEqual(expect.arrayContaining([...onlyNew]));
      }),
    );
  });
});
