import type { Hono } from 'hono';
import type { Alert } from '../../../domain/alert/alert.ts';
import { isActive } from '../../../domain/alert/silence.ts';
import type { HeldSilence } from '../../../domain/alert/silence.ts';
import { heldInPublic } from '../../held-alerts.ts';
import { silenceLine } from '../../views/silences.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { postsTo, renderLine } from './render.ts';
import { livePoint } from './room-page.ts';
import type { Routing } from './talk-routes.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

/** Which alerts page nobody for now, until when, and what is held back. */
export function silenceRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/silences',
    door.read(async (c, visit) => c.html(silencePage(deps, visit))),
  );
}

interface Shown {
  readonly silence: HeldSilence;
  /** Those that fire and that everybody may know of. */
  readonly alerts: readonly Alert[];
}

async function silencePage(deps: ConsoleDeps, visit: Visit): Promise<Html> {
  const [rail, live, silences] = await Promise.all([
    loadRail(deps, visit, null),
    livePoint(deps, visit, null),
    silencesShown(deps, visit),
  ]);
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Silences</h1>
        <p class="topic">Alerts that open no incident and page nobody, for a while. What is open goes on.</p>
      </div>
    </header>
    <div class="reading" tabindex="0" role="group" aria-label="Silences">
      <section class="box" aria-labelledby="active-title">
        <h2 id="active-title">Active now</h2>
        ${
          silences.length === 0
            ? html`<p class="row-note">None: every alert counts.</p>`
            : html`<ul class="rows">
                ${silences.map((one) => silenceRow(one, visit))}
              </ul>`
        }
      </section>
      <section class="box" aria-labelledby="make-title">
        <h2 id="make-title">To make one</h2>
        <p class="row-note">
          Type <code>/inc silence service=checkout 2h because we replace the disks</code> in any room, or
          <code>/inc silence 2h</code> in the room of an incident for more alerts like its own.
        </p>
      </section>
    </div>
    <div id="log" class="overview-answers" aria-live="polite"></div>`;
  return framed(deps, visit, { title: 'Silences', here: '/silences', rail, main, live });
}

async function silencesShown(deps: ConsoleDeps, { reading }: Visit): Promise<readonly Shown[]> {
  const { reads } = deps;
  const active = (await reads.silences())
    .filter((one) => isActive(one, reading.now))
    .toSorted((a, b) => a.until.getTime() - b.until.getTime());
  return Promise.all(
    active.map(async (silence) => ({
      silence,
      alerts:
        silence.firing === 0 ? [] : await heldInPublic(silence.id, { reads, directory: reading.directory }),
    })),
  );
}

function silenceRow({ silence, alerts }: Shown, visit: Visit): Html {
  const { id, firing } = silence;
  const more = firing - alerts.length;
  return html`<li class="row">
    <div class="row-main">
      <p class="b-text">${renderLine(silenceLine(silence), visit.reading)}</p>
      ${
        firing === 0
          ? NOTHING
          : html`<ul class="b-list">
              ${alerts.map((alert) => alertItem(alert, visit))}
              ${more > 0 ? html`<li>and ${more} more</li>` : NOTHING}
            </ul>`
      }
    </div>
    ${visit.personId === null ? NOTHING : changes(id, visit)}
  </li>`;
}

function alertItem({ signal, firstAt }: Alert, { reading }: Visit): Html {
  const service = signal.service === null ? '' : ` · ${signal.service}`;
  return html`<li><strong>${signal.title}</strong>${service} · since ${timeTag(firstAt, reading)}</li>`;
}

function changes(id: number, { csrf }: Visit): Html {
  return html`<form class="b-buttons" ${postsTo('/ask')}>
    <input type="hidden" name="csrf" value="${csrf}" />
    <button class="button" name="command" value="silence ${id} 2h">
      End it in two hours<span class="sr">: silence ${id}</span>
    </button>
    <button class="button" name="command" value="silence end ${id}">
      End it now<span class="sr">: silence ${id}</span>
    </button>
  </form>`;
}
