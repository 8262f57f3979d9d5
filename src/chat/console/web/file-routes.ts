import type { Hono } from 'hono';
import type { Incident } from '../../../domain/incident/incident.ts';
import { cleanLine } from '../../../lib/clean-text.ts';
import { contentOf, filesOfRooms } from '../../../store/platform-files.ts';
import type { RoomFile } from '../../../store/platform-files.ts';
import { roomsOf } from '../../effects/incident-rooms.ts';
import { sizeWords } from '../../files/size-words.ts';
import type { ConsoleDeps } from '../deps.ts';
import { aboutIncident, aboutPage } from './about-incident.ts';
import { errorPage } from './error-page.ts';
import { dataTable } from './data-table.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import type { Routing } from './talk-routes.ts';
import { timeTag } from './times.ts';
import type { Visit } from './visit.ts';

const LONGEST_NAME = 120;

/** The files that people posted in an incident's rooms: a list, and each as a download. Nothing of them is ever shown as a page. */
export function fileRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/incidents/:id/files',
    aboutIncident({ deps, door }, async (c, visit, incident) => {
      const content = filesPage(await filesOf(incident, deps), incident, visit);
      return c.html(aboutPage(deps, visit, { incident, name: 'Files', content }));
    }),
  );
  routes.get(
    '/incidents/:id/files/:message/:file',
    aboutIncident({ deps, door }, async (c, _visit, incident) => {
      const { message, file } = c.req.param();
      const files = await filesOf(incident, deps);
      const found = files.find(({ messageId, fileId }) => messageId === message && fileId === file);
      const content = found ? await contentOf(deps.db, found) : null;
      if (!found || content === null) return errorPage(c, 404, 'There is no such file, or it is not kept.');
      return c.body(new Uint8Array(content), 200, {
        // Whatever somebody posted is bytes: no browser may take it for a page, a script or a style.
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename="${asciiName(found)}"; filename*=UTF-8''${encoded(shownName(found))}`,
        'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      });
    }),
  );
}

/** In the order in which they were posted, those of a borrowed channel only while it was about the incident. */
async function filesOf(incident: Incident, { db, reads }: ConsoleDeps): Promise<readonly RoomFile[]> {
  const rooms = roomsOf(incident, await reads.eventsOf(incident.id));
  const files = await filesOfRooms(
    db,
    rooms.map(({ room }) => room),
  );
  return files.filter((file) =>
    rooms.some(
      ({ room, isAbout }) => room.platform === file.platform && room.roomId === file.roomId && isAbout(file),
    ),
  );
}

function filesPage(files: readonly RoomFile[], incident: Incident, visit: Visit): Html {
  if (files.length === 0) {
    return html`<div class="empty">
      <h2>No files</h2>
      <p>What people post in the incident’s room is kept here, with the room’s other words.</p>
    </div>`;
  }
  return html`<p class="times-note">
      Posted by people in the incident’s room. A download is only as safe as whoever posted it.
    </p>
    ${dataTable(
      `Files of #${incident.id}`,
      ['File', 'Posted', 'Kind', 'Size', 'SHA-256'],
      files.map((file) => fileRow(file, incident, visit)),
    )}`;
}

function fileRow(file: RoomFile, { id }: Incident, visit: Visit): Html {
  const name = shownName(file);
  const path = `/incidents/${id}/files/${encodeURIComponent(file.messageId)}/${encodeURIComponent(file.fileId)}`;
  return html`<tr>
    <td>
      ${file.state === 'kept' ? html`<a href="${path}" download>${name}</a>` : html`${name}<br /><span class="row-note">${whyNot(file)}</span>`}
    </td>
    <td>${timeTag(file.at, visit.reading)}</td>
    <td>${file.type === null ? NOTHING : cleanLine(file.type, LONGEST_NAME)}</td>
    <td>${file.size === null ? NOTHING : sizeWords(file.size)}</td>
    <td>${file.checksum === null ? NOTHING : html`<code>${file.checksum}</code>`}</td>
  </tr>`;
}

function whyNot({ state, why }: RoomFile): string {
  if (state === 'deleted') return 'Deleted by whoever posted it, and here too.';
  if (state === 'waiting')
    return why === null ? 'On its way here.' : `Not here yet, and tried again: ${why}.`;
  return `Not kept: ${why ?? 'it could not be fetched'}.`;
}

function shownName({ name }: RoomFile): string {
  return cleanLine(name, LONGEST_NAME) || 'file';
}

/** For browsers that read no other: without anything that means something in a header. */
function asciiName(file: RoomFile): string {
  return shownName(file).replaceAll(/[^\w. -]/g, '_');
}

function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`,
  );
}
