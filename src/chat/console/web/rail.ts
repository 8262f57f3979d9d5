import type { Incident } from '../../../domain/incident/incident.ts';
import { isOpen } from '../../../domain/incident/incident.ts';
import { unreadIn } from '../../../store/reads-of-rooms.ts';
import type { KeptRoom } from '../../../store/rooms.ts';
import { LISTED_ROOMS, roomsSeenBy } from '../../../store/rooms.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CONSOLE } from '../platform.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { severityMark } from './severity.ts';
import type { Visit } from './visit.ts';

const KNOWN_INCIDENTS = 300;
const CLOSED_SHOWN = LISTED_ROOMS.archived;

/** A room as the rail lists it. */
export interface RailRoom {
  readonly room: KeptRoom;
  readonly incident: Incident | null;
  readonly unread: number;
}

/** The rooms one reader sees, in the groups of the rail. */
export interface Rail {
  readonly open: readonly RailRoom[];
  readonly channels: readonly RailRoom[];
  readonly direct: readonly RailRoom[];
  readonly closed: readonly RailRoom[];
  readonly unread: number;
}

/** Reads what the rail shows to this reader. The room they look at has nothing unread. */
export async function loadRail(deps: ConsoleDeps, visit: Visit, lookingAt: number | null): Promise<Rail> {
  const [rooms, incidents] = await Promise.all([
    roomsSeenBy(deps.db, CONSOLE, visit.personId),
    deps.reads.listIncidents({ state: 'all', limit: KNOWN_INCIDENTS }),
  ]);
  const counted = rooms.filter(
    (room) => room.id !== lookingAt && room.members.includes(visit.personId ?? ''),
  );
  const unread = await unreadIn(
    deps.db,
    visit,
    counted.map((room) => room.id),
  );
  const byRoom = new Map(
    incidents.flatMap((incident) => (incident.room ? [[incident.room.roomId, incident] as const] : [])),
  );
  const listed = rooms.map((room) => ({
    room,
    incident: byRoom.get(String(room.id)) ?? null,
    unread: unread.get(room.id) ?? 0,
  }));
  return groupsOf(listed, visit);
}

function groupsOf(listed: readonly RailRoom[], visit: Visit): Rail {
  const ofIncidents = listed.filter(({ room }) => room.kind === 'incident');
  const newestFirst = ofIncidents.toReversed();
  const order = visit.reading.directory.severities.map((severity) => severity.id);
  const rank = ({ incident }: RailRoom): number =>
    incident ? order.indexOf(incident.severity) : order.length;
  return {
    open: newestFirst.filter(isOngoing).toSorted((a, b) => rank(a) - rank(b)),
    channels: listed.filter(({ room }) => room.kind === 'channel' && room.archivedAt === null),
    direct: listed.filter(({ room }) => room.kind === 'direct'),
    closed: newestFirst.filter((one) => !isOngoing(one)).slice(0, CLOSED_SHOWN),
    unread: listed.reduce((sum, one) => sum + one.unread, 0),
  };
}

function isOngoing({ room, incident }: RailRoom): boolean {
  return incident ? isOpen(incident) : room.archivedAt === null;
}

/** The groups of the rail as a list of links. */
export function renderRail(rail: Rail, visit: Visit, here: string): Html {
  const closedHere = rail.closed.some(({ room }) => pathOf(room) === here);
  return html`<ul class="rooms">
      ${item({ path: '/', here, name: 'Overview', mark: html`<span class="glyph" aria-hidden="true">⌂</span>` })}
      ${item({ path: '/devices', here, name: 'Your devices', mark: html`<span class="glyph" aria-hidden="true">▯</span>` })}
    </ul>
    ${group('Open incidents', rail.open, { visit, here, empty: 'None. All quiet.' })}
    ${group('Direct messages', rail.direct, { visit, here, empty: 'Pages to you arrive here.' })}
    ${group('Channels', rail.channels, { visit, here, empty: 'None yet.' })}
    ${
      rail.closed.length === 0
        ? NOTHING
        : html`<details class="rail-group" ${closedHere ? html`open` : NOTHING}>
            <summary>Closed incidents</summary>
            <ul class="rooms">
              ${rail.closed.map((one) => roomItem(one, visit, here))} ${ALL_INCIDENTS}
            </ul>
          </details>`
    }`;
}

const ALL_INCIDENTS = html`<li><a class="room quiet" href="/incidents">All incidents</a></li>`;

interface GroupView {
  readonly visit: Visit;
  readonly here: string;
  readonly empty: string;
}

function group(title: string, rooms: readonly RailRoom[], { visit, here, empty }: GroupView): Html {
  return html`<section class="rail-group">
    <h2>${title}</h2>
    ${
      rooms.length === 0
        ? html`<p class="rail-empty">${empty}</p>`
        : html`<ul class="rooms">
            ${rooms.map((one) => roomItem(one, visit, here))}
            ${rooms.length < LISTED_ROOMS.inUse ? NOTHING : ALL_INCIDENTS}
          </ul>`
    }
  </section>`;
}

function roomItem({ room, incident, unread }: RailRoom, visit: Visit, here: string): Html {
  const { directory } = visit.reading;
  const glyph = room.kind === 'direct' ? '@' : room.isPrivate ? html`<span class="lock"></span>` : '#';
  const mark =
    incident && isOpen(incident)
      ? severityMark(incident.severity, directory)
      : html`<span class="glyph" aria-hidden="true">${glyph}</span>`;
  const name = room.kind === 'direct' ? 'Firebell and you' : room.name;
  const isHidden = room.isPrivate && room.kind === 'incident' && incident !== null;
  return item({
    path: pathOf(room),
    here,
    name,
    mark,
    unread,
    isHidden,
    isDrill: incident?.kind === 'drill',
  });
}

interface Item {
  readonly path: string;
  readonly here: string;
  readonly name: string;
  readonly mark: Html;
  readonly unread?: number;
  readonly isDrill?: boolean;
  readonly isHidden?: boolean;
}

function item({ path, here, name, mark, unread = 0, isDrill = false, isHidden = false }: Item): Html {
  const current = path === here ? html`aria-current="page"` : NOTHING;
  return html`<li>
    <a class="room${unread > 0 ? ' unread' : ''}" href="${path}" ${current}>
      ${mark}<span class="room-name" title="${name}">${name}</span>
      ${isHidden ? html`<span class="lock" title="Private"></span><span class="sr"> private</span>` : NOTHING}
      ${isDrill ? html`<span class="tag drill">Drill</span>` : NOTHING}
      ${unread > 0 ? html`<span class="count">${unread > 99 ? '99+' : unread}<span class="sr"> unread</span></span>` : NOTHING}
    </a>
  </li>`;
}

/** Where a room is looked at. */
export function pathOf(room: Pick<KeptRoom, 'id'>): string {
  return `/rooms/${room.id}`;
}
