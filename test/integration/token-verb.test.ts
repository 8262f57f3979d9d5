import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, it, onTestFinished } from 'vitest';
import { tokenVerb } from '../../src/cli/token.ts';
import { EXIT, FailedError, UsageError } from '../../src/cli/verb.ts';
import { newAdminKey, offerAdminAccess } from '../../src/ingest/admin-file.ts';
import { adminRoutes } from '../../src/ingest/admin-http.ts';
import { deskAt } from '../../src/ingest/desk.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import type { Store } from '../../src/store/db.ts';
import { openStore } from '../../src/store/open-store.ts';
import { findToken, hashToken } from '../../src/store/tokens.ts';
import { freshFolder } from '../support/database.ts';

async function run(dataDir: string, ...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await tokenVerb.run(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { DATA_DIR: dataDir },
  });
  return { code, out, err };
}

async function held(dataDir: string): Promise<Store> {
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  return store;
}

it('a token is printed alone, listed without itself, and ended once', async () => {
  const folder = await freshFolder();
  const made = await run(folder, 'create', '--source', 'generic');
  expect(made.out).toMatch(/^fb_[\w-]{43}\n$/);
  const listed = await run(folder, 'list', '--json');
  expect(JSON.parse(listed.out)).toMatchObject([
    { id: 1, kind: 'source', subject: 'generic', revokedAt: null },
  ]);
  expect(listed.out).not.toContain(made.out.trim());
  expect((await run(folder, 'revoke', '1')).code).toBe(EXIT.ok);
  expect((await run(folder, 'revoke', '1')).code).toBe(EXIT.no);
  // Every call opens the embedded database anew.
}, 120_000);

it('while a bot has the database open, that bot makes the token', async () => {
  const folder = await freshFolder();
  const store = await held(folder);
  await expect(run(folder, 'create', '--source', 'generic')).rejects.toThrow(FailedError);
  const key = newAdminKey();
  const { at, routes } = adminRoutes({
    desk: deskAt(store.db, SYSTEM_CLOCK),
    key,
    subjects: () => ({ sources: new Map(), people: new Map() }),
    reload: () => Promise.resolve([]),
    compare: () => ({ problem: 'not here' }),
    schedules: () => [],
  });
  const url = await listening(new Hono().route(at, routes));
  await offerAdminAccess(folder, { url, key });
  const { out } = await run(folder, 'create', '--source', 'generic');
  expect(await findToken(store.db, hashToken(out.trim()))).toMatchObject({ subject: 'generic' });
  expect((await run(folder, 'list')).out).toMatch(/^1\tsource generic\t/);
  expect((await run(folder, 'revoke', '9')).code).toBe(EXIT.no);
});

it.each([
  [],
  ['create'],
  ['create', '--source', 'nobody'],
  ['create', '--person', 'nobody'],
  ['revoke', 'x'],
  ['make'],
])('the wrong call %j is explained', async (...argv) => {
  await expect(run('unused', ...argv)).rejects.toThrow(UsageError);
});

function listening(app: Hono): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    onTestFinished(() => new Promise<void>((done) => void server.close(() => done())));
  });
}
