import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

it('lets people take, give and hand over roles, and tells those who got one', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.as('ana').presses('Take command', room);
  expect((await room.last()).plain).toBe('Ana Souza is now commander.');
  expect((await room.card()).words).toContain('Commander: Ana Souza');
  expect(await room.buttons()).not.toContain('Take command');

  await bot.as('ana').types('/inc role communications @ben', room);
  expect(await room.last()).toMatchObject({
    plain: 'Ana Souza made Ben Okafor communications.',
    notifies: ['ben'],
  });

  await bot.as('ana').types('/inc handoff @cleo the rollback is half done', room);
  expect(await room.last()).toMatchObject({ notifies: ['cleo'] });
  expect((await room.last()).plain).toContain('the rollback is half done');
  expect(await bot.incident(1)).toMatchObject({ roles: { commander: 'cleo', communications: 'ben' } });
  expect((await bot.incident(1)).members).toEqual(expect.arrayContaining(['ana', 'ben', 'cleo']));
  expect((await bot.as('sue').types('/inc role', room)).words).toContain('Cleo Martin');
});

it('does not make a commander of whoever acknowledges, unless the route says so', async () => {
  const usual = await startBot();
  await usual.alert(ALERT);
  await usual.as('ana').types('/inc ack', await usual.room(1));
  expect((await usual.incident(1)).roles).toEqual({});

  const bot = await startBot({ routes: [{ ack_takes_command: true }] });
  await bot.alert(ALERT);
  await bot.as('ana').types('/inc ack', await bot.room(1));
  expect((await bot.incident(1)).roles).toEqual({ commander: 'ana' });
});

it('changes nothing and says what would work when somebody makes a role up', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);

  const answer = await bot.as('ana').types('/inc role wizard @ben', await bot.room(1));

  expect(answer.words).toContain('role communications @ben');
  expect((await bot.incident(1)).roles).toEqual({});
});
