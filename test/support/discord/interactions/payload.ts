import { InteractionContextType } from 'discord-api-types/v10';

import { channelPermissions } from '../permissions.ts';
import type { Channel } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { channelJson } from '../wire/channel.ts';
import { messageJson } from '../wire/message.ts';
import { memberJson, userById, userJson } from '../wire/user.ts';
import type { Interaction } from './interaction.ts';

const ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** What the application is told of an interaction, by the gateway or by HTTP alike. */
export function interactionJson(world: World, interaction: Interaction) {
  const channel = world.channels.get(interaction.channelId);
  if (channel === undefined) throw new Error(`There is no channel ${interaction.channelId} to do this in`);
  const carrier = interaction.message;
  return {
    version: 1,
    id: interaction.id,
    application_id: world.application.id,
    type: interaction.type,
    token: interaction.token,
    data: interaction.data,
    channel_id: channel.id,
    channel: channelJson(world, channel),
    ...(carrier === null ? {} : { message: messageJson(world, carrier) }),
    ...whoJson(world, interaction, channel),
    app_permissions: String(channelPermissions(world, channel, world.bot.id)),
    locale: 'en-GB',
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { '0': channel.guildId ?? '0' },
    attachment_size_limit: ATTACHMENT_BYTES,
  };
}

function whoJson(world: World, { userId }: Interaction, channel: Channel) {
  const member = world.guild.members.get(userId);
  if (channel.guildId === null || member === undefined)
    return { user: userJson(userById(world, userId)), context: InteractionContextType.BotDM };
  return {
    guild_id: channel.guildId,
    guild: { id: channel.guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    context: InteractionContextType.Guild,
    member: {
      ...memberJson(world, member),
      permissions: String(channelPermissions(world, channel, userId)),
    },
  };
}
