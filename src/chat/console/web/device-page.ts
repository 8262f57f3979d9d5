import type { ConsoleDeps } from '../deps.ts';
import { ASSETS } from './asset-names.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { framed } from './layout.ts';
import { loadRail } from './rail.ts';
import { livePoint } from './room-page.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

/** A device as its owner sees it. `mark` is what only that browser can find itself by. */
export interface ShownDevice {
  readonly id: number;
  readonly label: string;
  readonly createdAt: Date;
  readonly mark: string;
}

/** What the page shows. The public key is what browsers ask for before they subscribe. */
export interface DeviceView {
  readonly devices: readonly ShownDevice[];
  readonly publicKey: string;
}

/** The page on which somebody lets this browser notify them, and sees where else they are notified. */
export async function devicePage(deps: ConsoleDeps, visit: Visit, view: DeviceView): Promise<Html> {
  const [rail, live] = await Promise.all([loadRail(deps, visit, null), livePoint(deps, visit, null)]);
  const main = html`<header class="room-head">
      <a class="icon-button open-rail" href="#rail"
        ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
      >
      <div class="room-title">
        <h1>Your devices</h1>
        <p class="topic">Where pages reach you beside the chat</p>
      </div>
    </header>
    <div class="overview">
      ${visit.personId === null ? forGuests() : html`${thisDevice(visit, view)} ${theDevices(visit, view)}`}
    </div>
    <script src="${ASSETS.devices}" type="module"></script>`;
  return framed(deps, visit, { title: 'Your devices', here: '/devices', rail, main, live });
}

function forGuests(): Html {
  return html`<section class="box">
    <p>Pages go to people who are in the configuration. You are here as a guest: ask an admin to add you.</p>
  </section>`;
}

function thisDevice(visit: Visit, { publicKey }: DeviceView): Html {
  return html`<section class="box" aria-labelledby="this-title">
    <h2 id="this-title">This device</h2>
    <div class="stack" id="this-device" data-key="${publicKey}" data-csrf="${visit.csrf}">
      <p id="device-state" role="status">
        This needs a browser that runs scripts, over https. On an iPhone or iPad, add this page to the home
        screen first, and open it from there.
      </p>
      <p>
        <button class="button primary big" id="notify-here" type="button" hidden>
          Notify me on this device
        </button>
      </p>
      <p class="hint">
        You are notified two minutes after the direct message, unless your rules say otherwise:
        <code>web_push</code> is the name of the channel. <code>/inc test</code> pages you, to try it.
      </p>
    </div>
  </section>`;
}

function theDevices(visit: Visit, { devices }: DeviceView): Html {
  if (devices.length === 0) {
    return html`<section class="box" aria-labelledby="all-title">
      <h2 id="all-title">All your devices</h2>
      <p>None yet. Pages reach you in the chat, and by whatever else your rules name.</p>
    </section>`;
  }
  return html`<section class="box" aria-labelledby="all-title">
    <h2 id="all-title">All your devices</h2>
    <ul class="rows">
      ${devices.map((device) => deviceRow(device, visit))}
    </ul>
  </section>`;
}

function deviceRow({ id, label, createdAt, mark }: ShownDevice, visit: Visit): Html {
  return html`<li class="row" data-device="${mark}">
    <div class="row-main">
      <p>${label} <strong class="here" hidden>(this one)</strong></p>
      <p class="row-note">since ${timeTag(createdAt, visit.reading)}</p>
    </div>
    <form method="post" action="/devices/${id}/remove">
      <input type="hidden" name="csrf" value="${visit.csrf}" />
      <button class="button quiet">Remove<span class="sr"> ${label}</span></button>
    </form>
  </li>`;
}
