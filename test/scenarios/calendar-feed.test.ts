import { expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';
import { scheduleOf } from '../support/company.ts';

const ADDRESS = /http:\/\/localhost:8080(\/calendar\/[\w-]{43}\.ics)/;

function addressIn(words: string): string {
  const [, path] = ADDRESS.exec(words) ?? [];
  if (path === undefined) throw new Error(`expected the address of a calendar in: ${words}`);
  return path;
}

it('Ana subscribes to her shifts, revokes the link, and the calendar says so', async () => {
  const bot = await startBot();
  const ana = bot.as('ana');
  const answer = await ana.types('/inc calendar');
  expect(answer.words).toContain('Your shifts, on all schedules, are at');
  const path = addressIn(answer.words);
  const feed = await bot.request(path);
  expect(feed.status).toBe(200);
  expect(await feed.text()).toContain('SUMMARY:On call: primary');

  const list = await ana.types('/inc calendar list');
  expect(list.words).toMatch(/shifts of Ana Souza, made .*, last read/);
  expect(list.words).not.toMatch(ADDRESS);

  expect((await ana.types('/inc calendar revoke')).words).toContain('1 link has ended: shifts of Ana Souza');
  const gone = await bot.request(path);
  expect([gone.status, await gone.text()]).toEqual([
    410,
    expect.stringContaining('ended by whoever made it'),
  ]);
  expect((await ana.types('/inc calendar revoke')).words).toContain('nothing was ended');
});

it('whoever revokes ends their own links and nobody else’s', async () => {
  const bot = await startBot();
  const ours = addressIn((await bot.as('ben').types('/inc calendar primary')).words);
  await bot.as('ana').types('/inc calendar revoke primary');
  expect((await bot.request(ours)).status).toBe(200);
});

it('the calendar of another person, of nothing, and for a guest is refused with what works', async () => {
  const bot = await startBot();
  const ana = bot.as('ana');
  expect((await ana.types('/inc calendar @ben')).words).toContain('for that person alone');
  expect((await ana.types('/inc calendar checkout')).words).toContain('is a service, and no team owns it');
  expect((await ana.types('/inc calendar nonsense')).words).toContain('calendar payments');
  expect((await bot.guest().types('/inc calendar')).words).toContain('Only a configured person');
});

it('what changes in the configuration is in the calendar at once, and what stays is not sent again', async () => {
  const bot = await startBot();
  const path = addressIn((await bot.as('ana').types('/inc calendar primary')).words);
  const etag = (await bot.request(path)).headers.get('etag') ?? '';
  expect((await bot.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  await bot.rewrites({ schedules: { primary: scheduleOf('ben'), secondary: scheduleOf('ana') } });
  const changed = await bot.request(path, { headers: { 'if-none-match': etag } });
  expect([changed.status, await changed.text()]).toEqual([
    200,
    expect.stringContaining('On call: Ben Okafor'),
  ]);
});
