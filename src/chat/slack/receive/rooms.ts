import { isOpen } from '../../../domain/incident/incident.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { SLACK } from '../parts.ts';
import type { ReceiveParts } from './deps.ts';

/** Which channels are rooms of incidents. */
export interface OurRooms {
  readonly incidentOf: (channelId: string) => Promise<Incident | null>;
  /** Like `incidentOf`, and asks the database for a channel that is none of ours only now and then. */
  readonly isOurs: (channelId: string) => Promise<boolean>;
}

/** A channel that is new to us may be a room that is just being opened: for so long the database is asked every time. */
const NEW_FOR_MS = 60_000;
/** After that it is asked so often: what is said meanwhile in a channel that becomes a room is in its history. */
const ASK_EVERY_MS = 5_000;
const MOST = 10_000;

interface Other {
  readonly since: number;
  readonly asked: number;
}

/** Remembers the channels that are rooms: a busy workspace is mostly others. */
export function createOurRooms({ deps }: Pick<ReceiveParts, 'deps'>): OurRooms {
  const ours = new Set<string>();
  const others = new Map<string, Other>();
  const incidentOf = (channelId: string): Promise<Incident | null> =>
    deps.reads.incidentOfRoom(SLACK, channelId);
  return {
    incidentOf,
    isOurs: async (channelId) => {
      if (ours.has(channelId)) return true;
      const now = deps.clock.now().getTime();
      const other = others.get(channelId);
      if (other !== undefined && now - other.since >= NEW_FOR_MS && now - other.asked < ASK_EVERY_MS)
        return false;
      const incident = await incidentOf(channelId);
      // A channel of people's own is theirs again when the incident is over.
      if (incident?.room?.isBorrowed === true) return isOpen(incident);
      if (incident !== null) {
        ours.add(channelId);
        return true;
      }
      if (others.size >= MOST) others.clear();
      others.set(channelId, { since: other?.since ?? now, asked: now });
      return false;
    },
  };
}
