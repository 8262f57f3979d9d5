import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aDirectory, aPerson } from '../../../test/support/directory.ts';
import type { Directory } from '../../domain/directory.ts';
import type { FeedSubject } from '../../domain/calendar/subject.ts';
import { createFeed, listFeeds, revokeFeeds } from '../../store/calendar-feeds.ts';
import type { Store } from '../../store/db.ts';
import { openStore } from '../../store/open-store.ts';
import { feedRoutes } from './routes.ts';

let store: Store;
let now: Date;
let directory: Directory;
beforeAll(async () => {
  store = await openStore({ dataDir: ':memory:' });
});
afterAll(() => store.close());
beforeEach(() => {
  now = new Date('2026-03-02T03:00:00Z');
  directory = company('09:00');
});

/** Ana and Ben take turns of a week in Berlin; at the weekend nobody is on call. */
function company(handoffTime: string): Directory {
  const schedule = {
    timeZone: 'Europe/Berlin',
    layers: [
      {
        participants: ['ana', 'ben'],
        rotation: { unit: 'weeks', count: 1, startDate: '2026-01-05', handoffTime },
        restrictions: [
          { type: 'weekly', startDay: 'mon', startTime: '09:00', endDay: 'fri', endTime: '17:00' },
        ],
      },
    ],
  } as const;
  return aDirectory({
    people: new Map([
      ['ana', { ...aPerson('ana'), name: 'Ana; "Böse, \\ Zeile\nEND:VCALENDAR', email: 'ana@example.com' }],
      ['ben', aPerson('ben')],
    ]),
    teams: new Map([['core', { id: 'core', name: 'Core', members: ['ana', 'ben'], schedule: 'primary' }]]),
    schedules: new Map([['primary', { id: 'primary', name: 'Primary, all day', schedule }]]),
  });
}

function routes(guessesPerMinute = 120) {
  const deps = {
    db: store.db,
    directory: () => directory,
    clock: { now: () => now },
    secret: 'installation secret',
    guessesPerMinute,
  };
  const { routes: app } = feedRoutes(deps);
  return (secret: string, headers: Record<string, string> = {}) => app.request(`/${secret}.ics`, { headers });
}

async function link(subject: FeedSubject): Promise<string> {
  return (await createFeed(store.db, { subject, madeBy: 'ana' }, now)).secret;
}

/** Every event as an independent parser reads it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone?.tzid,
      sequence: event.sequence,
    };
  });
}

describe('a calendar feed', () => {
  it('tells every shift and every gap of a schedule, in UTC, over the change of clocks', async () => {
    const get = routes();
    const response = await get(await link({ kind: 'schedule', id: 'primary' }));
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = read(text);
    const march = events.filter(({ start }) => start >= '2026-03-23' && start < '2026-04-04');
    expect(march.map(({ summary, start, end }) => `${start} ${end} ${summary}`)).toEqual([
      '2026-03-23T08:00:00.000Z 2026-03-27T16:00:00.000Z On call: Ben',
      '2026-03-27T16:00:00.000Z 2026-03-30T07:00:00.000Z Nobody on call',
      '2026-03-30T07:00:00.000Z 2026-04-03T15:00:00.000Z On call: Ana; "Böse, \\ Zeile END:VCALENDAR',
      '2026-04-03T15:00:00.000Z 2026-04-06T07:00:00.000Z Nobody on call',
    ]);
    expect(new Set(events.map(({ zone }) => zone))).toEqual(new Set(['UTC']));
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(text).toMatch(/END:VCALENDAR\r\n$/);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text).toContain('X-WR-CALNAME:Primary\\, all day\r\n');
    expect(text).not.toContain('ana@example.com');
  });

  it('shows the window of at least 30 days back and 180 ahead', async () => {
    const events = read(await (await routes()(await link({ kind: 'schedule', id: 'primary' }))).text());
    const first = events[0]?.start ?? '';
    const last = events.at(-1)?.end ?? '';
    expect(first < '2026-01-31' && first > '2025-12-25').toBe(true);
    expect(last > '2026-08-29' && last < '2026-10-08').toBe(true);
  });

  it("tells a person's shifts and a team's", async () => {
    const get = routes();
    const mine = read(await (await get(await link({ kind: 'person', id: 'ben' }))).text());
    expect(new Set(mine.map(({ summary }) => summary))).toEqual(new Set(['On call: Primary, all day']));
    const team = read(await (await get(await link({ kind: 'team', id: 'core' }))).text());
    expect(new Set(team.map(({ summary }) => summary))).toContain('Nobody on call (Primary, all day)');
  });

  it('is the same text until something changes, and says so to who asks again', async () => {
    const get = routes();
    const secret = await link({ kind: 'person', id: 'ana' });
    const first = await get(secret);
    const etag = first.headers.get('etag') ?? '';
    const text = await first.text();
    now = new Date('2026-03-02T23:00:00Z');
    directory = company('09:00');
    expect((await get(secret, { 'if-none-match': `W/"x", ${etag}` })).status).toBe(304);
    expect(
      (await get(secret, { 'if-modified-since': first.headers.get('last-modified') ?? '' })).status,
    ).toBe(304);
    expect((await get(secret, { 'if-none-match': '"other"' })).status).toBe(200);
    expect(await (await get(secret)).text()).toBe(text);
  });

  it('keeps the id of a shift whose end moves and counts its change, and gives a new shift a new one', async () => {
    const get = routes();
    const secret = await link({ kind: 'schedule', id: 'primary' });
    const before = read(await (await get(secret)).text());
    now = new Date('2026-03-03T03:00:00Z');
    const primary = directory.schedules.get('primary');
    if (!primary) throw new Error('expected the schedule');
    const cover = {
      type: 'replaceAll',
      start: '2026-03-05T08:00:00Z',
      end: '2026-03-06T08:00:00Z',
      users: ['ben'],
    } as const;
    const schedule = { ...primary.schedule, overrides: [cover] };
    directory = { ...directory, schedules: new Map([['primary', { ...primary, schedule }]]) };
    const response = await get(secret);
    expect(response.headers.get('last-modified')).toBe(now.toUTCString());
    const after = read(await response.text());
    const known = new Set(before.map(({ uid }) => uid));
    const changed = after.filter(({ sequence }) => sequence > 0);
    expect(changed.map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2026-03-02T08:00:00.000Z 2026-03-05T08:00:00.000Z',
    ]);
    expect(changed.every(({ uid }) => known.has(uid))).toBe(true);
    expect(after.filter(({ uid }) => !known.has(uid)).map(({ start }) => start)).toEqual([
      '2026-03-05T08:00:00.000Z',
      '2026-03-06T08:00:00.000Z',
    ]);
  });

  it('is a calendar that can be read also when there is nothing in it', async () => {
    directory = { ...directory, schedules: new Map() };
    const text = await (await routes()(await link({ kind: 'person', id: 'ben' }))).text();
    expect(read(text)).toEqual([]);
    expect(text).toContain('BEGIN:VTIMEZONE');
  });

  it('says 410 once it was revoked, and 404 when what it is about is gone or was never there', async () => {
    const get = routes();
    const secret = await link({ kind: 'team', id: 'core' });
    await revokeFeeds(store.db, { madeBy: 'ana', subject: { kind: 'team', id: 'core' } }, now);
    const revoked = await get(secret);
    expect([revoked.status, await revoked.text()]).toEqual([410, expect.stringContaining('was ended')]);
    const gone = await get(await link({ kind: 'person', id: 'nora' }));
    expect([gone.status, await gone.text()]).toEqual([
      404,
      expect.stringContaining('no longer in the configuration'),
    ]);
    for (const wrong of ['x', 'y'.repeat(43), `${secret}x`]) expect((await get(wrong)).status).toBe(404);
  });

  it('stops looking up guesses after a while, and still answers who was answered before', async () => {
    const get = routes(3);
    const secret = await link({ kind: 'person', id: 'ana' });
    expect((await get(secret)).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await get(String(i).repeat(43))).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
    expect((await get(secret)).status).toBe(200);
    now = new Date(now.getTime() + 60_000);
    expect((await get('z'.repeat(43))).status).toBe(404);
  });

  it('keeps only a hash of its address', async () => {
    const secret = await link({ kind: 'person', id: 'ana' });
    expect(JSON.stringify(await listFeeds(store.db, {}))).not.toContain(secret);
    const rows = await store.db.execute('select * from calendar_feeds');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
