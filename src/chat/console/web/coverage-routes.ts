import type { Hono } from 'hono';
import { coverageOf } from '../../../domain/report/coverage/coverage.ts';
import type { Coverage } from '../../../domain/report/coverage/coverage.ts';
import { hoursWords, tellCoverage } from '../../../domain/report/coverage/told.ts';
import type { Line } from '../../../domain/text.ts';
import type { ConsoleDeps } from '../deps.ts';
import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { renderLine } from './render.ts';
import { livePoint } from './room-page.ts';
import type { Routing } from './talk-routes.ts';
import type { Visit } from './visit.ts';

const DAYS = 90;
const DAY = 86_400_000;
const MOST = 30;

/** Whether somebody will answer in the time to come, as a page. */
export function coverageRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/coverage',
    door.read(async (c, visit) => c.html(coveragePage(deps, visit))),
  );
}

async function coveragePage(deps: ConsoleDeps, visit: Visit): Promise<Html> {
  const { directory, zone, now } = visit.reading;
  const [rail, live, reach] = await Promise.all([
    loadRail(deps, visit, null),
    livePoint(deps, visit, null),
    deps.reach(),
  ]);
  const report = coverageOf(directory, { from: now, to: new Date(now.getTime() + DAYS * DAY) }, { reach });
  const told = tellCoverage(report, { directory, zone });
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Coverage</h1>
        <p class="topic">Whether somebody will answer: ${told.headline}</p>
      </div>
    </header>
    <div class="reading" tabindex="0" role="group" aria-label="Coverage">
      <p class="times-note">Times are in ${zone}. How the load is spread has no part in the score.</p>
      ${box('Why not 100', told.deductions, visit, 'Nothing takes points away.')}
      ${box('Nobody on call', told.gaps, visit, 'There is no gap.')} ${loadBox(report, visit)}
      ${box('On call in two places at once', told.doubleDuty, visit, 'Nobody is.')}
      ${box('Short rests', told.shortRests, visit, 'Everybody has eleven hours between shifts.')}
    </div>`;
  return framed(deps, visit, { title: 'Coverage', here: '/coverage', rail, main, live });
}

function box(title: string, lines: readonly Line[], { reading }: Visit, empty: string): Html {
  const shown = lines.slice(0, MOST);
  const more = lines.length - shown.length;
  return html`<section class="box">
    <h2>${title}</h2>
    ${
      lines.length === 0
        ? html`<p class="row-note">${empty}</p>`
        : html`<ul class="b-list">
            ${shown.map((line) => html`<li>${renderLine(line, reading)}</li>`)}
          </ul>`
    }
    ${more === 0 ? NOTHING : html`<p class="row-note">And ${more} more.</p>`}
  </section>`;
}

function loadBox({ load }: Coverage, { reading }: Visit): Html {
  const rows = load.map(
    ({ person, ms, nights, weekends, holidays }) =>
      html`<tr>
        <th scope="row">${reading.directory.people.get(person)?.name ?? person}</th>
        <td>${hoursWords(ms)}</td>
        <td>${nights}</td>
        <td>${weekends}</td>
        <td>${holidays}</td>
      </tr>`,
  );
  return html`<section class="box">
    <h2>On call, by person</h2>
    ${dataTable('Time on call by person', ['Person', 'Hours', 'Nights', 'Weekends', 'Holidays'], rows)}
  </section>`;
}
