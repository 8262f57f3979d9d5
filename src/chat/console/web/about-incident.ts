import type { Context } from 'hono';
import { maySee } from '../../../domain/access/may.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { ConsoleDeps } from '../deps.ts';
import { errorPage } from './error-page.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { incidentLinks, livePoint } from './room-page.ts';
import { severityChip } from './severity.ts';
import { statusChip } from './status.ts';
import type { Routing } from './talk-routes.ts';
import type { Visit } from './visit.ts';

type Show = (c: Context, visit: Visit, incident: Incident) => Promise<Response>;

/** Answers a request about the incident that `:id` names; whoever may not see it reads that there is none. */
export function aboutIncident({ deps, door }: Pick<Routing, 'deps' | 'door'>, show: Show) {
  return door.read(async (c, visit) => {
    const id = c.req.param('id') ?? '';
    const incident = /^\d{1,9}$/.test(id) ? await deps.reads.findIncident(Number(id)) : null;
    if (!incident || !maySee(visit.actor, incident)) {
      return errorPage(c, 404, 'There is no such incident, or it is private and you are not in it.');
    }
    return show(c, visit, incident);
  });
}

/** What a page beside an incident's room shows. */
export interface About {
  readonly incident: Incident;
  readonly name: string;
  readonly content: Html;
}

/** A page beside an incident's room: its head, the ways to the other pages, and the content. */
export async function aboutPage(
  deps: ConsoleDeps,
  visit: Visit,
  { incident, name, content }: About,
): Promise<Html> {
  const [rail, live] = await Promise.all([loadRail(deps, visit, null), livePoint(deps, visit, null)]);
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>${name} of #${incident.id}</h1>
        <p class="topic">${incident.title}</p>
      </div>
      <div class="room-state">
        ${incident.kind === 'drill' ? html`<span class="chip drill">Drill</span>` : NOTHING}
        ${severityChip(incident.severity, visit.reading.directory)} ${statusChip(incident.status)}
      </div>
      <nav class="room-links" aria-label="About this incident">
        <a href="/incidents/${incident.id}">Room</a> ${incidentLinks(incident, name)}
      </nav>
    </header>
    <div class="reading" tabindex="0" role="group" aria-label="${name} of #${incident.id}">${content}</div>`;
  return framed(deps, visit, {
    title: `${name} of #${incident.id}`,
    here: `/incidents/${incident.id}`,
    rail,
    main,
    live,
  });
}
