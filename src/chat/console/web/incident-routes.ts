import type { Context, Hono } from 'hono';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { LedgerEntry, Page } from '../../../domain/page/page.ts';
import { timelineOf } from '../../../domain/timeline/timeline.ts';
import type { TimelineLine } from '../../../domain/timeline/timeline.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CONSOLE } from '../platform.ts';
import { maySee } from '../../../domain/access/may.ts';
import { aboutIncident, aboutPage } from './about-incident.ts';
import { errorPage } from './error-page.ts';
import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { markdown } from './markdown.ts';
import { loadRail } from './rail.ts';
import { endWords } from '../../views/ledger.ts';
import { hoursLine } from '../../../domain/timeline/escalation-line.ts';
import { renderLine } from './render.ts';
import { livePoint, PLAIN_VIEW, roomFor, roomPage } from './room-page.ts';
import { severityChip } from './severity.ts';
import { statusChip } from './status.ts';
import type { Routing } from './talk-routes.ts';
import { dayOf, exactTag, spanWords, timeTag } from './times.ts';
import { pagedHint } from './trial-routes.ts';
import type { Visit } from './visit.ts';

const LISTED = 200;

/** What is known about incidents beside what was said: list, timeline, page ledger, postmortem. */
export function incidentRoutes(routes: Hono, { deps, door }: Routing): void {
  const about = (show: Parameters<typeof aboutIncident>[1]) => aboutIncident({ deps, door }, show);
  routes.get(
    '/incidents',
    door.read(async (c, visit) => c.html(listPage(deps, visit))),
  );
  routes.get(
    '/incidents/:id',
    about((c, visit, incident) => incidentPage(c, deps, { visit, incident })),
  );
  routes.get(
    '/incidents/:id/timeline',
    about(async (c, visit, incident) => c.html(timelinePage(deps, visit, incident))),
  );
  routes.get(
    '/incidents/:id/pages',
    about(async (c, visit, incident) => c.html(ledgerPage(deps, visit, incident))),
  );
  routes.get(
    '/incidents/:id/postmortem',
    about(async (c, visit, incident) => c.html(postmortemPage(deps, visit, incident))),
  );
  routes.get(
    '/incidents/:id/postmortem.md',
    about(async (c, _visit, incident) => {
      const draft = await deps.reads.postmortemOf(incident.id);
      if (draft === null)
        return errorPage(c, 404, 'No postmortem has been drafted yet. Type /inc postmortem in the room.');
      return c.body(draft, 200, {
        'Content-Type': 'text/markdown; charset=utf-8',
        'Content-Disposition': `attachment; filename="postmortem-${incident.id}.md"`,
      });
    }),
  );
}

/** The incident's room where it has one here; otherwise its timeline, which says that the room is coming. */
async function incidentPage(
  c: Context,
  deps: ConsoleDeps,
  { visit, incident }: { visit: Visit; incident: Incident },
): Promise<Response> {
  const room = incident.room?.platform === CONSOLE ? await roomFor(deps, visit, incident.room.roomId) : null;
  if (!room) return c.html(timelinePage(deps, visit, incident));
  const hint = c.req.query('new') === undefined ? NOTHING : await pagedHint(deps, visit, incident);
  return c.html(roomPage(deps, visit, room, { ...PLAIN_VIEW, hint }));
}

async function timelinePage(deps: ConsoleDeps, visit: Visit, incident: Incident): Promise<Html> {
  const lines = timelineOf(await deps.reads.eventsOf(incident.id), visit.reading.directory);
  const days = Map.groupBy(lines, ({ at }) => dayOf(at, visit.reading));
  const content = html`<p class="times-note">Times are in ${visit.reading.zone}.</p>
    ${[...days].map(
      ([day, entries]) =>
        html`<h2 class="day-title">${day}</h2>
          <ol class="timeline">
            ${entries.map((entry) => timelineRow(entry, visit))}
          </ol>`,
    )}`;
  return aboutPage(deps, visit, { incident, name: 'Timeline', content });
}

function timelineRow({ at, line, weight }: TimelineLine, visit: Visit): Html {
  return html`<li class="weight-${weight}">
    <span class="timeline-time">${exactTag(at, visit.reading)}</span>
    <p class="timeline-line">${renderLine(line, visit.reading)}</p>
  </li>`;
}

async function ledgerPage(deps: ConsoleDeps, visit: Visit, incident: Incident): Promise<Html> {
  const [pages, runs] = await Promise.all([deps.reads.pagesOf(incident.id), deps.reads.runsOf(incident.id)]);
  const delays = runs.flatMap(({ delay }) => delay ?? []);
  const content =
    pages.length + delays.length === 0
      ? html`<div class="empty">
          <h2>Nobody was paged</h2>
          <p>Type <kbd>/inc escalate</kbd> in the room to page whoever is on call.</p>
        </div>`
      : html`<p class="times-note">
            Every attempt to reach somebody, with the provider’s answer. “Sent” is written only with the id of
            the message.
          </p>
          ${delays.map((delay) => html`<p class="box">Waits for ${renderLine(hoursLine(delay), visit.reading)}.</p>`)}
          ${pages.map((page) => ledgerCard(page, visit))}`;
  return aboutPage(deps, visit, { incident, name: 'Pages', content });
}

function ledgerCard(page: Page, visit: Visit): Html {
  const { directory } = visit.reading;
  const name = directory.people.get(page.personId)?.name ?? page.personId;
  const isHeld = page.heldUntil !== null && page.attempts.length === 0;
  const end =
    page.end === null
      ? isHeld
        ? 'waits for their working hours'
        : 'waiting for an answer'
      : endWords(page.end.why);
  const tone = page.end === null ? 'status-active' : page.end.why === 'acknowledged' ? 'status-over' : '';
  return html`<section class="box" aria-labelledby="p-${page.id.replaceAll('/', '-')}">
    <div class="box-head">
      <h2 id="p-${page.id.replaceAll('/', '-')}">${name}</h2>
      <span class="chip ${tone}">${end}</span>
    </div>
    <p class="row-note">
      Paged at
      ${timeTag(page.startedAt, visit.reading)}${page.end === null ? NOTHING : html`, over after ${spanWords(page.end.at.getTime() - page.startedAt.getTime())}`}
      · page <code>${page.id}</code>
    </p>
    ${dataTable(
      `Attempts to reach ${name}`,
      ['Channel', 'Intended', 'Outcome', 'Proof or reason'],
      page.attempts.map((attempt) => attemptRow(attempt, visit)),
    )}
  </section>`;
}

function attemptRow({ channel, intendedAt, outcome, actedAt }: LedgerEntry, visit: Visit): Html {
  const proof =
    'messageId' in outcome
      ? html`<code>${outcome.messageId}</code>`
      : 'reason' in outcome
        ? outcome.reason
        : 'on its way';
  const acted = actedAt === null ? NOTHING : html`, answered at ${exactTag(actedAt, visit.reading)}`;
  const at = 'at' in outcome ? html` at ${exactTag(outcome.at, visit.reading)}` : NOTHING;
  return html`<tr>
    <td>${channel}</td>
    <td>${exactTag(intendedAt, visit.reading)}</td>
    <td>${outcome.state}${at}${acted}</td>
    <td>${proof}</td>
  </tr>`;
}

async function postmortemPage(deps: ConsoleDeps, visit: Visit, incident: Incident): Promise<Html> {
  const draft = await deps.reads.postmortemOf(incident.id);
  const content =
    draft === null
      ? html`<div class="empty">
          <h2>No postmortem yet</h2>
          <p>
            Once the incident is resolved, type <kbd>/inc postmortem</kbd> in its room: a draft is made from
            what was said there.
          </p>
        </div>`
      : html`<p><a class="button" href="/incidents/${incident.id}/postmortem.md">Download as Markdown</a></p>
          <div class="document sheet-document">${markdown(draft)}</div>`;
  return aboutPage(deps, visit, { incident, name: 'Postmortem', content });
}

async function listPage(deps: ConsoleDeps, visit: Visit): Promise<Html> {
  const [all, rail, live] = await Promise.all([
    deps.reads.listIncidents({ state: 'all', limit: LISTED }),
    loadRail(deps, visit, null),
    livePoint(deps, visit, null),
  ]);
  const seen = all.filter((incident) => maySee(visit.actor, incident));
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Incidents</h1>
        <p class="topic">The newest ${LISTED}, open and closed</p>
      </div>
    </header>
    <div class="reading" tabindex="0" role="group" aria-label="List of incidents">
      ${
        seen.length === 0
          ? html`<div class="empty">
              <h2>There has been no incident yet</h2>
              <p>Send a test alert from the <a href="/">overview</a> to see one.</p>
            </div>`
          : listOf(seen, visit)
      }
    </div>`;
  return framed(deps, visit, { title: 'Incidents', here: '/incidents', rail, main, live });
}

function listOf(incidents: readonly Incident[], visit: Visit): Html {
  return html`<ul class="rows box">
    ${incidents.map(
      (incident) =>
        html`<li class="row">
          <div class="row-main">
            <a href="/incidents/${incident.id}"><strong>#${incident.id}</strong> ${incident.title}</a>
            <p class="row-note">
              Declared
              ${timeTag(incident.declaredAt, visit.reading)}${incident.resolvedAt === null ? NOTHING : html`, resolved after ${spanWords(incident.resolvedAt.getTime() - incident.declaredAt.getTime())}`}
            </p>
          </div>
          <p class="row-chips">
            ${incident.kind === 'drill' ? html`<span class="chip drill">Drill</span>` : NOTHING}
            ${severityChip(incident.severity, visit.reading.directory)} ${statusChip(incident.status)}
          </p>
        </li>`,
    )}
  </ul>`;
}
