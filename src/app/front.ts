import type { ChatFront } from '../chat/chat-front.ts';
import type { Adopt } from '../chat/step.ts';
import { createFront } from '../chat/front.ts';
import { createAccounts } from '../engine/accounts.ts';
import { createCalendarLinks } from '../engine/calendar-links.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { RosterDoor } from '../engine/handle-roster.ts';
import { overlayChanged } from '../engine/overlay.ts';
import type { Shared } from './parts.ts';
import type { ReadReach } from './routines.ts';

/** Through which what people type, press and submit is said. */
interface Doors {
  readonly door: FrontDoor;
  readonly rosterDoor: RosterDoor;
  readonly reach: ReadReach;
  readonly contacts: Contacts;
  readonly adopt: Adopt;
}

/** The one place behind every chat platform. */
export function buildFront(shared: Shared, doors: Doors): ChatFront {
  const { options, config, directory, secret, reads, publicUrl } = shared;
  const { store, clock, logger } = options;
  const { problemsOf } = shared.calendars;
  const calendars = createCalendarLinks({ db: store.db, clock, publicUrl, problemsOf });
  const accounts = createAccounts({
    db: store.db,
    clock,
    secret,
    configured: () => config.current().directory,
    changed: () => handlesChanged(shared),
  });
  return createFront({ ...doors, reads, calendars, accounts, directory, clock, logger });
}

/** Tells every process that people can be reached in other ways now. */
export async function handlesChanged({ options, overlay }: Shared): Promise<void> {
  await overlayChanged(options.store.db, options.store.kind);
  await overlay.refresh();
}
