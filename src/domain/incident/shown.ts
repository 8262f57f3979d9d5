import type { Directory } from '../directory.ts';
import type { Effect } from '../effect.ts';
import type { Happening } from '../world.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';

type IncidentHappening = Happening & { readonly event: IncidentEvent };

/** Where an event is shown beside the timeline and the card. */
interface Showing {
  /** Said in the incident's room. */
  readonly said: boolean;
  /** Told to the stakeholders. */
  readonly broadcast: boolean;
  /** Changes what the room is: its topic, its members, whether it is archived, the summary that stands beside it. */
  readonly room: boolean;
}

const QUIET: Showing = { said: false, broadcast: false, room: false };
const SAID: Showing = { ...QUIET, said: true };
const SAID_AND_ROOM: Showing = { ...SAID, room: true };
const EVERYWHERE: Showing = { said: true, broadcast: true, room: true };

const SHOWING: Readonly<Record<IncidentEvent['type'], Showing>> = {
  'incident.declared': { ...SAID, broadcast: true },
  'incident.acknowledged': SAID_AND_ROOM,
  'incident.unacknowledged': SAID_AND_ROOM,
  'incident.status_changed': SAID_AND_ROOM,
  'incident.update_posted': EVERYWHERE,
  'incident.update_due': SAID,
  'incident.severity_changed': EVERYWHERE,
  'incident.renamed': SAID_AND_ROOM,
  'incident.summarized': SAID_AND_ROOM,
  'incident.role_assigned': SAID_AND_ROOM,
  'incident.members_added': SAID_AND_ROOM,
  'incident.noted': SAID_AND_ROOM,
  'incident.task_added': SAID_AND_ROOM,
  'incident.task_done': SAID_AND_ROOM,
  'incident.task_reopened': SAID_AND_ROOM,
  'incident.resolved': EVERYWHERE,
  'incident.reopened': EVERYWHERE,
  'incident.cancelled': EVERYWHERE,
  'incident.alerts_changed': SAID,
  'incident.alerts_cleared': SAID_AND_ROOM,
  'incident.room_opened': SAID_AND_ROOM,
  'incident.room_lost': { ...SAID, broadcast: true },
  'incident.target_missed': SAID_AND_ROOM,
  'incident.postmortem_requested': QUIET,
  'incident.postmortem_drafted': QUIET,
  'incident.silence_told': QUIET,
  'incident.effect_given_up': SAID,
};

/** Announcements, and the live card: it matches the newest state, so it follows every event. */
export function shown(
  happening: IncidentHappening,
  incident: Incident,
  { services, settings }: Pick<Directory, 'services' | 'settings'>,
): Effect[] {
  if (!incident.wantsRoom) return [];
  const { incidentId, seq, at, by, event } = happening;
  const recorded = { incidentId, seq, at, by, event };
  const { said, broadcast, room } = SHOWING[event.type];
  return [
    ...(said && isWorthSaying(happening, incident)
      ? [{ type: 'chat.announce', incidentId, recorded } as const]
      : []),
    ...(broadcast && incident.visibility === 'public'
      ? [
          { type: 'chat.broadcast', incidentId, recorded } as const,
          ...channelsOf(incident, { services, settings }).map(
            (channel) => ({ type: 'chat.broadcast', incidentId, recorded, channel }) as const,
          ),
        ]
      : []),
    { type: 'chat.sync_card', incidentId },
    ...(room ? [{ type: 'chat.sync_room', incidentId } as const] : []),
  ];
}

/** The channels of the service that are not the announcement room, each once however it is written. */
function channelsOf(
  { service }: Incident,
  { services, settings }: Pick<Directory, 'services' | 'settings'>,
): readonly string[] {
  const plain = (name: string): string => name.replace(/^#/, '').toLowerCase();
  const named = (service === null ? null : services.get(service)?.channels) ?? [];
  const channels = new Set(named.map(plain));
  channels.delete(plain(settings.announceRoom));
  return [...channels];
}

function isWorthSaying({ event, by }: IncidentHappening, incident: Incident): boolean {
  if (event.type === 'incident.room_opened') return event.room.isBorrowed === true;
  if (event.type === 'incident.members_added') return by.kind === 'person';
  // What fails in the room itself must not be answered by saying more in it.
  if (event.type === 'incident.effect_given_up') return !event.what.startsWith('chat.');
  if (event.type === 'incident.alerts_changed') return isNewsOfAlerts(event, incident);
  return true;
}

/** The first few alerts are named; in a storm the room hears of every tenfold, and the card counts the rest. */
function isNewsOfAlerts(
  event: Extract<IncidentEvent, { type: 'incident.alerts_changed' }>,
  incident: Incident,
): boolean {
  const before = event.total - event.joined;
  if (event.joined === 0 || before === 0 || incident.resolvedAt !== null) return false;
  return event.total <= 5 || tens(event.total) > tens(before);
}

function tens(count: number): number {
  return String(count).length;
}
