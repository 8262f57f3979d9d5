import { Hono } from 'hono';
import type { RouteGroup } from '../../../engine/route-group.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Live } from '../live.ts';
import { serveAssets } from './assets.ts';
import { deviceRoutes } from './device-routes.ts';
import { coverageRoutes } from './coverage-routes.ts';
import { createDoor } from './door.ts';
import { holidayRoutes } from './holiday-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { liveRoutes } from './live-route.ts';
import { roomRoutes } from './room-routes.ts';
import { silenceRoutes } from './silence-routes.ts';
import { talkRoutes } from './talk-routes.ts';
import { trialRoutes } from './trial-routes.ts';

/** The console as routes of the web server, at its root. */
export function consoleRoutes(deps: ConsoleDeps, live: Live): RouteGroup {
  const routes = new Hono();
  const routing = { deps, live, door: createDoor(deps) };
  serveAssets(routes, routing.door);
  identityRoutes(routes, routing);
  trialRoutes(routes, routing);
  roomRoutes(routes, routing);
  talkRoutes(routes, routing);
  liveRoutes(routes, routing);
  incidentRoutes(routes, routing);
  fileRoutes(routes, routing);
  coverageRoutes(routes, routing);
  holidayRoutes(routes, routing);
  silenceRoutes(routes, routing);
  deviceRoutes(routes, routing);
  return { at: '/', routes };
}
