import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const HOUSE = {
  severities: { sev1: {}, sev2: {}, sev3: {} },
  severity_matrix: {
    high: { now: 'sev1', soon: 'sev2' },
    low: { now: 'sev2', soon: 'sev3' },
  },
  services: {
    checkout: { policy: 'main', impact: 'high' },
    wiki: { policy: 'main', impact: 'low' },
    search: { policy: 'main' },
  },
  routes: [{ match: { team: 'export' }, impact: 'low', urgency: 'now' }, {}],
  settings: {
    alert_severity: { critical: 'sev3', error: 'sev3', warning: 'sev3', info: 'sev3' },
    alert_urgency: { error: 'now' },
  },
};

it('gives alerts the severity of their service’s impact and their own urgency, or of their route’s', async () => {
  const bot = await startBot(HOUSE);
  const severityOf = async (id: number) => /sev\d/.exec((await (await bot.room(id)).card()).words)?.[0];

  await bot.alert({ title: 'One', service: 'checkout', severity: 'critical' });
  await bot.alert({ title: 'Two', service: 'wiki', severity: 'error' });
  await bot.alert({ title: 'Three', service: 'wiki', severity: 'info' });
  await bot.alert({ title: 'Four', service: 'search', severity: 'critical' });
  await bot.alert({ title: 'Five', service: 'search', severity: 'info', labels: { team: 'export' } });

  expect(await Promise.all([1, 2, 3, 4].map(severityOf))).toEqual(['sev1', 'sev2', 'sev3', 'sev2']);
});

it('is asked by impact and urgency when people declare, and when they judge anew', async () => {
  const bot = await startBot(HOUSE);

  const declared = await bot.as('ben').types('new The wiki is slow impact low urgency soon');
  expect(declared.words).toContain('(sev3');
  const room = await bot.room(1);
  await bot.as('ben').types('/inc severity urgency now impact high everybody waits for it', room);
  expect((await room.says()).join('\n')).toContain(
    'from sev3 to sev1: impact high, urgency now: everybody waits for it',
  );

  expect((await bot.as('ben').types('new Checkout hangs service checkout urgency soon')).words).toContain(
    '(sev2',
  );
  expect((await bot.as('ben').types('new Something hangs urgency soon')).words).toContain(
    'How big is the impact? Say impact … too: high, low.',
  );
  expect((await bot.as('ben').types('/inc severity impact low', room)).words).toContain('How urgent is it?');
  expect((await bot.as('ben').types('/inc severity urgency later', room)).words).toContain(
    'Severities are, worst first',
  );
});

it('is foretold by the same table', async () => {
  const bot = await startBot({
    ...HOUSE,
    routes: [{ match: { service: 'search' }, impact: 'low', urgency: 'now' }],
  });
  const ana = bot.as('ana');

  expect((await ana.types('/inc whopages checkout urgency soon')).words).toContain('as sev2');
  expect((await ana.types('/inc whopages wiki impact low urgency soon')).words).toContain('as sev3');
  expect((await ana.types('/inc whopages wiki sev1 impact low urgency soon')).words).toContain('as sev1');
  // What every alert of the service comes to, by its route.
  expect((await ana.types('/inc whopages search')).words).toContain('as sev2');
  expect((await ana.types('/inc whopages search urgency soon')).words).toContain('as sev3');
  expect((await ana.types('/inc whopages policy main urgency soon')).words).toContain(
    'How big is the impact? Say impact … too: high, low.',
  );
  expect((await ana.types('/inc whopages checkout impact huge')).words).toContain('huge');
});
