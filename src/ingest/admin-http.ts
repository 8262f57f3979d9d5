import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { FeedSubject } from '../domain/calendar/subject.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { AskedToCompare } from './remote-compare.ts';
import type { KnownSchedule } from './remote-schedules.ts';
import { readLimited } from './read-limited.ts';
import { AskedAddress, subjectProblem } from './desk.ts';
import type { Subjects, Desk } from './desk.ts';

const Wanted = z.object({ kind: z.enum(['source', 'person']), subject: z.string() });
const Asked = z.object({ text: z.string(), from: z.coerce.date(), to: z.coerce.date() });
const LONGEST_BODY = 10_000;
// As large as a configuration may be, and what JSON adds to it.
const LONGEST_CONFIG = 12_000_000;
/** Room for the addresses of some ten thousand people. */
const MOST_ADDRESSES = 2_000_000;

/** What the routes need of the rest of the house. */
export interface AdminPorts {
  readonly desk: Desk;
  /** As it stands in the data folder. */
  readonly key: string;
  /** As the newest configuration has them. */
  readonly subjects: () => Subjects;
  /** Reads the configuration again; answers with what is wrong with it, a line each, and nothing when it was taken. */
  readonly reload: () => Promise<readonly string[]>;
  /** What another configuration would change. */
  readonly compare: (proposed: AskedToCompare) => object;
  /** With everything laid over them that the database knows. */
  readonly schedules: () => readonly KnownSchedule[];
}

/** What the verbs of the command line ask of a bot that has the embedded database open. Whoever has the key of the data folder may ask. */
export function adminRoutes({ desk, key, subjects, reload, compare, schedules }: AdminPorts): RouteGroup {
  const routes = new Hono();
  routes.use('*', async (c, next) => {
    const [, presented = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    if (!isSame(presented, key)) return c.json({ error: 'the admin key of the data folder is needed' }, 401);
    return next();
  });
  routes.post('/compare', async (c) => {
    const asked = Asked.safeParse(await readJson(c.req.raw, LONGEST_CONFIG));
    if (!asked.success) return c.json({ error: 'expected {"text", "from", "to"}' }, 400);
    return c.json(compare(asked.data));
  });
  routes.get('/schedules', (c) => c.json({ schedules: schedules().map(shownSchedule) }));
  routes.post('/reload', async (c) => c.json({ problems: await reload() }));
  routes.get('/unparsed', async (c) => c.json({ posts: await desk.unparsed(c.req.query('source') ?? null) }));
  routes.get('/tokens', async (c) => c.json({ tokens: await desk.list() }));
  routes.post('/tokens', async (c) => {
    const wanted = Wanted.safeParse(await readJson(c.req.raw));
    if (!wanted.success) return c.json({ error: 'expected {"kind": "source" or "person", "subject"}' }, 400);
    const problem = subjectProblem(wanted.data, subjects());
    if (problem !== null) return c.json({ error: problem }, 400);
    return c.json(await desk.create(wanted.data), 201);
  });
  routes.delete('/tokens/:id{[0-9]{1,15}}', async (c) =>
    (await desk.revoke(Number(c.req.param('id'))))
      ? c.json({ revoked: true })
      : c.json({ error: 'there is no such token, or it has ended before' }, 404),
  );
  routes.post('/contacts', async (c) => {
    const wanted = z
      .object({ asked: z.array(AskedAddress) })
      .safeParse(await readJson(c.req.raw, MOST_ADDRESSES));
    if (!wanted.success)
      return c.json({ error: 'expected {"asked": [{"personId", "channel", "address"}, …]}' }, 400);
    return c.json({ contacts: await desk.contacts(wanted.data.asked) });
  });
  routes.get('/feeds', async (c) => c.json({ feeds: await desk.feeds() }));
  routes.post('/feeds', async (c) => {
    const wanted = FeedSubject.safeParse(await readJson(c.req.raw));
    if (!wanted.success)
      return c.json({ error: 'expected {"kind": "person", "team" or "schedule", "id"}' }, 400);
    return c.json(await desk.createFeed(wanted.data), 201);
  });
  routes.delete('/feeds/:id{[0-9]{1,15}}', async (c) =>
    (await desk.revokeFeed(Number(c.req.param('id'))))
      ? c.json({ revoked: true })
      : c.json({ error: 'there is no such calendar, or it has ended before' }, 404),
  );
  return { at: '/admin', routes };
}

async function readJson(request: Request, longest = LONGEST_BODY): Promise<unknown> {
  const bytes = await readLimited(request, longest);
  try {
    return JSON.parse(new TextDecoder().decode(bytes ?? undefined));
  } catch {
    return null;
  }
}

function shownSchedule({ id, name, schedule }: KnownSchedule): KnownSchedule {
  return { id, name, schedule };
}

// Hashed first, so that the comparison takes the same time whatever the length.
function isSame(presented: string, key: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(presented), hash(key));
}
