import type { Console } from '../chat/console/console.ts';
import type { ChatHome } from '../chat/home.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Config } from '../config/config.ts';
import type { ConfigHolder, HolderDeps } from '../config/reload.ts';
import type { Directory } from '../domain/directory.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { Overlay } from '../engine/overlay.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { AckLinks } from '../notify/ack-link.ts';
import type { Channels } from '../notify/registry.ts';
import type { Store } from '../store/db.ts';
import type { readFunctions } from '../store/read-functions.ts';
import type { Metrics } from '../web/metrics.ts';
import type { Calendars } from './calendars.ts';

/** What an installation is made of. */
export interface AppOptions {
  readonly config: Config;
  /** Reads the configuration file again, for a reload. */
  readonly readConfig: HolderDeps['read'];
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Folder in which the command line finds the way to this process; null where it has a database of its own to go to. */
  readonly adminFolder: string | null;
  /** Where this process jots down what people do until the database has it; null keeps no notes. */
  readonly notesFolder: string | null;
  readonly version: string;
}

/** What the parts of one installation share while they are put together. */
export interface Shared {
  readonly options: AppOptions;
  readonly config: ConfigHolder;
  readonly calendars: Calendars;
  readonly overlay: Overlay;
  readonly directory: () => Directory;
  readonly secret: string;
  /** Where we are reached; known once the server listens. */
  readonly address: { url: string | null };
  readonly publicUrl: () => string | null;
  readonly links: AckLinks;
  readonly reads: ReturnType<typeof readFunctions>;
  /** Names this process among those that share the database. */
  readonly processId: string;
}

/** The platforms where people are, and the one where rooms are opened. */
export interface Homes {
  readonly all: readonly ChatHome[];
  /** Where rooms are opened and people are paged. */
  readonly home: ChatPlatform;
  /** Every platform, the console among them. */
  readonly platforms: readonly ChatPlatform[];
}

/** The rooms that others are wired to. */
export interface Parts {
  readonly console: Console;
  readonly homes: Homes;
  readonly channels: Channels;
  readonly metrics: Metrics;
  readonly contacts: Contacts;
}
