import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../../src/chat/message.ts';
import { announcement } from '../../../src/chat/views/announcement.ts';
import { incidentCard } from '../../../src/chat/views/incident-card.ts';
import { DRAFT } from '../../../src/chat/views/postmortem-post.ts';
import type { Directory } from '../../../src/domain/directory.ts';
import { Effect } from '../../../src/domain/effect.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { Remains, Story } from './remains.ts';
import type { SeenMessage } from './sight.ts';

/** What an incident's room must hold: the room once, each announcement once and in order, and the card as things stand. */
export function checkRoom(story: Story, remains: Remains, directory: Directory): readonly string[] {
  const { incidentId, log, stored } = story;
  const { incident } = stored;
  const waiting = waitingEffects(incidentId, remains);
  const rooms = remains.rooms.filter(({ key }) => key === `incident:${incidentId}`);
  const opened = log.filter(({ event }) => event.type === 'incident.room_opened').length;
  if (!incident?.wantsRoom || waiting.some(({ type }) => type === 'chat.open_room')) return [];
  const [room] = rooms;
  if (!room || rooms.length > 1) return [`#${incidentId} has ${rooms.length} rooms`];
  return [
    ...(opened === 1 ? [] : [`#${incidentId}: its room was opened ${opened} times`]),
    ...(incident.room?.roomId === room.id ? [] : [`#${incidentId} does not know its room`]),
    ...checkAnnouncements(story, { roomId: room.id, remains, waiting, about: { incident, directory } }),
    ...(waiting.some(({ type }) => type === 'chat.sync_card')
      ? []
      : checkCard(story, room.id, remains, directory)),
  ];
}

/** What is still to be done for an incident. */
export function waitingEffects(incidentId: number, { outbox }: Remains): readonly Effect[] {
  return outbox.filter((row) => row.incidentId === incidentId).map(({ effect }) => Effect.parse(effect));
}

interface Room {
  readonly roomId: string;
  readonly remains: Remains;
  readonly waiting: readonly Effect[];
  readonly about: { readonly incident: Incident; readonly directory: Directory };
}

function checkAnnouncements({ incidentId, effects }: Story, room: Room): readonly string[] {
  const demanded = effects.flatMap((effect) =>
    effect.type === 'chat.announce' ? said(effect.recorded, room) : [],
  );
  const pending = room.waiting.flatMap((effect) =>
    effect.type === 'chat.announce' ? said(effect.recorded, room) : [],
  );
  const there = room.remains.messages.filter(
    ({ roomId, key, event }) => roomId === room.roomId && isOfEffect(key) && event !== DRAFT,
  );
  if (isSaid(there, pending, demanded)) return [];
  // One that was posted and not yet settled when the process ended is in both.
  if (isSaid(there, pending.slice(1), demanded)) return [];
  return [
    `#${incidentId}: its room does not hold what its log demands: ${difference(demanded, there, pending)}`,
  ];
}

function said(recorded: RecordedEvent, { about }: Room): readonly Message[] {
  const message = announcement(recorded, about);
  return message === null ? [] : [message];
}

/** What is there and then what is still to come are what is demanded, in its order. */
function isSaid(
  there: readonly SeenMessage[],
  pending: readonly Message[],
  demanded: readonly Message[],
): boolean {
  const rest = demanded.slice(there.length);
  return (
    there.length <= demanded.length &&
    there.every((message, i) => shows(message, demanded[i])) &&
    isDeepStrictEqual(
      rest.map(({ plain }) => plain),
      pending.map(({ plain }) => plain),
    )
  );
}

function shows(message: SeenMessage | undefined, wanted: Message | undefined): boolean {
  return message !== undefined && wanted !== undefined && message.shows(wanted);
}

function isOfEffect(key: string | null): boolean {
  return key !== null && /^effect:\d+$/.test(key);
}

function difference(
  demanded: readonly Message[],
  there: readonly SeenMessage[],
  pending: readonly Message[],
): string {
  const place = demanded.findIndex((message, i) => !shows(there[i], message));
  const at = place === -1 ? demanded.length : place;
  return `of ${demanded.length} demanded, ${there.length} there and ${pending.length} to come, at ${at}: ${demanded[at]?.plain} / ${there[at]?.text}`;
}

function checkCard(
  { incidentId, stored }: Story,
  roomId: string,
  remains: Remains,
  directory: Directory,
): readonly string[] {
  const cards = remains.messages.filter(
    (message) => message.roomId === roomId && message.key === `card:${incidentId}`,
  );
  const [card] = cards;
  if (!card || cards.length > 1 || !card.isPinned)
    return [`#${incidentId} has ${cards.length} cards, or one not pinned`];
  const homes = new Set(
    remains.groups.filter((group) => group.incidentId === incidentId).map(({ id }) => id),
  );
  // Those that fire first, then those that were told last, as a card shows them.
  const alerts = remains.alerts
    .filter(({ groupId }) => groupId !== null && homes.has(groupId))
    .toSorted(
      (a, b) => inOrder(a.status, b.status) || b.lastAt.getTime() - a.lastAt.getTime() || inOrder(a.id, b.id),
    );
  const { incident, runs, pages } = stored;
  if (incident === null) return [];
  const now = incidentCard({ incident, runs, pages, alerts, directory });
  return card.shows(now) ? [] : [`#${incidentId}: its card says “${card.text}” instead of “${now.plain}”`];
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Stakeholders and admins are told once of everything that the logs demand. */
export function checkChannels(
  stories: readonly Story[],
  remains: Remains,
  directory: Directory,
): readonly string[] {
  const { announceRoom, adminRoom } = directory.settings;
  const told = (type: Effect['type']) =>
    stories.flatMap(({ effects }) => effects.filter((effect) => effect.type === type)).length;
  const pending = (type: Effect['type']) =>
    remains.outbox.filter(({ effect }) => Effect.parse(effect).type === type).length;
  return (
    [
      ['chat.broadcast', announceRoom],
      ['chat.tell_admins', adminRoom],
      ['chat.tell_channel', 'ops'],
    ] as const
  ).flatMap(([type, channel]) => {
    const room = remains.rooms.find(({ key }) => key === `channel:${channel}`);
    const there = remains.messages.filter(({ roomId, key }) => roomId === room?.id && isOfEffect(key)).length;
    const least = told(type) - pending(type);
    return there >= least && there <= told(type)
      ? []
      : [`${channel} holds ${there} messages, and the logs demand ${told(type)}`];
  });
}
