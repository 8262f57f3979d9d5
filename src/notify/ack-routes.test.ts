import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { anIncident } from '../../test/support/incident.ts';
import { aNotice, zoe } from '../../test/support/page-notice.ts';
import type { FrontDoor, Said } from '../engine/front-door.ts';
import { person } from '../domain/actor.ts';
import type { Actor } from '../domain/actor.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import { createAckLinks } from './ack-link.ts';
import type { LinkAction } from './ack-link.ts';
import { ackRoutes } from './ack-routes.ts';

const NOON = new Date('2026-08-03T12:00:00Z');
const HOUR = 3_600_000;

/** One incident with one page for Zoë, a front door that keeps what was said, and a clock. */
function world(over: { notice?: PageNotice | null; taken?: Actor; refuses?: string } = {}) {
  const said: unknown[] = [];
  const acted: string[] = [];
  let now = NOON;
  let holder: Actor | null = over.taken ?? null;
  const door: FrontDoor = {
    say: async (command): Promise<Said> => {
      if (command.type === 'page.record_acted') acted.push(command.attemptId);
      else said.push(command);
      if (over.refuses)
        return { kind: 'refused', refusal: { why: over.refuses, hint: 'Reopen it with /inc reopen.' } };
      const events =
        holder === null && command.type === 'escalation.acknowledge' ? [acknowledged(command.by)] : [];
      if (command.type !== 'page.record_acted') holder ??= command.by;
      return {
        kind: 'done',
        incident: anIncident({ acknowledgedBy: holder, acknowledgedAt: NOON }),
        runs: [],
        pages: [],
        events,
      };
    },
  };
  const deps = {
    secret: 'a secret of many characters',
    publicUrl: () => 'http://firebell.test',
    clock: { now: () => now },
  };
  const links = createAckLinks(deps);
  const groups = ackRoutes({
    links,
    door,
    readNotice: async () => (over.notice === undefined ? aNotice() : over.notice),
    nameOf: (actor) => (actor.kind === 'person' && actor.id === 'bob' ? 'Bob <b>' : 'Zoë'),
  });
  const app = new Hono();
  for (const { at, routes } of groups) app.route(at, routes);
  const tokenFor = (action: LinkAction): string =>
    new URL(links.urlFor(aNotice(), action) ?? '').pathname.split('/')[2] ?? '';
  const token = tokenFor('acknowledge');
  return {
    said,
    acted,
    token,
    tokenFor,
    wait: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    links,
    open: (method: string, path = token) => app.request(`/ack/${path}`, { method }),
    decline: (method: string, path = tokenFor('decline')) => app.request(`/decline/${path}`, { method }),
  };
}

function acknowledged(by: Actor): RecordedEvent {
  return {
    incidentId: 42,
    seq: 7,
    at: NOON,
    by,
    event: {
      type: 'escalation.acknowledged',
      runId: '42/1',
      promisedBy: null,
      stillPaging: [],
      signOfLifeBy: null,
      nagAt: null,
      echo: false,
    },
  };
}

describe('an acknowledge link', () => {
  it('shows what is on fire and one button, and does nothing, however often it is looked at', async () => {
    const { open, said } = world();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'HEAD', 'GET', 'PUT', 'DELETE'])
      await open(method);
    const page = await open('GET');
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('Payments fail');
    expect(text).toContain('<form method="post"><button>Acknowledge as Zoë</button></form>');
    expect(text.match(/<form/g)).toHaveLength(1);
    expect(text).toMatch(
      /<a href="http:\/\/firebell.test\/decline\/[^"]+" rel="noreferrer">I can’t take it<\/a>/,
    );
    expect(said).toEqual([]);
  });

  it('acknowledges this page, as this person, when the button is pressed', async () => {
    const { open, said, acted } = world();
    const answer = await open('POST');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You have it');
    expect(acted).toEqual(['42/1/3/0']);
    expect(said).toEqual([
      {
        type: 'escalation.acknowledge',
        by: person('zoe'),
        incidentId: 42,
        pageId: '42/1/3',
        promiseMs: null,
      },
    ]);
  });

  it('says the same again when it is pressed twice', async () => {
    const { open } = world();
    await open('POST');
    const again = await open('POST');
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('You have it')]);
  });

  it('says who has it when somebody else was first', async () => {
    const text = await (await world({ taken: person('bob') }).open('POST')).text();
    expect(text).toContain('Bob &lt;b&gt; was first');
    expect(text).toContain('since 2026-08-03 14:00 (Europe/Berlin)');
  });

  it('says who has it without asking, and offers no button, once the page is over', async () => {
    const { open, said } = world({
      notice: aNotice({ end: { why: 'acknowledged_by_other', by: 'Bob', at: NOON } }),
    });
    for (const method of ['GET', 'POST']) {
      const page = await open(method);
      expect(page.status).toBe(200);
      const text = await page.text();
      expect(text).toContain('Bob has it since');
      expect(text).not.toContain('<button');
    }
    expect(said).toEqual([]);
  });

  it('is good for 24 hours, then says what to do instead', async () => {
    const { open, wait, said } = world();
    wait(24 * HOUR - 1);
    expect((await open('GET')).status).toBe(200);
    wait(1);
    for (const method of ['GET', 'POST']) {
      const page = await open(method);
      expect([page.status, await page.text()]).toEqual([
        410,
        expect.stringContaining('Acknowledge in the room'),
      ]);
    }
    expect(said).toEqual([]);
  });

  it('is refused when it was cut off, changed or made up, with a way on', async () => {
    const { open, token, said } = world();
    for (const forged of [
      token.slice(0, -1),
      `${token}x`,
      'a.b.c',
      'x',
      '%00',
      '%ff',
      encodeURIComponent('<script>'),
    ]) {
      for (const method of ['GET', 'POST']) {
        const page = await open(method, forged);
        expect([page.status, await page.text()]).toEqual([
          403,
          expect.stringContaining('copy the whole line from the mail'),
        ]);
      }
    }
    expect(said).toEqual([]);
  });

  it('is of no use once the page is unknown, or is another person’s', async () => {
    for (const notice of [null, aNotice({ person: zoe({ id: 'bob' }) })]) {
      const { open, said } = world({ notice });
      expect((await open('POST')).status).toBe(404);
      expect(said).toEqual([]);
    }
  });

  it('hands on a refusal in its own words', async () => {
    const page = await world({ refuses: 'Incident #42 is resolved.' }).open('POST');
    expect(page.status).toBe(409);
    const text = await page.text();
    expect(text).toContain('Incident #42 is resolved.');
    expect(text).toContain('Reopen it with /inc reopen.');
  });

  it('is kept by nobody, framed by nobody, runs nothing and tells nobody where it came from', async () => {
    const { open } = world({
      notice: aNotice({ title: '<img src=x onerror=alert(1)>', url: 'javascript:alert(1)' }),
    });
    const page = await open('GET');
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-.+'; form-action 'self'; frame-ancestors 'none'/,
      ),
    });
    const text = await page.text();
    expect(text).not.toMatch(/<img|<script|javascript:/);
    expect(text).toContain('&lt;img src=x');
  });

  it('allows the one style that is on the page, so that it looks as it should', async () => {
    const page = await world().open('GET');
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(await page.text()) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style).toContain('button');
    expect(page.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}';`);
  });

  it('is not made while nobody knows our own address', () => {
    const links = createAckLinks({
      secret: 'a secret of many characters',
      publicUrl: () => null,
      clock: { now: () => NOON },
    });
    expect(links.urlFor(aNotice())).toBe(null);
  });
});

describe('a link that says no', () => {
  it('does nothing when it is looked at, and declines this page as this person when it is pressed', async () => {
    const { decline, said } = world();
    const page = await decline('GET');
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<button>I can’t take it (Zoë)</button>'),
    ]);
    expect(said).toEqual([]);

    const answer = await decline('POST');

    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('goes on to others')]);
    expect(said).toEqual([
      { type: 'escalation.decline', by: person('zoe'), incidentId: 42, pageId: '42/1/3' },
    ]);
  });

  it('is good for its own purpose only', async () => {
    const { decline, open, tokenFor, said } = world();
    const answers = [await decline('POST', tokenFor('acknowledge')), await open('POST', tokenFor('decline'))];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(said).toEqual([]);
  });

  it('may be pressed from the page of a push app, which has no cookie of ours', async () => {
    const { decline, open } = world();
    const pressed = [await decline('POST'), await open('POST')];
    expect(pressed.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual(['*', '*']);
    expect((await open('GET')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
