import { z } from 'zod';
import { FeedSubject } from '../domain/calendar/subject.ts';
import type { AdminAccess } from './admin-file.ts';
import type { Desk } from './desk.ts';

const Created = z.object({ id: z.int(), token: z.string() });
const Listed = z.object({
  tokens: z.array(
    z.object({
      id: z.int(),
      kind: z.enum(['source', 'person']),
      subject: z.string(),
      createdAt: z.coerce.date(),
      lastUsedAt: z.coerce.date().nullable(),
      revokedAt: z.coerce.date().nullable(),
    }),
  ),
});
const Unparsed = z.object({
  posts: z.array(
    z.object({
      id: z.int(),
      source: z.string(),
      receivedAt: z.coerce.date(),
      reason: z.string(),
      contentType: z.string().nullable(),
      body: z.string(),
    }),
  ),
});
const CreatedFeed = z.object({ id: z.int(), secret: z.string() });
const Feeds = z.object({
  feeds: z.array(
    z.object({
      id: z.int(),
      subject: FeedSubject,
      madeBy: z.string().nullable(),
      createdAt: z.coerce.date(),
      lastUsedAt: z.coerce.date().nullable(),
      revokedAt: z.coerce.date().nullable(),
    }),
  ),
});
const Contacts = z.object({
  contacts: z.array(
    z
      .object({
        verifiedAt: z.coerce.date().nullable(),
        failing: z.object({ since: z.coerce.date(), reason: z.string() }).nullable(),
      })
      .nullable(),
  ),
});
const Refused = z.object({ error: z.string() });
const PATIENCE_MS = 10_000;

/** The desk behind the admin routes of a running bot. Throws with the bot's own words when it says no, and when nobody answers. */
export function remoteDesk(access: AdminAccess): Desk {
  return {
    create: async (subject) =>
      Created.parse(await ask(access, { method: 'POST', path: '/admin/tokens', body: subject })),
    list: async () => Listed.parse(await ask(access, { method: 'GET', path: '/admin/tokens' })).tokens,
    createFeed: async (subject) =>
      CreatedFeed.parse(await ask(access, { method: 'POST', path: '/admin/feeds', body: subject })),
    feeds: async () => Feeds.parse(await ask(access, { method: 'GET', path: '/admin/feeds' })).feeds,
    revokeFeed: async (id) => (await ask(access, { method: 'DELETE', path: `/admin/feeds/${id}` })) !== null,
    contacts: async (asked) =>
      Contacts.parse(await ask(access, { method: 'POST', path: '/admin/contacts', body: { asked } }))
        .contacts,
    unparsed: async (source) => {
      const query = source === null ? '' : `?source=${encodeURIComponent(source)}`;
      return Unparsed.parse(await ask(access, { method: 'GET', path: `/admin/unparsed${query}` })).posts;
    },
    revoke: async (id) => (await ask(access, { method: 'DELETE', path: `/admin/tokens/${id}` })) !== null,
  };
}

interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** What the bot answers; null when it has no such thing. */
async function ask({ url, key }: AdminAccess, { method, path, body }: Question): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 404) return null;
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const refused = Refused.safeParse(answer);
  throw new Error(refused.success ? refused.data.error : `the bot at ${url} answered ${response.status}`);
}
