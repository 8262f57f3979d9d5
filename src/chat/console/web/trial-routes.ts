import type { Context, Hono } from 'hono';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CONSOLE } from '../platform.ts';
import { answer } from './answer.ts';
import { errorPage } from './error-page.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { overviewPage } from './overview.ts';
import type { Routing } from './talk-routes.ts';
import type { Visit } from './visit.ts';

const LONGEST_WAIT_MS = 4000;
const LOOK_EVERY_MS = 40;
const NEWEST = 10;

/** The overview and what can be started from it. */
export function trialRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/',
    door.read(async (c, visit) => c.html(overviewPage(deps, visit))),
  );
  routes.post(
    '/ask',
    door.write(async (c, visit, fields) => {
      const speaking = { actor: visit.actor, platform: CONSOLE, roomId: null };
      const reply = await deps.front().command({ ...speaking, text: fields['command'] ?? '' });
      return answer(c, { deps, visit, room: null }, reply);
    }),
  );
  routes.post(
    '/test-alert',
    door.write((c) => testAlert(c, deps)),
  );
  routes.post(
    '/drill',
    door.write((c, visit) => drill(c, deps, visit)),
  );
}

async function testAlert(c: Context, deps: ConsoleDeps): Promise<Response> {
  const sent = await deps.sendTestAlert();
  if (!sent)
    return errorPage(
      c,
      400,
      'The test alert was received, but no route opens an incident for it. Look at routes in firebell.yaml.',
    );
  return toRoom(c, deps, sent.incidentId);
}

async function drill(c: Context, deps: ConsoleDeps, visit: Visit): Promise<Response> {
  const before = await newestId(deps);
  const speaking = { actor: visit.actor, platform: CONSOLE, roomId: null };
  const reply = await deps.front().command({ ...speaking, text: 'new Checkout answers slowly drill' });
  const declared = (await deps.reads.listIncidents({ state: 'open', limit: NEWEST })).find(
    (incident) => incident.id > before && incident.kind === 'drill',
  );
  return declared ? toRoom(c, deps, declared.id) : answer(c, { deps, visit, room: null }, reply);
}

async function newestId(deps: ConsoleDeps): Promise<number> {
  const newest = await deps.reads.listIncidents({ state: 'all', limit: 1 });
  return newest[0]?.id ?? 0;
}

/** Leads to the incident once its room is open, or to its page when that takes long. */
async function toRoom(c: Context, deps: ConsoleDeps, incidentId: number): Promise<Response> {
  const until = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < until) {
    const room = (await deps.reads.findIncident(incidentId))?.room;
    if (room) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return c.redirect(`/incidents/${incidentId}?new`, 303);
}

/** For newcomers: whom this incident has just paged, and how to be them. */
export async function pagedHint(deps: ConsoleDeps, visit: Visit, incident: Incident): Promise<Html> {
  const pages = (await deps.reads.pagesOf(incident.id)).filter((page) => page.end === null);
  const first = pages.find((page) => page.personId === visit.personId) ?? pages[0];
  if (!first) return NOTHING;
  const name = visit.reading.directory.people.get(first.personId)?.name ?? first.personId;
  if (first.personId === visit.personId) {
    return html`<div class="hint-bar" role="status">
      <p><strong>You are on call and were just paged.</strong> Your page waits in your direct messages.</p>
      <a class="button primary" href="/direct">Open your page</a>
    </div>`;
  }
  return html`<div class="hint-bar" role="status">
    <p>
      <strong>${name} is on call and was just paged.</strong>
      ${deps.sandbox ? `Switch to ${name} to see the page and answer it.` : 'If nobody answers, the next person is paged.'}
    </p>
    ${deps.sandbox ? switchTo(visit, { id: first.personId, name }) : NOTHING}
  </div>`;
}

function switchTo({ csrf }: Visit, { id, name }: { id: string; name: string }): Html {
  return html`<form method="post" action="/identity">
    <input type="hidden" name="csrf" value="${csrf}" />
    <input type="hidden" name="who" value="person ${id}" />
    <input type="hidden" name="next" value="/direct" />
    <button class="button primary">Switch to ${name}</button>
  </form>`;
}
