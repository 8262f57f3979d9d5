import type { ChatFront } from '../chat/chat-front.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Adopt } from '../chat/step.ts';
import type { Console } from '../chat/console/console.ts';
import { createDiscord } from '../chat/discord/home.ts';
import type { ChatHome, HomeDeps } from '../chat/home.ts';
import { createSlack } from '../chat/slack/slack.ts';
import type { ChatConfig } from '../config/config.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { Homes, Shared } from './parts.ts';

interface Needs {
  readonly door: FrontDoor;
  readonly front: () => ChatFront;
  readonly console: Console;
}

/** Makes the platforms that are configured. One that is added later needs a new start. */
export function openHomes(shared: Shared, { door, front, console }: Needs): Homes {
  const { options, config, directory, reads, publicUrl } = shared;
  const { store, clock, logger } = options;
  const deps: HomeDeps = {
    db: store.db,
    clock,
    logger,
    directory,
    front,
    door,
    reads,
    publicUrl,
    fileLimits: () => config.current().chat.files,
    processId: shared.processId,
    notesFolder: options.notesFolder,
  };
  const { chat } = config.current();
  const all = makersOf(chat, () => config.current().chat).map((make) => make(deps));
  const platforms = [console.platform, ...all.map(({ platform }) => platform)];
  return { all, platforms, home: platforms.find(({ name }) => name === chat.home) ?? console.platform };
}

/** Goes into a channel of the home, which is asked for late; null where rooms are opened elsewhere, or always Firebell's own. */
export function adoptIn(homeOf: () => ChatPlatform): Adopt {
  return async ({ platform, roomId }) => {
    const home = homeOf();
    return home.name === platform && home.adopt !== undefined ? home.adopt(roomId) : null;
  };
}

type Make = (deps: HomeDeps) => ChatHome;

/** A line for each platform that can be configured; `now` is what the file says at that moment. */
function makersOf({ slack, discord }: ChatConfig, now: () => ChatConfig): readonly Make[] {
  const makers: Make[] = [];
  if (slack !== null) makers.push((deps) => createSlack({ first: slack, now: () => now().slack }, deps));
  if (discord !== null) makers.push((deps) => createDiscord(deps, () => now().discord ?? discord));
  return makers;
}
