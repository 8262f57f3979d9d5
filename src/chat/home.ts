import type { Directory } from '../domain/directory.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { Routine } from '../engine/routine.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Db } from '../store/db.ts';
import type { ChatFront } from './chat-front.ts';
import type { FileLimits } from './files/file-limits.ts';
import type { ChatPlatform } from './platform.ts';
import type { ChatReads } from './reads.ts';

/** What a chat platform needs of the rest of the house. */
export interface HomeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The directory as it is configured now. */
  readonly directory: () => Directory;
  /** Asked for late, because the front itself may need the platform. */
  readonly front: () => ChatFront;
  readonly door: FrontDoor;
  readonly reads: ChatReads;
  /** Absolute URL at which people reach Firebell, without a slash at its end; null while it has none. */
  readonly publicUrl: () => string | null;
  /** How much of the files that people post is kept; null keeps only their names. */
  readonly fileLimits: () => FileLimits | null;
  /** Names this process among those that share the database. */
  readonly processId: string;
  /** Where this process may jot down what came; null where it has no disk of its own. */
  readonly notesFolder: string | null;
}

/** A platform where people are: rooms are opened there, and they are heard there. */
export interface ChatHome {
  readonly platform: ChatPlatform;
  /** What the platform calls over HTTP; null where it calls nothing. */
  readonly routes: RouteGroup | null;
  /**
   * Begins to hear people. Never throws for what the platform does, such as a wrong token or no network: that is said in `health` and in
   * the log, and tried again while the bot goes on with its other ways.
   */
  readonly start: () => Promise<void>;
  /** Hears nobody any more; what is in hand is finished. */
  readonly stop: () => Promise<void>;
  /** Work that is due by the clock. */
  readonly routines?: readonly Routine[];
  /** Takes what the configuration says now, such as new tokens. */
  readonly reload?: () => Promise<void>;
}
