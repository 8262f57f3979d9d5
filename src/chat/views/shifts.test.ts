import { expect, it } from 'vitest';
import { aDirectory, byId, dailyRotation } from '../../../test/support/directory.ts';
import { plainLine } from './plain.ts';
import { shiftsScreen } from './shifts.ts';

const NOW = new Date('2026-08-03T12:00:00Z');

function shiftsOf(person: string, count: number, ...people: readonly string[]): string {
  const rota = dailyRotation(...people);
  const layers = rota.layers.map((layer) => ({
    ...layer,
    rotation: { ...layer.rotation, unit: 'weeks' as const, count },
  }));
  const schedules = byId([{ id: 'primary', name: 'Primary', schedule: { ...rota, layers } }]);
  const reading = { directory: aDirectory({ schedules }), zone: 'UTC', now: NOW };
  return shiftsScreen(person, [], reading)
    .blocks.flatMap((block) => ('items' in block ? block.items.map((line) => plainLine(line, reading)) : []))
    .join('\n');
}

it('tells the end of a shift that lies beyond the days that are listed', () => {
  const lines = shiftsOf('ana', 3, 'ana', 'ben').split('\n');

  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/ to 2026-\d\d-\d\d/);
});

it('says that there is no end in sight where there is none', () => {
  expect(shiftsOf('ana', 1, 'ana')).toBe('Primary: now on, with no end in sight');
});
