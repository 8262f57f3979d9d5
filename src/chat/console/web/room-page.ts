import type { Incident } from '../../../domain/incident/incident.ts';
import { isOpen } from '../../../domain/incident/incident.ts';
import { markRead } from '../../../store/reads-of-rooms.ts';
import type { KeptMessage } from '../../../store/messages.ts';
import { messagesBefore, pinnedIn } from '../../../store/messages.ts';
import type { KeptRoom } from '../../../store/rooms.ts';
import { roomSeenBy, roomsSeenBy } from '../../../store/rooms.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CONSOLE } from '../platform.ts';
import { composer } from './composer.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { framed } from './layout.ts';
import { renderLog, renderPinned } from './message-view.ts';
import { loadRail, pathOf } from './rail.ts';
import { severityChip } from './severity.ts';
import { statusChip } from './status.ts';
import type { Visit } from './visit.ts';

const SHOWN = 80;

/** What a room's page adds to the room: older messages, an answer without scripts, a hint for newcomers. */
export interface RoomView {
  readonly before: number | null;
  readonly answer: Html;
  readonly hint: Html;
}

export const PLAIN_VIEW: RoomView = { before: null, answer: NOTHING, hint: NOTHING };

/** The whole page of a room, and marks it as read. */
export async function roomPage(
  deps: ConsoleDeps,
  visit: Visit,
  room: KeptRoom,
  view: RoomView,
): Promise<Html> {
  const [messages, pinned, incident, rail, live] = await Promise.all([
    messagesBefore(deps.db, { roomId: room.id, before: view.before, limit: SHOWN }),
    pinnedIn(deps.db, room.id),
    incidentIn(deps, room),
    loadRail(deps, visit, room.id),
    livePoint(deps, visit, room),
  ]);
  const newest = messages.at(-1);
  if (newest && view.before === null)
    await markRead(deps.db, { readerId: visit.readerId, roomId: room.id, seq: newest.seq });
  const main = html`<header class="room-head" id="room-head">${roomHead(room, incident, visit)}</header>
    ${view.hint}
    <div class="log-frame" id="log-frame" tabindex="0" role="group" aria-label="Conversation">
      ${olderLink(room, messages)}
      <div id="log" role="log" aria-live="polite" aria-label="Messages">
        ${messages.length === 0 ? emptyRoom(room) : renderLog(messages, visit.reading)}${view.answer}
      </div>
    </div>
    ${composer(visit, room)}`;
  return framed(deps, visit, {
    title: titleOf(room),
    here: pathOf(room),
    rail,
    main,
    panel: panelOf(pinned, incident, visit),
    live,
  });
}

/** The incident that works in this room; null for channels and direct messages. */
export async function incidentIn(deps: ConsoleDeps, room: KeptRoom): Promise<Incident | null> {
  return room.kind === 'incident' ? deps.reads.incidentOfRoom(CONSOLE, String(room.id)) : null;
}

/** Where live updates go on from: `room.change.directRoom.change`; a 0 is none. The room is read before its messages are. */
export async function livePoint(deps: ConsoleDeps, visit: Visit, room: KeptRoom | null): Promise<string> {
  const rooms = visit.personId === null ? [] : await roomsSeenBy(deps.db, CONSOLE, visit.personId);
  const direct = rooms.find((one) => one.kind === 'direct');
  return [room?.id ?? 0, room?.lastChange ?? 0, direct?.id ?? 0, direct?.lastChange ?? 0].join('.');
}

/** The room as this reader may see it; null when it is absent for them. */
export async function roomFor(deps: ConsoleDeps, visit: Visit, roomId: string): Promise<KeptRoom | null> {
  if (!/^\d{1,15}$/.test(roomId)) return null;
  return roomSeenBy(deps.db, { platform: CONSOLE, roomId: Number(roomId), personId: visit.personId });
}

/** The head of a room: name, what it is about, how bad, and where to read more. */
export function roomHead(room: KeptRoom, incident: Incident | null, visit: Visit): Html {
  return html`<a class="icon-button open-rail" href="#rail"
      ><span aria-hidden="true">☰</span><span class="sr">Open the list of rooms</span></a
    >
    <div class="room-title">
      <h1>
        ${room.isPrivate && room.kind !== 'direct' ? html`<span class="lock" title="Private: only its members see it"></span><span class="sr">Private: </span> ` : NOTHING}${titleOf(room)}
      </h1>
      <p class="topic">${incident ? incident.title : room.topic}</p>
    </div>
    <div class="room-state">
      ${incident?.kind === 'drill' ? html`<span class="chip drill">Drill</span>` : NOTHING}
      ${incident ? html`${severityChip(incident.severity, visit.reading.directory)} ${statusChip(incident.status)}` : NOTHING}
      ${room.archivedAt === null ? NOTHING : html`<span class="chip">Archived</span>`}
    </div>
    ${incident ? html`<nav class="room-links" aria-label="About this incident">${incidentLinks(incident)}<a class="to-details" href="#details">Details</a></nav>` : NOTHING}`;
}

/** Links to what is known about an incident beside its room. */
export function incidentLinks(incident: Incident, shown = ''): Html {
  const link = (path: string, name: string): Html =>
    html`<a href="/incidents/${incident.id}${path}" ${name === shown ? html`aria-current="page"` : NOTHING}
      >${name}</a
    >`;
  const hasPostmortem = incident.postmortemAt !== null || !isOpen(incident);
  return html`${link('/timeline', 'Timeline')} ${link('/pages', 'Pages')}
  ${incident.room === null || incident.room.platform === CONSOLE ? NOTHING : link('/files', 'Files')}
  ${hasPostmortem ? link('/postmortem', 'Postmortem') : NOTHING}`;
}

/** The panel beside a room: its pinned card, always as it is now. Null where nothing is pinned. */
export function panelOf(
  pinned: readonly KeptMessage[],
  incident: Incident | null,
  visit: Visit,
): Html | null {
  const card = pinned[0];
  if (!card) return null;
  return html`<div class="panel-head">
      <p class="panel-title">${incident ? `Incident #${incident.id}` : 'Pinned'}</p>
      <a class="icon-button close-panel" href="#main"
        ><span aria-hidden="true">✕</span><span class="sr">Close the details</span></a
      >
    </div>
    ${renderPinned(card, visit.reading)}
    ${incident ? html`<p class="panel-links">${incidentLinks(incident)}</p>` : NOTHING}`;
}

function titleOf(room: KeptRoom): string {
  return room.kind === 'direct' ? 'Firebell and you' : room.name;
}

function olderLink(room: KeptRoom, messages: readonly KeptMessage[]): Html {
  const oldest = messages[0];
  if (messages.length < SHOWN || !oldest) return NOTHING;
  return html`<p class="older">
    <a class="button quiet" href="${pathOf(room)}?before=${oldest.seq}">Earlier messages</a>
  </p>`;
}

function emptyRoom(room: KeptRoom): Html {
  if (room.kind === 'direct') {
    return html`<div class="empty">
      <h2>Nothing has been sent to you yet</h2>
      <p>
        When an incident needs you, its page arrives here with buttons to acknowledge it. Type
        <kbd>/inc test</kbd> to be paged once, as a test.
      </p>
    </div>`;
  }
  return html`<div class="empty">
    <h2>Nobody has said anything yet</h2>
    <p>
      ${room.kind === 'channel' ? html`Say something below, or type <kbd>/inc new</kbd> to declare an incident.` : html`Say something below, or type <kbd>/inc help</kbd> to see what you can do here.`}
    </p>
  </div>`;
}
