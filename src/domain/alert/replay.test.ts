import { describe, expect, it } from 'vitest';
import { directoryWith, minute, route, signal } from '../../../test/support/alerts.ts';
import { Replay } from './replay.ts';
import type { Signal } from './signal.ts';

function replayed(...told: readonly (readonly [at: number, change: Partial<Signal>])[]) {
  const replay = new Replay(directoryWith(route(), route({ name: 'unused' })));
  const assignments = told.map(([at, change], line) =>
    replay.take({ line, at: minute(at), signal: signal(change) }),
  );
  return { replay, incidents: assignments.map((assignment) => assignment?.incident ?? null) };
}

const over = { status: 'resolved' } as const;

describe('a replay', () => {
  it('tells the incidents with their alerts and the lines of each', () => {
    const { replay } = replayed([0, {}], [1, { key: 'cpu', severity: 'critical' }], [2, {}], [3, over]);
    expect(replay.incidents()).toEqual([
      {
        id: 1,
        title: 'Disk will fill (Orders)',
        service: 'orders',
        severity: 'sev1',
        openedAt: minute(0),
        alerts: [
          { source: 'alertmanager', key: 'disk', title: 'Disk will fill', firstLine: 0, lines: [0, 2, 3] },
          { source: 'alertmanager', key: 'cpu', title: 'Disk will fill', firstLine: 1, lines: [1] },
        ],
      },
    ]);
  });

  it('keeps an incident open until its alerts have cleared and the window has passed', () => {
    const back = (at: number) => ({ startsAt: minute(at) });
    expect(replayed([0, {}], [1, over], [10, back(10)]).incidents).toEqual([1, 1, 1]);
    expect(replayed([0, {}], [1, over], [12, back(12)]).incidents).toEqual([1, 1, 2]);
    expect(
      replayed([0, {}], [9, { key: 'cpu' }], [18, { key: 'net' }], [40, { key: 'io' }]).incidents,
    ).toEqual([1, 1, 1, 2]);
  });

  it('begins a new incident when an alert whose recovery was lost fires anew much later', () => {
    expect(replayed([0, {}], [300, { startsAt: minute(300) }]).incidents).toEqual([1, 2]);
    expect(replayed([0, {}], [300, {}]).incidents).toEqual([1, 1]);
  });

  it('belongs lines that come too late to the incident of their alert', () => {
    expect(replayed([0, {}], [1, over], [200, {}]).incidents).toEqual([1, 1, 1]);
  });

  it('lists what nobody would have been told', () => {
    const { replay, incidents } = replayed([0, { labels: { severity: 'none' } }], [1, { key: 'x', ...over }]);
    expect(incidents).toEqual([null, null]);
    expect(replay.suppressed().map(({ key, lines }) => [key, lines])).toEqual([
      ['disk', [0]],
      ['x', [1]],
    ]);
  });
});
