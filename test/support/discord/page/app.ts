import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Hono } from 'hono';
import type { Context } from 'hono';

import { canSee } from '../permissions.ts';
import type { Discord } from '../emulator.ts';
import { ACTS } from './acts.ts';
import { livePart, page } from './layout.ts';
import { whereFields } from './visit.ts';
import type { Memory, Visit } from './visit.ts';

const asset = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');

/** The web page on which one is somebody in the guild: reads, writes, clicks, fills in forms. */
export function pageApp(discord: Discord): Hono {
  const memories = new Map<string, Memory>();
  const app = new Hono();
  app.get('/page.css', (c) => c.body(asset('page.css'), 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/page.js', (c) =>
    c.body(asset('page.js'), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/', (c) => c.html(String(page(visitOf(discord, memories, c)))));
  app.get('/live', (c) => {
    const live = livePart(visitOf(discord, memories, c));
    if (c.req.query('mark') === live.mark) return c.body(null, 204);
    return c.html(String(live.html), 200, { 'x-mark': live.mark });
  });
  app.get('/suggest', async (c) => {
    const { person, channel } = visitOf(discord, memories, c);
    const { line = '', option = '', typed = '' } = c.req.query();
    const seen = await person.autocompletes(line, { option, typed, channel: channel.id }).catch(() => null);
    return c.json(seen?.choices ?? []);
  });
  app.post('/act/:what', async (c) => {
    const visit = visitOf(discord, memories, c);
    try {
      const seen = await ACTS[c.req.param('what')]?.(visit, await c.req.formData());
      if (seen?.form) visit.memory.form = seen.form;
    } catch (error) {
      // What a client would not let a person do is said on the page.
      visit.memory.notice = error instanceof Error ? error.message : String(error);
    }
    return c.redirect(`/?${whereFields(visit)}`, 303);
  });
  return app;
}

/** Who looks where; somebody and `general` when the address does not say, or says what is gone. */
function visitOf(discord: Discord, memories: Map<string, Memory>, c: Context): Visit {
  const people = discord.guild.people();
  const wanted = c.req.query('as');
  const person = people.find(({ name }) => name === wanted) ?? people[1] ?? people[0];
  if (person === undefined) throw new Error('There is nobody in this guild');
  const asked = discord.world.channels.get(c.req.query('in') ?? '');
  const channel =
    asked !== undefined && canSee(discord.world, asked, person.id)
      ? asked
      : (discord.guild.channels().find((one) => one.type === 0 && canSee(discord.world, one, person.id)) ??
        discord.guild.channel('general'));
  const memory = memories.get(person.id) ?? {
    form: null,
    notice: null,
    dismissed: new Set(),
    read: new Map(),
  };
  memories.set(person.id, memory);
  return { discord, person, channel, memory };
}
