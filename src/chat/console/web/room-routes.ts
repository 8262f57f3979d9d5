import type { Hono } from 'hono';
import { roomsSeenBy } from '../../../store/rooms.ts';
import { CONSOLE } from '../platform.ts';
import { errorPage } from './error-page.ts';
import { pathOf } from './rail.ts';
import { PLAIN_VIEW, roomFor, roomPage } from './room-page.ts';
import { schedulePage } from './schedule-page.ts';
import type { Routing } from './talk-routes.ts';

/** The pages of rooms. */
export function roomRoutes(routes: Hono, { deps, door }: Routing): void {
  routes.get(
    '/rooms/:id',
    door.read(async (c, visit) => {
      const room = await roomFor(deps, visit, c.req.param('id') ?? '');
      if (!room) return errorPage(c, 404, 'There is no such room, or it is private and you are not in it.');
      const before = Number(c.req.query('before'));
      const view = { ...PLAIN_VIEW, before: Number.isSafeInteger(before) && before > 0 ? before : null };
      return c.html(roomPage(deps, visit, room, view));
    }),
  );
  routes.get(
    '/schedules/:id',
    door.read(async (c, visit) => {
      const named = visit.reading.directory.schedules.get(c.req.param('id') ?? '');
      if (!named) return errorPage(c, 404, 'There is no such schedule.');
      return c.html(schedulePage(deps, visit, named));
    }),
  );
  routes.get(
    '/direct',
    door.read(async (c, visit) => {
      const rooms = visit.personId === null ? [] : await roomsSeenBy(deps.db, CONSOLE, visit.personId);
      const direct = rooms.find((room) => room.kind === 'direct');
      return c.redirect(direct ? pathOf(direct) : '/', 303);
    }),
  );
}
