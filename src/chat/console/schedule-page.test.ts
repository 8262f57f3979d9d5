import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleWorld } from '../../../test/support/console-world.ts';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import { aDirectory, byId, dailyRotation } from '../../../test/support/directory.ts';
import type { Restriction, Schedule } from '../../domain/schedule/schedule.ts';

const OFFICE = { type: 'daily', start: '09:00', end: '17:00' } as const;

function openAt(...restrictions: readonly Restriction[]): Schedule {
  const rota = dailyRotation('ana', 'ben');
  return { ...rota, layers: rota.layers.map((layer) => ({ ...layer, restrictions })) };
}

let world: ConsoleWorld;
beforeAll(async () => {
  const schedules = byId([
    { id: 'office', name: 'Office', schedule: openAt(OFFICE) },
    {
      id: 'holed',
      name: 'Holed',
      schedule: openAt({ ...OFFICE, end: '16:30' }, { ...OFFICE, start: '17:00', end: '09:00' }),
    },
  ]);
  world = await consoleWorld({ directory: aDirectory({ schedules }) });
});
afterAll(() => world.close());

async function page(path: string): Promise<string> {
  return (await (await world.as('ana')).page(path)).replaceAll(/\s+/g, ' ');
}

it('says of hours outside of which nobody is meant to be on call that they are closed', async () => {
  const shown = await page('/schedules/office');

  expect(shown).toContain('Closed hours');
  expect(shown).toContain('Outside of its hours it has nobody, 30 times within thirty days.');
  expect(shown).not.toContain('Nobody is on call');
});

it('shows the first holes that nobody meant, and how many there are', async () => {
  const shown = await page('/schedules/holed');

  expect(shown).toContain('Nobody is on call');
  const [, holes = ''] = /<h2 id="gaps-title">(.*?)<\/section>/.exec(shown) ?? [];
  expect(holes.match(/<li class="row">/g)).toHaveLength(6);
  expect(shown).toContain('And 24 more within thirty days.');
  expect(shown).not.toContain('Closed hours');
});
