import type { RouteGroup } from '../../engine/route-group.ts';
import type { ChatPlatform } from '../platform.ts';
import type { ConsoleDeps } from './deps.ts';
import { createLive } from './live.ts';
import { createConsolePlatform } from './platform.ts';
import { consoleRoutes } from './web/routes.ts';

/** The console: a chat platform of our own, and the pages on which people use it. */
export interface Console {
  readonly platform: ChatPlatform;
  readonly routes: RouteGroup;
  /** Begins to hear what other processes say. */
  readonly start: () => Promise<void>;
  /** Lets every open page go, so that the server can stop. */
  readonly stop: () => Promise<void>;
}

/** Makes the console of one process. */
export function createConsole(deps: ConsoleDeps): Console {
  const live = createLive(deps);
  return {
    platform: createConsolePlatform({ deps, live }),
    routes: consoleRoutes(deps, live),
    start: live.start,
    stop: live.stop,
  };
}
