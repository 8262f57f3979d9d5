import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const ALERT = { title: 'Checkout answers with errors' };

const SLIPS: readonly (readonly [typed: string, answered: RegExp])[] = [
  ['/inc akc', /Did you mean .?ack/i],
  ['/inc resovle it works again', /resolve/],
  ['/inc severity', /sev1/],
  ['/inc severity sev9', /“sev9” is none/],
  ['/inc snooze', /5 minutes to 24 hours/],
  ['/inc handoff', /who/i],
  ['/inc role commander @nobody', /nobody/],
  ['/inc update', /What should everybody know/],
  ['/inc note', /restarted the workers/],
  ['/inc task done 7', /no task 7/i],
  ['/inc ack #99', /There is no incident #99/],
  ['/inc oncall the moon', /moon/],
  ['/inc help frobnicate', /frobnicate/],
];

it('answers a slip with what would work, and changes nothing', async () => {
  const bot = await startBot();
  await bot.alert(ALERT);
  const room = await bot.room(1);
  const before = await bot.events(1);

  for (const [typed, answered] of SLIPS) {
    const answer = await bot.as('ana').types(typed, room);
    expect.soft(answer.status, typed).toBe(200);
    expect.soft(answer.words, typed).toMatch(answered);
    expect.soft(await bot.events(1), typed).toEqual(before);
  }
});

it('asks before free words outside a room declare an incident', async () => {
  const bot = await startBot();

  const question = await bot.as('ana').types('/inc checkout is down again');
  expect(question.words).toContain('Declare an incident called checkout is down again?');
  expect(await bot.incidents()).toEqual([]);

  await bot.as('ana').presses('Cancel', question);
  expect(await bot.incidents()).toEqual([]);
  await bot.as('ana').presses('Declare', question);
  expect((await bot.incident(1)).title).toBe('checkout is down again');
});

it('keeps hostile words what they are: words', async () => {
  const bot = await startBot();
  const title = '<script>alert(1)</script> @channel <!here> [click](javascript:alert(1)) **now**';

  await bot.alert({ title });

  const page = await bot.as('ana').opens(`/rooms/${(await bot.room(1)).id}`);
  expect(page.html).not.toContain('<script>alert(1)');
  expect(page.html).not.toMatch(/href="javascript:/);
  expect(page.words).toContain('@channel');
  expect((await (await bot.room(1)).messages()).flatMap(({ notifies }) => notifies)).toEqual([]);
});
