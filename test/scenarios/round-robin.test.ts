import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const turns = { targets: [{ person: 'ana' }, { person: 'ben' }, { person: 'dev' }], strategy: 'round_robin' };

// `then`, without looking like a promise.
const FOLLOW_UP = `then`;

it('pages the next one at each run, over restarts', async () => {
  const bot = await startBot({ policies: { main: { steps: [turns] } } });
  for (const [i, who] of ['ana', 'ben', 'dev', 'ana'].entries()) {
    await bot.alert({ title: `Trouble ${i}`, labels: { instance: `${i}` } });
    expect(await bot.ledger(i + 1)).toEqual([`${who} dm sent > waiting`]);
    await bot.as(who).types('/inc resolve', await bot.room(i + 1));
    await bot.isDownFor(minutes(30));
  }
});

it('takes turns in a policy that follows another, too', async () => {
  const main = { steps: [{ targets: [{ person: 'cleo' }] }], [FOLLOW_UP]: 'turns' };
  const bot = await startBot({
    policies: { main, turns: { steps: [turns] } },
    settings: { default_policy: 'main', default_severity: 'sev3' },
  });
  for (const [i, who] of ['ana', 'ben'].entries()) {
    await bot.alert({ title: `Trouble ${i}` });
    await bot.wait(minutes(5));
    expect((await bot.ledger(i + 1)).at(-1)).toBe(`${who} dm sent > waiting`);
    await bot.as(who).types('/inc resolve', await bot.room(i + 1));
    await bot.wait(minutes(60));
  }
});
