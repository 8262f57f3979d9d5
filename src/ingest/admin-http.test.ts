import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAdminAccess, newAdminKey, offerAdminAccess } from './admin-file.ts';
import { adminRoutes } from './admin-http.ts';
import type { KeptFeed } from '../store/calendar-feeds.ts';
import type { ShownToken, Desk } from './desk.ts';

const KEY = newAdminKey();

function world() {
  const tokens: ShownToken[] = [];
  const feeds: KeptFeed[] = [];
  const desk: Desk = {
    create: ({ kind, subject }) => {
      const id = tokens.length + 1;
      tokens.push({ id, kind, subject, createdAt: new Date(0), lastUsedAt: null, revokedAt: null });
      return Promise.resolve({ id, token: `fb_${id}` });
    },
    list: () => Promise.resolve(tokens),
    unparsed: () => Promise.resolve([]),
    createFeed: (subject) => {
      const id = feeds.length + 1;
      feeds.push({ id, subject, madeBy: null, createdAt: new Date(0), lastUsedAt: null, revokedAt: null });
      return Promise.resolve({ id, secret: `secret-${id}` });
    },
    contacts: () => Promise.resolve([]),
    feeds: () => Promise.resolve(feeds),
    revokeFeed: (id) => Promise.resolve(feeds.some((feed) => feed.id === id)),
    revoke: (id) => Promise.resolve(tokens.some((token) => token.id === id)),
  };
  const subjects = { sources: new Map(), people: new Map([['ana', null]]) };
  const reload = () => Promise.resolve(['line 3: there is no such person']);
  const compare = ({ text }: { readonly text: string }) => ({ problem: `cannot compare ${text}` });
  const schedule = { timeZone: 'UTC', layers: [] };
  const schedules = () => [{ id: 'primary', name: 'Primary', schedule, workingHours: 'not for others' }];
  const { routes } = adminRoutes({ desk, key: KEY, subjects: () => subjects, reload, compare, schedules });
  const ask = (method: string, path: string, body?: unknown, key = KEY) =>
    Promise.resolve(
      routes.request(path, {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return { ask, tokens };
}

describe('the admin routes', () => {
  it('make, list and end tokens for whoever has the key', async () => {
    const { ask } = world();
    const made = await ask('POST', '/tokens', { kind: 'source', subject: 'generic' });
    expect(made.status).toBe(201);
    expect(await made.json()).toEqual({ id: 1, token: 'fb_1' });
    expect(await (await ask('GET', '/tokens')).json()).toMatchObject({
      tokens: [{ id: 1, subject: 'generic' }],
    });
    expect((await ask('DELETE', '/tokens/1')).status).toBe(200);
    expect((await ask('DELETE', '/tokens/7')).status).toBe(404);
  });

  it('make, list and end calendars for whoever has the key', async () => {
    const { ask } = world();
    const made = await ask('POST', '/feeds', { kind: 'schedule', id: 'primary' });
    expect([made.status, await made.json()]).toEqual([201, { id: 1, secret: 'secret-1' }]);
    expect((await ask('POST', '/feeds', { kind: 'service', id: 'x' })).status).toBe(400);
    expect(await (await ask('GET', '/feeds')).json()).toMatchObject({
      feeds: [{ id: 1, subject: { kind: 'schedule', id: 'primary' } }],
    });
    expect((await ask('DELETE', '/feeds/1')).status).toBe(200);
    expect((await ask('DELETE', '/feeds/2')).status).toBe(404);
    expect((await ask('GET', '/feeds', undefined, 'wrong')).status).toBe(401);
  });

  it('read the configuration again, and say what is wrong with it', async () => {
    const response = await world().ask('POST', '/reload');
    expect(await response.json()).toEqual({ problems: ['line 3: there is no such person'] });
    expect((await world().ask('POST', '/reload', undefined, 'wrong')).status).toBe(401);
  });

  it('say what the schedules are, with what people have changed', async () => {
    const response = await world().ask('GET', '/schedules');
    expect(await response.json()).toEqual({
      schedules: [{ id: 'primary', name: 'Primary', schedule: { timeZone: 'UTC', layers: [] } }],
    });
    expect((await world().ask('GET', '/schedules', undefined, 'wrong')).status).toBe(401);
  });

  it('do nothing for anybody else', async () => {
    const { ask, tokens } = world();
    for (const key of ['', 'wrong', `${KEY}x`]) {
      expect((await ask('POST', '/tokens', { kind: 'source', subject: 'generic' }, key)).status).toBe(401);
    }
    expect(tokens).toEqual([]);
  });

  it.each([
    null,
    {},
    { kind: 'source', subject: 'nobody' },
    { kind: 'person', subject: 'zoe' },
    { kind: 'god', subject: 'ana' },
  ])('refuse %j with the reason', async (body) => {
    const response = await world().ask('POST', '/tokens', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: expect.stringMatching(/expected|known are/) });
  });
});

it('word of how to reach the bot is left for its owner alone, and taken back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firebell-'));
  const access = { url: 'http://127.0.0.1:3000', key: KEY };
  const takeBack = await offerAdminAccess(folder, access);
  expect((await stat(join(folder, 'admin.json'))).mode & 0o777).toBe(0o600);
  expect(await findAdminAccess(folder)).toEqual(access);
  await takeBack();
  expect(await findAdminAccess(folder)).toBeNull();
  await rm(folder, { recursive: true });
});
