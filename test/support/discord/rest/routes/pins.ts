import { PermissionFlagsBits } from 'discord-api-types/v10';

import { channelPermissions, demand } from '../../permissions.ts';
import { refusal } from '../../refusal.ts';
import { pinMessage } from '../../state/messages.ts';
import { messageJson } from '../../wire/message.ts';
import { messageOf, seenChannelOf } from '../lookups.ts';
import { NOTHING, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';

const MOST_PINS = 250;

/** Pins by the routes of 2025; the permission for them is its own since 2026. */
export const pinRoutes = [
  route('GET /channels/{channel_id}/messages/pins', list),
  route('PUT /channels/{channel_id}/messages/pins/{message_id}', (asked) => {
    const { world } = asked;
    const channel = seenChannelOf(asked);
    if (channel.guildId !== null) demand(world, channel, 'PinMessages');
    const message = messageOf(asked, channel);
    const pins = [...channel.messages.values()].filter(({ pinnedAt }) => pinnedAt !== null);
    if (message.pinnedAt === null && pins.length >= MOST_PINS) throw refusal(30003);
    if (message.pinnedAt === null) pinMessage(world, message, world.bot.id);
    return NOTHING;
  }),
  route('DELETE /channels/{channel_id}/messages/pins/{message_id}', (asked) => {
    const { world } = asked;
    const channel = seenChannelOf(asked);
    if (channel.guildId !== null) demand(world, channel, 'PinMessages');
    const message = messageOf(asked, channel);
    if (message.pinnedAt !== null) pinMessage(world, message, null);
    return NOTHING;
  }),
];

function list(asked: Asked): Answer {
  const { world, query } = asked;
  const channel = seenChannelOf(asked);
  const allowed = channelPermissions(world, channel, world.bot.id);
  if ((allowed & PermissionFlagsBits.ReadMessageHistory) === 0n) return ok({ items: [], has_more: false });
  const before = new Date(query.get('before') ?? '9999-01-01T00:00:00Z');
  const limit = Math.min(50, Number(query.get('limit') ?? 50));
  const pins = [...channel.messages.values()]
    .filter(({ pinnedAt }) => pinnedAt !== null && pinnedAt < before)
    .sort((a, b) => Number(b.pinnedAt) - Number(a.pinnedAt));
  const items = pins.slice(0, limit).map((message) => ({
    pinned_at: message.pinnedAt?.toISOString(),
    message: messageJson(world, message, world.application.intents.messageContent),
  }));
  return ok({ items, has_more: pins.length > limit });
}
