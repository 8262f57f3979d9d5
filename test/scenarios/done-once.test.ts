import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listIncidents } from '../../src/store/reads.ts';
import { platformInbound } from '../../src/store/schema/platforms.ts';
import { startDiscordBot, until } from '../support/discord-bot.ts';

it('what was done, and could not be marked as done, comes again and is not done again', async () => {
  const { discord, store } = await startDiscordBot();
  await store.db.execute(sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'not yet'; end $$`);
  await store.db.execute(sql`create trigger first_time before update on platform_inbound for each row
    when (new.done_at is not null and old.tries < 2) execute function refuse()`);

  const declared = await discord.guild
    .person('ana')
    .uses('/inc new', { options: { title: 'Checkout fails' } });
  await until(async () => {
    const [kept] = await store.db.select().from(platformInbound);
    expect(kept).toMatchObject({ tries: 2, failure: null });
    expect(kept?.doneAt).not.toBeNull();
  });

  expect(declared.text).toContain('#1');
  expect((await listIncidents(store.db, { state: 'all', limit: 10 })).map(({ title }) => title)).toEqual([
    'Checkout fails',
  ]);
});
