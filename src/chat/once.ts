import type { FrontDoor } from '../engine/front-door.ts';
import type { ChatFront } from './chat-front.ts';

/** What a platform's doings are said through. */
interface Doors {
  readonly front: () => ChatFront;
  readonly door: FrontDoor;
}

/**
 * The same doors for one thing that somebody did, which may come again after a crash: what it changes is changed once, however often it
 * comes. `key` is the platform's own id of it; several changes of one thing must be made in the same order each time.
 */
export function onceUnder<T extends Doors>(deps: T, key: string): T {
  let said = 0;
  const next = (): string => {
    said += 1;
    return said === 1 ? key : `${key}/${said}`;
  };
  return {
    ...deps,
    door: { say: (command) => deps.door.say(command, next()) },
    front: () => {
      const front = deps.front();
      return {
        ...front,
        command: (input) => front.command({ ...input, once: next() }),
        invoke: (input) => front.invoke({ ...input, once: next() }),
        action: (input) => front.action({ ...input, once: next() }),
        submit: (input) => front.submit({ ...input, once: next() }),
      };
    },
  };
}
