import type { ConsoleDeps } from '../deps.ts';
import { ASSETS } from './asset-names.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import type { Rail } from './rail.ts';
import { renderRail } from './rail.ts';
import type { Visit } from './visit.ts';

const HTMX = JSON.stringify({
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  scrollIntoViewOnBoost: false,
});

/** A page of the console, before it is framed by rail and top bar. */
export interface Screen {
  readonly title: string;
  /** Path of this page, so that the rail can mark it. */
  readonly here: string;
  readonly rail: Rail;
  readonly main: Html;
  readonly panel?: Html | null;
  /** Where live updates go on from: the room and its change, the reader's direct room and its change. */
  readonly live: string;
}

/** Frames a screen: banner, rail, main part, panel, and the places where answers and toasts appear. */
export function framed(deps: ConsoleDeps, visit: Visit, screen: Screen): Html {
  const hasPanel = screen.panel !== undefined && screen.panel !== null;
  const unread = screen.rail.unread === 0 ? '' : `(${screen.rail.unread}) `;
  return document(
    `${unread}${screen.title} · Firebell`,
    html`<body
      class="console${hasPanel ? ' with-panel' : ''}"
      data-live="${screen.live}"
      data-title="${screen.title} · Firebell"
      data-csrf="${visit.csrf}"
    >
      <a class="skip" href="#main">Skip to the conversation</a>
      ${deps.sandbox ? banner() : NOTHING}
      <nav class="rail" id="rail" aria-label="Rooms">
        <div class="rail-top">
          <a class="brand" href="/"><span class="bell" aria-hidden="true"></span>Firebell</a>
          <a class="icon-button close-rail" href="#main"
            ><span aria-hidden="true">✕</span><span class="sr">Close the list of rooms</span></a
          >
        </div>
        <div class="rail-rooms" id="rooms" data-here="${screen.here}">
          ${renderRail(screen.rail, visit, screen.here)}
        </div>
        ${identity(deps, visit, screen.here)}
      </nav>
      <main id="main" tabindex="-1">${screen.main}</main>
      ${hasPanel ? html`<aside class="panel" id="details" aria-label="Details of the incident">${screen.panel}</aside>` : NOTHING}
      <div id="dialogs"></div>
      <div class="toasts" id="toasts" role="region" aria-label="Notifications"></div>
      <div class="sr" id="said-aloud" role="alert"></div>
      <p class="offline" id="offline" role="status" hidden>Connection lost. Trying again…</p>
    </body>`,
  );
}

/** A page without a rail: sign-in and errors. */
export function bare(title: string, content: Html): Html {
  return document(
    `${title} · Firebell`,
    html`<body class="bare">
      <main class="sheet" id="main">
        <p class="brand"><span class="bell" aria-hidden="true"></span>Firebell</p>
        ${content}
      </main>
    </body>`,
  );
}

function document(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content="${HTMX}" />
        <link rel="icon" type="image/svg+xml" href="${ASSETS.icon}" />
        <link rel="apple-touch-icon" href="${ASSETS.icon192}" />
        <link rel="manifest" href="${ASSETS.manifest}" />
        <meta name="theme-color" content="#c2340f" />
        <link rel="stylesheet" href="${ASSETS.style}" />
        <script src="${ASSETS.htmx}" defer></script>
        <script src="${ASSETS.script}" type="module"></script>
      </head>
      ${body}
    </html>`;
}

function banner(): Html {
  return html`<header class="banner">
    <strong>Sandbox:</strong> anyone who can open this page can be anyone. It listens on this machine only.
  </header>`;
}

function identity(deps: ConsoleDeps, visit: Visit, here: string): Html {
  if (!deps.sandbox) {
    return html`<form class="identity" method="post" action="/sign-out">
      <input type="hidden" name="csrf" value="${visit.csrf}" />
      <span class="identity-name">${visit.name}</span>
      <button class="button quiet">Sign out</button>
    </form>`;
  }
  const people = [...visit.reading.directory.people.values()];
  const option = (id: string, name: string, selected: boolean): Html =>
    html`<option value="${id}" ${selected ? html`selected` : NOTHING}>${name}</option>`;
  return html`<form class="identity" method="post" action="/identity">
    <input type="hidden" name="csrf" value="${visit.csrf}" />
    <input type="hidden" name="next" value="${here}" />
    <label for="who">You are</label>
    <select id="who" name="who" data-submit>
      ${people.map(({ id, name }) => option(`person ${id}`, name, id === visit.personId))}
      ${option('guest', 'A guest', visit.personId === null)}
    </select>
    <button class="button quiet" data-without-script>Switch</button>
  </form>`;
}
