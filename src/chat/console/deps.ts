import type { Directory } from '../../domain/directory.ts';
import type { Reach } from '../../domain/forecast/play.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Db } from '../../store/db.ts';
import type { ChatFront } from '../chat-front.ts';
import type { ConsoleReads } from './reads.ts';

/** What the console needs from the rest of the house. */
export interface ConsoleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The directory as it is configured now. */
  readonly directory: () => Directory;
  /** Asked for late, because the front itself needs the platform. */
  readonly front: () => ChatFront;
  readonly reads: ConsoleReads;
  /** Reads whether channels would reach people. */
  readonly reach: () => Promise<Reach>;
  /** The person to whom a personal token belongs; null when it is not one. */
  readonly signIn: (token: string) => Promise<string | null>;
  /** Sends an alert the way a monitor would, and answers once an incident stands for it; null when no route opens one. */
  readonly sendTestAlert: () => Promise<{ readonly incidentId: number } | null>;
  /** True when anyone who can open the page may be anyone. The listener is bound to loopback then. */
  readonly sandbox: boolean;
  /** Signs sessions and forms; 16 characters or more. */
  readonly instanceSecret: string;
  /** Absolute URL at which people open the console, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly devices: DevicePorts;
  readonly calendars: CalendarStates;
  /** Hears what other processes tell on a channel of the database; answers with the way to stop. */
  readonly listen: (channel: string, hear: (payload: string) => void) => Promise<() => Promise<void>>;
}

/** What the page of one's devices needs from whoever sends to them. */
export interface DevicePorts {
  /** By which push services know this installation: an uncompressed point of P-256 as base64url. */
  readonly publicKey: () => Promise<string>;
  /** Whether messages may be sent to this address of a push service. */
  readonly allows: (endpoint: string) => boolean;
  /** Somebody has a device more or less: makes it count at once, in every process. */
  readonly changed: () => Promise<void>;
}

/** How the calendars are doing that are read from elsewhere. */
export interface CalendarStates {
  /** What is wrong with the calendar of a schedule, a sentence or two each; nothing for one that has none. */
  readonly problemsOf: (scheduleId: string) => readonly string[];
  /** Those of holidays, by their key under `holidays`; `readAt` is null for one that could never be read. */
  readonly holidaySources: () => readonly {
    readonly calendar: string;
    readonly readAt: Date | null;
    readonly problems: readonly string[];
  }[];
}
