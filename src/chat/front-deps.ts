import type { Actor } from '../domain/actor.ts';
import type { Directory } from '../domain/directory.ts';
import type { Reach } from '../domain/forecast/play.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { Accounts } from '../engine/accounts.ts';
import type { CalendarLinks } from '../engine/calendar-links.ts';
import type { Contacts } from '../engine/contacts.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { RosterDoor } from '../engine/handle-roster.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { ChatReads } from './reads.ts';
import type { Adopt, Asking } from './step.ts';
import { zoneOf } from './views/blocks.ts';
import { isVisible } from './visible.ts';

/** What the front works with. `directory` is asked each time: the configuration may be reloaded. */
export interface FrontDeps {
  readonly door: FrontDoor;
  readonly rosterDoor: RosterDoor;
  readonly reads: ChatReads;
  readonly calendars: CalendarLinks;
  readonly reach: () => Promise<Reach>;
  readonly contacts: Contacts;
  readonly accounts: Accounts;
  readonly adopt: Adopt;
  readonly directory: () => Directory;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** Who speaks, and where. */
export interface Speaker {
  readonly actor: Actor;
  readonly platform: string;
  readonly roomId: string | null;
  /** The key under which it is said once; it may come again. */
  readonly once?: string;
}

/** Somebody who asks, before it is known about which incident; `incident` is the room's. */
export async function askingIn(speaker: Speaker, deps: FrontDeps): Promise<Asking> {
  const { reads, reach, calendars, contacts, accounts, adopt, directory, clock } = deps;
  const { actor, platform, roomId } = speaker;
  const incident = roomId === null ? null : await reads.incidentOfRoom(platform, roomId);
  const configured = directory();
  return {
    actor,
    platform,
    roomId,
    incident,
    reads,
    calendars,
    reach,
    contacts,
    accounts,
    adopt,
    directory: configured,
    now: clock.now(),
    zone: zoneOf(actor, configured),
  };
}

/** The incident of this number, or null when there is none that the asker may know of. */
export async function incidentFor(asking: Asking, incidentId: number): Promise<Incident | null> {
  if (!Number.isSafeInteger(incidentId) || incidentId < 1 || incidentId > 2_147_483_647) return null;
  const incident = await asking.reads.findIncident(incidentId);
  return incident !== null && isVisible(incident, asking) ? incident : null;
}
