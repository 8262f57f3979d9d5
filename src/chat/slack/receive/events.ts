import type { z } from 'zod';
import { hearGone } from '../gone.ts';
import type { ReceiveParts } from './deps.ts';
import { hearMessage } from './hear-message.ts';
import { forgetFile } from '../../../store/platform-files.ts';
import { SLACK } from '../parts.ts';
import { hearHomeOpened } from './home.ts';
import { hearJoined } from './joined.ts';
import { hearLinks } from './links.ts';
import { hearPin, hearReaction } from './marks.ts';
import { hearMention } from './mention.ts';
import { FileDeleted } from './payloads.ts';
import type { EventCallback } from './payloads.ts';
import type { OurRooms } from './rooms.ts';

/** What hearing events works with. */
export interface HearingParts {
  readonly parts: ReceiveParts;
  readonly rooms: OurRooms;
}

type Told = z.infer<typeof EventCallback>;
type Heard = (told: Told, hearing: HearingParts) => Promise<void>;

/** Every event that something is done about. What is not here is acknowledged and forgotten. */
const HEARD: Readonly<Record<string, Heard>> = {
  message: ({ event }, { parts }) => hearMessage(event, parts),
  reaction_added: ({ event }, hearing) => hearReaction(event, hearing),
  reaction_removed: ({ event }, hearing) => hearReaction(event, hearing),
  pin_added: ({ event }, hearing) => hearPin(event, hearing),
  pin_removed: ({ event }, hearing) => hearPin(event, hearing),
  member_joined_channel: ({ event }, hearing) => hearJoined(event, hearing),
  app_mention: ({ event }, { parts }) => hearMention(event, parts),
  app_home_opened: ({ event }, { parts }) => hearHomeOpened(event, parts),
  link_shared: ({ event, is_ext_shared_channel: isShared = false }, { parts }) =>
    hearLinks(event, { parts, isShared }),
  file_deleted: async ({ event }, { parts }) => {
    const { file_id: fileId } = FileDeleted.parse(event);
    await forgetFile(parts.deps.db, { platform: SLACK, fileId });
  },
  channel_deleted: ({ event }, { parts }) => hearGone(channelOf(event) ?? '', 'channel_not_found', parts),
  group_deleted: ({ event }, { parts }) => hearGone(channelOf(event) ?? '', 'channel_not_found', parts),
  channel_archive: (told, hearing) => hearArchived(told, hearing),
  group_archive: (told, hearing) => hearArchived(told, hearing),
  user_change: async ({ event }, { parts }) => {
    const { user } = event;
    if (typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string')
      parts.profiles.forget(user.id);
  },
};

/** Events that belong to a room: those of any other channel are nobody's business. */
const OF_ROOMS = new Set([
  'message',
  'reaction_added',
  'reaction_removed',
  'pin_added',
  'pin_removed',
  'member_joined_channel',
  'channel_deleted',
  'group_deleted',
  'channel_archive',
  'group_archive',
]);

/** What we archive ourselves is over. */
async function hearArchived({ event }: Told, { parts }: HearingParts): Promise<void> {
  const { user } = event;
  if (user === parts.identity.known()?.userId) return;
  await hearGone(channelOf(event) ?? '', 'is_archived', parts);
}

/** Does what an event asks for. */
export async function hear(told: Told, hearing: HearingParts): Promise<void> {
  await HEARD[told.event.type]?.(told, hearing);
}

/** Whether an event is worth keeping: we do something about it, and it is about one of our rooms or about no room. */
export async function isForUs({ event }: Told, rooms: OurRooms): Promise<boolean> {
  if (!(event.type in HEARD)) return false;
  const channel = channelOf(event);
  if (!OF_ROOMS.has(event.type) || channel === null || channel.startsWith('D')) return true;
  return rooms.isOurs(channel);
}

/** The channel that an event is about; null where it is about none. */
export function channelOf(event: Told['event']): string | null {
  const { channel, channel_id: channelId, item } = event;
  if (typeof channel === 'string') return channel;
  if (typeof channelId === 'string') return channelId;
  if (typeof item === 'object' && item !== null && 'channel' in item && typeof item.channel === 'string')
    return item.channel;
  return null;
}
