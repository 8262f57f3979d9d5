import { expect, it } from 'vitest';
import { minutes, startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };
const HALF_HOURLY = {
  severities: { sev1: { name: 'SEV1', update_every: '30m' }, sev2: { name: 'SEV2' }, sev3: { name: 'SEV3' } },
};

it('reaches the stakeholders, and asks for the next one when it is due', async () => {
  const bot = await startBot(HALF_HOURLY);
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc ack', room);

  await bot.as('ana').types('/inc update Payments fail for one in three. We roll back.', room);

  const announced = await (await bot.channel('incidents')).last();
  expect(announced.words).toContain('SEV1');
  expect(announced.words).toContain('Update from Ana Souza (investigating): Payments fail for one in three.');
  expect(announced.words).toContain('Next update by 2026-03-02 03:30 (UTC).');
  expect((await room.card()).words).toContain('Next update: 2026-03-02 03:30 (UTC)');

  await bot.wait(minutes(24));
  const soon = await room.last();
  expect(soon.plain).toBe('The next status update is due by 2026-03-02 03:30 (UTC): that is soon.');
  expect(soon.buttons.map(({ label }) => label)).toEqual(['Post update']);
  await bot.wait(minutes(5));
  expect(await room.says()).not.toContain(
    'A status update is due; the last word was at 2026-03-02 03:00 (UTC).',
  );
  await bot.wait(minutes(1));
  const due = await room.last();
  expect(due.plain).toBe('A status update is due; the last word was at 2026-03-02 03:00 (UTC).');
  expect(due.buttons.map(({ label }) => label)).toEqual(['Post update']);
  expect((await (await bot.channel('incidents')).last()).id).toBe(announced.id);
});

it('is posted by the form under the button too, with the status and the time of the next one', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  const ana = bot.as('ana');
  await ana.types('/inc ack', room);

  const form = await ana.presses('Post update', room);
  expect(form.words).toContain('What should everybody know?');
  const empty = await ana.submits(form, { text: ' ' });
  expect(empty.words).toContain('Please fill this in.');
  const odd = await ana.submits(form, { text: 'Rolled back.', next: 'soon' });
  expect(odd.words).toContain('for example 30m');
  expect((await bot.incident(1)).lastUpdate).toBeNull();

  await ana.submits(form, { text: 'Rolled back, watching.', status: 'monitoring', next: '20m' });
  expect(await bot.incident(1)).toMatchObject({
    status: 'monitoring',
    lastUpdate: { text: 'Rolled back, watching.' },
    nextUpdateDue: new Date('2026-03-02T03:20:00Z'),
  });
  expect((await (await bot.channel('incidents')).last()).words).toContain('Rolled back, watching.');
});

it('is asked for no more once the incident is over', async () => {
  const bot = await startBot(HALF_HOURLY);
  await bot.alert(ALERT);
  const room = await bot.room(1);
  await bot.as('ana').types('/inc update We roll back.', room);
  await bot.as('ana').types('/inc resolve rolled back', room);
  const before = await room.says();

  await bot.wait(minutes(120));

  expect(await room.says()).toEqual(before);
  expect((await (await bot.channel('incidents')).last()).words).toContain(
    'Ana Souza resolved it: rolled back',
  );
});

it('warns before a promise about time is missed, and says when it is', async () => {
  const bot = await startBot({
    severities: {
      sev1: { name: 'SEV1', acknowledge: '10m', first_update: '30m' },
      sev2: { name: 'SEV2' },
      sev3: { name: 'SEV3' },
    },
  });
  await bot.alert(ALERT);
  const room = await bot.room(1);

  await bot.wait(minutes(8));
  expect(await room.says()).toContain('It should be acknowledged by 2026-03-02 03:10 (UTC): that is soon.');
  await bot.wait(minutes(2));
  expect(await room.says()).toContain(
    'It should have been acknowledged by 2026-03-02 03:10 (UTC) and is not.',
  );
  await bot.as('ana').types('/inc ack', room);
  await bot.as('ana').types('/inc update We are on it.', room);
  await bot.wait(minutes(60));
  expect((await room.says()).filter((one) => one.includes('first update'))).toEqual([]);
});
