import { expect, it } from 'vitest';
import { ingestRoutes } from '../../src/ingest/http.ts';
import { storePorts } from '../../src/ingest/store-ports.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Db } from '../../src/store/db.ts';
import {
  createToken,
  findToken,
  hashToken,
  listTokens,
  revokeToken,
  touchToken,
} from '../../src/store/tokens.ts';
import { keepUnparsed, KEPT, listUnparsed } from '../../src/store/unparsed.ts';
import { describeStores } from '../support/database.ts';

const NOW = new Date('2026-03-02T06:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

function post(reason: string, source = 'generic') {
  return { source, receivedAt: NOW, reason, contentType: null, body: `{"a":"\u0000${reason}` };
}

function routesOn(db: Db) {
  const clock = { now: () => NOW };
  return ingestRoutes({
    ...storePorts(db, clock),
    receive: () => Promise.resolve(),
    sources: () => new Map(),
    clock,
    logger: createLogger({ level: 'silent' }),
    metrics: { post: () => undefined, signals: () => undefined },
  }).routes;
}

describeStores('tokens and unreadable posts', (open) => {
  it('a token is found by its hash alone, and not once it has ended', async () => {
    const { db } = await open();
    const { id, token } = await createToken(db, { kind: 'source', subject: 'generic' }, NOW);
    expect(token.length).toBeGreaterThan(40);
    expect(JSON.stringify(await listTokens(db))).not.toContain(token);
    expect(await findToken(db, hashToken(token))).toMatchObject({ id, kind: 'source', subject: 'generic' });
    expect(await revokeToken(db, id, NOW)).toBe(true);
    expect(await revokeToken(db, id, NOW)).toBe(false);
    expect(await findToken(db, hashToken(token))).toBeNull();
  });

  it('the use of a token is noted to the minute', async () => {
    const { db } = await open();
    const { id } = await createToken(db, { kind: 'person', subject: 'ana' }, NOW);
    for (const ms of [0, 59_000, 61_000]) await touchToken(db, id, later(ms));
    expect(await listTokens(db)).toMatchObject([{ lastUsedAt: later(61_000) }]);
    await touchToken(db, id, later(100_000));
    expect(await listTokens(db)).toMatchObject([{ lastUsedAt: later(61_000) }]);
  });

  it('the newest unreadable posts of each source are kept, cut to a length', async () => {
    const { db } = await open();
    await keepUnparsed(db, post('other', 'alertmanager'));
    for (let i = 0; i < KEPT.posts + 5; i += 1) await keepUnparsed(db, post(`post ${i}`));
    await keepUnparsed(db, { ...post('long'), body: 'x'.repeat(KEPT.characters + 1) });
    const kept = await listUnparsed(db, { source: 'generic', limit: 1000 });
    expect(kept).toHaveLength(KEPT.posts);
    expect(kept[0]?.body).toHaveLength(KEPT.characters);
    expect(kept.at(-1)?.reason).toBe('post 6');
    expect(await listUnparsed(db, { limit: 1000 })).toHaveLength(KEPT.posts + 1);
  });

  it('a post is let in by its token, and what cannot be read of it is kept', async () => {
    const { db } = await open();
    const { token } = await createToken(db, { kind: 'source', subject: 'generic' }, NOW);
    const routes = routesOn(db);
    const good = await routes.request(`/generic/${token}`, { method: 'POST', body: '[{"title":"x"},{}]' });
    expect(good.status).toBe(200);
    const bad = await routes.request(`/generic/${token}`, {
      method: 'POST',
      body: '\u0000{',
      headers: { 'content-type': 'application/json' },
    });
    expect(bad.status).toBe(400);
    expect((await listUnparsed(db, { limit: 10 })).map(({ body }) => body)).toEqual(['\uFFFD{', '{}']);
    expect(await listTokens(db)).toMatchObject([{ lastUsedAt: NOW }]);
  });
});
