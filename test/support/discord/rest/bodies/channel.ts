import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';

import { Bits, Snowflake } from './basics.ts';

const Overwrite = z.object({
  id: Snowflake,
  type: z
    .union([z.literal(0), z.literal(1), z.literal('0'), z.literal('1')])
    .transform((type) => (Number(type) === 0 ? 0 : 1)),
  allow: Bits.nullish(),
  deny: Bits.nullish(),
});

const ForumTag = z.object({
  id: Snowflake.nullish(),
  name: z.string().min(1).max(20),
  moderated: z.boolean().nullish(),
  emoji_id: Snowflake.nullish(),
  emoji_name: z.string().nullish(),
});

const Auto = z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)]);

const fields = {
  topic: z.string().max(4096).nullish(),
  position: z.number().int().nonnegative().nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: z.number().int().min(0).max(21_600).nullish(),
  parent_id: Snowflake.nullish(),
  permission_overwrites: z.array(Overwrite).max(100).nullish(),
  available_tags: z.array(ForumTag).max(20).nullish(),
  bitrate: z.number().int().min(8000).nullish(),
  user_limit: z.number().int().min(0).max(99).nullish(),
  default_auto_archive_duration: Auto.nullish(),
  default_thread_rate_limit_per_user: z.number().int().nullish(),
  default_reaction_emoji: z.looseObject({}).nullish(),
  default_sort_order: z.number().int().nullish(),
  default_forum_layout: z.number().int().nullish(),
  rtc_region: z.string().nullish(),
  video_quality_mode: z.number().int().nullish(),
  flags: z.number().int().nullish(),
};

/** A channel as it is asked for. */
export const NewChannelBody = z
  .object({
    ...fields,
    name: z.string().min(1).max(100),
    type: z
      .union([
        z.literal(ChannelType.GuildText),
        z.literal(ChannelType.GuildVoice),
        z.literal(ChannelType.GuildCategory),
        z.literal(ChannelType.GuildAnnouncement),
        z.literal(ChannelType.GuildStageVoice),
        z.literal(ChannelType.GuildForum),
      ])
      .nullish(),
  })
  .refine(hasShortTopic, {
    path: ['topic'],
    error: 'Must be 1024 or fewer in length.',
    params: { code: 'BASE_TYPE_MAX_LENGTH' },
  });
export type NewChannelBody = z.infer<typeof NewChannelBody>;

/** Changes of a channel or of a thread. */
export const ChannelChangesBody = z.object({
  ...fields,
  name: z.string().min(1).max(100).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  invitable: z.boolean().nullish(),
  auto_archive_duration: Auto.nullish(),
  applied_tags: z.array(Snowflake).max(5).nullish(),
  lock_permissions: z.boolean().nullish(),
});
export type ChannelChangesBody = z.infer<typeof ChannelChangesBody>;

/** What one overwrite is set to. */
export const OverwriteBody = Overwrite.omit({ id: true });

/** Only forums may have a topic of more than 1024 characters. */
function hasShortTopic({
  topic,
  type,
}: {
  readonly topic?: string | null | undefined;
  readonly type?: number | null | undefined;
}): boolean {
  return type === Number(ChannelType.GuildForum) || (topic ?? '').length <= 1024;
}

/** A thread from a message. */
export const ThreadBody = z.object({
  name: z.string().min(1).max(100),
  auto_archive_duration: Auto.nullish(),
  rate_limit_per_user: z.number().int().nullish(),
  type: z.union([z.literal(10), z.literal(11), z.literal(12)]).nullish(),
  invitable: z.boolean().nullish(),
  applied_tags: z.array(Snowflake).max(5).nullish(),
  message: z.record(z.string(), z.unknown()).nullish(),
});
export type ThreadBody = z.infer<typeof ThreadBody>;
