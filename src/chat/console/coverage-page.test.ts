import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleWorld } from '../../../test/support/console-world.ts';
import type { ConsoleWorld } from '../../../test/support/console-world.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';

let store: Store;
let world: ConsoleWorld;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
  world = await consoleWorld({ store });
});
afterAll(async () => {
  await world.close();
  await store.close();
});

it('shows whether somebody will answer, and is linked from the overview', async () => {
  const ana = await world.as('ana');

  expect(await ana.page('/')).toContain('href="/coverage"');
  const page = await ana.page('/coverage');
  expect(page).toContain('<h1>Coverage</h1>');
  expect(page).toContain('of 100 for 90 days from');
  expect(page).toContain('Time on call by person');
});
