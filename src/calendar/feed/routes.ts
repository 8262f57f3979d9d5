import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { feedOf } from '../../domain/calendar/feed.ts';
import { windowAround } from '../../domain/calendar/stretches.ts';
import type { Directory } from '../../domain/directory.ts';
import type { RouteGroup } from '../../engine/route-group.ts';
import type { Clock } from '../../lib/clock.ts';
import { findFeed, reviseFeed, touchFeed } from '../../store/calendar-feeds.ts';
import type { FeedState, KeptFeed } from '../../store/calendar-feeds.ts';
import type { Db } from '../../store/db.ts';
import { createBudget } from './budget.ts';
import { identify, renderFeed } from './render.ts';

export interface FeedRouteDeps {
  readonly db: Db;
  readonly directory: () => Directory;
  readonly clock: Clock;
  /** Of the installation: makes the ids of events. */
  readonly secret: string;
  /** Look-ups of addresses that nobody was given, a minute; 120 unless given. */
  readonly guessesPerMinute?: number;
}

type Found = KeptFeed & FeedState;

interface Rendered {
  readonly directory: Directory;
  readonly month: number;
  readonly body: string;
  readonly etag: string;
  readonly changedAt: Date;
}

const SECRET = /^([\w-]{43})\.ics$/;
const GUESSES_PER_MINUTE = 120;
const MOST_KNOWN = 5_000;

/**
 * The calendars at `/calendar/<secret>.ics`. Every address costs one hash and one look-up of it, whether it is known or not, so that
 * time tells nothing; one that has been answered before is answered also while somebody is guessing.
 */
export function feedRoutes(deps: FeedRouteDeps): RouteGroup {
  const guesses = createBudget(deps.guessesPerMinute ?? GUESSES_PER_MINUTE, deps.clock);
  const known = new Set<string>();
  const rendered = new Map<number, Rendered>();
  const routes = new Hono();
  routes.get('/:file', async (c) => {
    const [, secret] = SECRET.exec(c.req.param('file')) ?? [];
    if (secret === undefined) return say(c, 404, UNKNOWN);
    const hash = createHash('sha256').update(secret).digest('base64url');
    const isNew = !known.has(hash);
    if (isNew && !guesses.take()) return say(c, 429, BUSY, { 'Retry-After': '60' });
    const feed = await findFeed(deps.db, secret);
    if (feed === null) return say(c, 404, UNKNOWN);
    if (isNew) guesses.give();
    if (known.size >= MOST_KNOWN) known.clear();
    known.add(hash);
    if (feed.revokedAt !== null) return say(c, 410, REVOKED);
    const calendar = await render(feed, deps, rendered);
    if (calendar === null) return say(c, 404, NOT_CONFIGURED);
    await touchFeed(deps.db, feed.id, deps.clock.now());
    return answer(c, calendar);
  });
  return { at: '/calendar', routes };
}

const UNKNOWN =
  'There is no calendar at this address. Check that it was copied whole, or get a new one: type "calendar" to Firebell.';
const REVOKED =
  'This calendar was ended by whoever made it. Remove it from your calendar program; "calendar" gives you a new one in chat.';
const NOT_CONFIGURED =
  'What this calendar is about is no longer in the configuration. Remove it from your calendar program.';
const BUSY = 'Too many unknown addresses were asked for. Try again in a minute.';

async function render(
  feed: Found,
  { db, directory, clock, secret }: FeedRouteDeps,
  rendered: Map<number, Rendered>,
): Promise<Rendered | null> {
  const now = clock.now();
  const [current, window] = [directory(), windowAround(now)];
  const month = window.from.getTime();
  const before = rendered.get(feed.id);
  if (before?.directory === current && before.month === month) return before;
  const calendar = feedOf(feed.subject, current, window);
  if (calendar === null) return null;
  const events = identify(calendar, feed.id, secret);
  const { revisions, changedAt } = await reviseFeed(db, feed.id, events, now);
  const body = renderFeed(calendar, events, revisions);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const made = { directory: current, month, body, etag, changedAt };
  if (rendered.size >= MOST_KNOWN) rendered.clear();
  rendered.set(feed.id, made);
  return made;
}

function answer(c: Context, { body, etag, changedAt }: Rendered): Response {
  const headers = {
    ETag: etag,
    'Last-Modified': changedAt.toUTCString(),
    'Cache-Control': 'private, max-age=60',
    'X-Robots-Tag': 'noindex',
    'Referrer-Policy': 'no-referrer',
  };
  if (isFresh(c, { etag, changedAt })) return c.body(null, 304, headers);
  return c.body(body, 200, {
    ...headers,
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'inline; filename="firebell.ics"',
  });
}

/** RFC 9110, 13.2.2: the tag decides where there is one, the date only otherwise. */
function isFresh(c: Context, { etag, changedAt }: Pick<Rendered, 'etag' | 'changedAt'>): boolean {
  const tags = c.req.header('if-none-match');
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  return Math.floor(changedAt.getTime() / 1000) * 1000 <= since;
}

function say(
  c: Context,
  status: 404 | 410 | 429,
  words: string,
  headers: Record<string, string> = {},
): Response {
  return c.text(`${words}\n`, status, { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', ...headers });
}
