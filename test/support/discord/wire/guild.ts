import { canSee } from '../permissions.ts';
import type { Member } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { channelJson } from './channel.ts';
import { memberJson, roleJson } from './user.ts';

/** The guild, as REST answers it. */
export function guildJson(world: World) {
  const { guild } = world;
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    application_id: null,
    region: 'rotterdam',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(roleJson),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: 'en-US',
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** The guild, as the gateway tells of it: channels that the bot sees, threads, and the members it may know. */
export function guildCreateJson(world: World, knowsMembers: boolean) {
  const visible = [...world.channels.values()].filter(
    (channel) =>
      channel.guildId !== null && (channel.thread === null || canSee(world, channel, world.bot.id)),
  );
  const members: readonly Member[] = [...world.guild.members.values()];
  return {
    ...guildJson(world),
    joined_at: (world.guild.members.get(world.bot.id)?.joinedAt ?? world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: members.length,
    voice_states: [],
    members: members
      .filter(({ userId }) => knowsMembers || userId === world.bot.id)
      .map((member) => memberJson(world, member)),
    channels: visible.filter(({ thread }) => thread === null).map((one) => channelJson(world, one)),
    threads: visible
      .filter(({ thread }) => thread !== null && !thread.archived)
      .map((one) => channelJson(world, one)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
