import { isDeepStrictEqual } from 'node:util';
import { announcement } from '../../../src/chat/views/announcement.ts';
import { incidentCard } from '../../../src/chat/views/incident-card.ts';
import { DRAFT } from '../../../src/chat/views/postmortem-post.ts';
import type { Directory } from '../../../src/domain/directory.ts';
import { Effect } from '../../../src/domain/effect.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { Remains, Story } from './remains.ts';

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
    ...(incident.room?.roomId === String(room.id) ? [] : [`#${incidentId} does not know its room`]),
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
  readonly roomId: number;
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
  const there = room.remains.messages
    .filter(
      ({ roomId, clientKey, event }) => roomId === room.roomId && isOfEffect(clientKey) && event !== DRAFT,
    )
    .map(({ text }) => text);
  if (isDeepStrictEqual([...there, ...pending], demanded)) return [];
  // One that was posted and not yet settled when the process ended is in both.
  if (isDeepStrictEqual([...there, ...pending.slice(1)], demanded)) return [];
  return [
    `#${incidentId}: its room does not hold what its log demands: ${difference(demanded, [...there, ...pending])}`,
  ];
}

function said(recorded: RecordedEvent, { about }: Room): readonly string[] {
  const message = announcement(recorded, about);
  return message === null ? [] : [message.plain];
}

function isOfEffect(clientKey: string | null): boolean {
  return clientKey !== null && /^\d+:effect:\d+$/.test(clientKey);
}

function difference(demanded: readonly string[], there: readonly string[]): string {
  const place = demanded.findIndex((text, i) => there[i] !== text);
  const at = place === -1 ? demanded.length : place;
  return `of ${demanded.length} demanded and ${there.length} there, at ${at}: ${demanded[at]} / ${there[at]}`;
}

function checkCard(
  { incidentId, stored }: Story,
  roomId: number,
  remains: Remains,
  directory: Directory,
): readonly string[] {
  const cards = remains.messages.filter(({ clientKey }) => clientKey === `${roomId}:card:${incidentId}`);
  const [card] = cards;
  if (!card || cards.length > 1 || card.pinnedAt === null)
    return [`#${incidentId} has ${cards.length} cards, or one not pinned`];
  const homes = new Set(
    remains.groups.filter((group) => group.incidentId === incidentId).map(({ id }) => id),
  );
  const alerts = remains.alerts.filter(({ groupId }) => groupId !== null && homes.has(groupId));
  const { incident, runs, pages } = stored;
  if (incident === null) return [];
  const now = incidentCard({ incident, runs, pages, alerts, directory });
  return card.text === now.plain
    ? []
    : [`#${incidentId}: its card says “${card.text}” instead of “${now.plain}”`];
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
    const there = remains.messages.filter(
      ({ roomId, clientKey }) => roomId === room?.id && isOfEffect(clientKey),
    ).length;
    const least = told(type) - pending(type);
    return there >= least && there <= told(type)
      ? []
      : [`${channel} holds ${there} messages, and the logs demand ${told(type)}`];
  });
}
