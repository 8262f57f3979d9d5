import type { Directory } from '../../../domain/directory.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { nextChange, onCallAt } from '../../../domain/schedule/on-call.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { OpenPage } from '../reads.ts';
import { isActive } from '../../../domain/alert/silence.ts';
import { maySee } from '../../../domain/access/may.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { postsTo } from './render.ts';
import { livePoint } from './room-page.ts';
import { severityChip } from './severity.ts';
import { statusChip } from './status.ts';
import { spanWords, timeTag } from './times.ts';
import type { Visit } from './visit.ts';

const SHOWN_INCIDENTS = 50;

/** The first page: what waits for the reader, what is open, who is on call, and how to try it all. */
export async function overviewPage(deps: ConsoleDeps, visit: Visit): Promise<Html> {
  const [rail, pages, incidents, silences, live] = await Promise.all([
    loadRail(deps, visit, null),
    visit.personId === null ? [] : deps.reads.openPagesOf(visit.personId),
    openIncidents(deps, visit),
    deps.reads.silences(),
    livePoint(deps, visit, null),
  ]);
  const silenced = silences.filter((one) => isActive(one, visit.reading.now)).length;
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Overview</h1>
        <p class="topic">What is open, who is on call, and what waits for you</p>
      </div>
    </header>
    <div class="overview" id="overview">${overview(visit, { pages, incidents, silenced })}</div>
    <div id="log" class="overview-answers" aria-live="polite"></div>`;
  return framed(deps, visit, { title: 'Overview', here: '/', rail, main, live });
}

interface Overview {
  readonly pages: readonly OpenPage[];
  readonly incidents: readonly Incident[];
  /** How many silences are active. */
  readonly silenced: number;
}

async function openIncidents(deps: ConsoleDeps, visit: Visit): Promise<readonly Incident[]> {
  const open = await deps.reads.listIncidents({ state: 'open', limit: SHOWN_INCIDENTS });
  const order = visit.reading.directory.severities.map((severity) => severity.id);
  return open
    .filter((incident) => maySee(visit.actor, incident))
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function overview(visit: Visit, { pages, incidents, silenced }: Overview): Html {
  return html`${pages.length === 0 ? NOTHING : waiting(pages, incidents, visit)}
    <div class="columns">
      <div class="column">
        ${incidents.length === 0 ? tryIt(visit) : NOTHING}
        <section class="box" aria-labelledby="open-title">
          <h2 id="open-title">Open incidents</h2>
          ${incidents.length === 0 ? nothingOpen() : openList(incidents, visit)}
          <p class="row-note"><a href="/silences">${silencesWords(silenced)}</a></p>
        </section>
      </div>
      <div class="column">
        <section class="box" aria-labelledby="oncall-title">
          <h2 id="oncall-title">On call now</h2>
          ${onCall(visit)}
          <p class="row-note">
            <a href="/coverage">Coverage of the next 90 days</a> · <a href="/holidays">Holidays</a>
          </p>
        </section>
        ${incidents.length === 0 ? NOTHING : tryIt(visit)}
      </div>
    </div>`;
}

function waiting(pages: readonly OpenPage[], incidents: readonly Incident[], visit: Visit): Html {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  return html`<section class="box urgent" aria-labelledby="mine-title">
    <h2 id="mine-title">Waiting for you</h2>
    <ul class="rows">
      ${pages.map((open) => waitingRow(open, byId.get(open.incidentId), visit))}
    </ul>
  </section>`;
}

function waitingRow(page: OpenPage, incident: Incident | undefined, visit: Visit): Html {
  const number = page.incidentId;
  return html`<li class="row">
    <div class="row-main">
      <a href="/incidents/${number}"><strong>#${number}</strong> ${incident?.title ?? 'Incident'}</a>
      <p class="row-note">
        Paged at ${timeTag(page.startedAt, visit.reading)}; goes on to the next person at
        ${timeTag(page.ackBy, visit.reading)}
      </p>
    </div>
    <form ${postsTo('/ask')}>
      <input type="hidden" name="csrf" value="${visit.csrf}" />
      <button class="button primary" name="command" value="ack #${number}">
        Acknowledge<span class="sr"> #${number}</span>
      </button>
    </form>
  </li>`;
}

function openList(incidents: readonly Incident[], visit: Visit): Html {
  const { directory, now } = visit.reading;
  return html`<ul class="rows">
    ${incidents.map(
      (incident) =>
        html`<li class="row">
          <div class="row-main">
            <a href="/incidents/${incident.id}"><strong>#${incident.id}</strong> ${incident.title}</a>
            <p class="row-note">
              ${holderOf(incident, directory)}, open for
              ${spanWords(now.getTime() - incident.declaredAt.getTime())}
            </p>
          </div>
          <p class="row-chips">
            ${incident.kind === 'drill' ? html`<span class="chip drill">Drill</span>` : NOTHING}
            ${severityChip(incident.severity, directory)} ${statusChip(incident.status)}
          </p>
        </li>`,
    )}
  </ul>`;
}

function silencesWords(count: number): string {
  if (count === 0) return 'No alerts are silenced';
  return count === 1 ? 'One silence holds alerts back' : `${count} silences hold alerts back`;
}

function holderOf({ acknowledgedBy }: Incident, { people }: Directory): string {
  if (acknowledgedBy === null) return 'Nobody has it yet';
  if (acknowledgedBy.kind === 'person')
    return `${people.get(acknowledgedBy.id)?.name ?? acknowledgedBy.id} has it`;
  return acknowledgedBy.kind === 'guest' ? `${acknowledgedBy.name} (guest) has it` : 'Acknowledged';
}

function nothingOpen(): Html {
  return html`<div class="empty">
    <p class="empty-title">All quiet</p>
    <p>No incident is open. When an alert arrives or somebody declares one, it appears here at once.</p>
  </div>`;
}

function onCall(visit: Visit): Html {
  const { directory, now } = visit.reading;
  const schedules = [...directory.schedules.values()];
  if (schedules.length === 0) {
    return html`<p class="row-note">
      No schedule is configured, so policies page people by name. Add one under <code>schedules</code> in
      firebell.yaml.
    </p>`;
  }
  return html`<ul class="rows">
    ${schedules.map((named) => {
      const people = onCallAt(named.schedule, now).map((id) => directory.people.get(id)?.name ?? id);
      const until = nextChange(named.schedule, now);
      return html`<li class="row">
        <div class="row-main">
          <strong
            >${people.length === 0 ? html`<span class="nobody">Nobody</span>` : people.join(', ')}</strong
          >
          <p class="row-note">
            <a href="/schedules/${named.id}">${named.name}</a
            >${until === null ? NOTHING : html`, until ${timeTag(until, visit.reading)}`}
          </p>
        </div>
      </li>`;
    })}
  </ul>`;
}

function tryIt(visit: Visit): Html {
  const csrf = html`<input type="hidden" name="csrf" value="${visit.csrf}" />`;
  return html`<section class="box try" aria-labelledby="try-title">
    <h2 id="try-title">See it work</h2>
    <div class="choices">
      <form method="post" action="/test-alert">
        ${csrf}
        <p>A test alert goes the way of a real one: a room opens, and whoever is on call is paged.</p>
        <button class="button primary big">Send a test alert</button>
      </form>
      <form method="post" action="/drill">
        ${csrf}
        <p>A drill is practice that everyone knows to be practice. It counts in no report.</p>
        <button class="button big">Start drill</button>
      </form>
    </div>
  </section>`;
}
