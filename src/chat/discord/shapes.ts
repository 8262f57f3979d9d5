import { z } from 'zod';

/** What is relied upon of what Discord answers; everything else of it is left alone. */
export const Overwrite = z.object({
  id: z.string(),
  /** 0 is a role, 1 a member. */
  type: z.int(),
  allow: z.string(),
  deny: z.string(),
});
export type Overwrite = z.infer<typeof Overwrite>;

/** A tag of a forum; the rest of it is handed back as it was. */
export const Tag = z.looseObject({ id: z.string(), name: z.string() });

/** A channel, category, forum or thread. */
export const Channel = z.object({
  id: z.string(),
  type: z.int(),
  name: z.string().nullish(),
  topic: z.string().nullish(),
  parent_id: z.string().nullish(),
  owner_id: z.string().nullish(),
  last_message_id: z.string().nullish(),
  permission_overwrites: z.array(Overwrite).optional(),
  available_tags: z.array(Tag).optional(),
  applied_tags: z.array(z.string()).optional(),
  thread_metadata: z.object({ archived: z.boolean(), locked: z.boolean().optional() }).optional(),
});
export type Channel = z.infer<typeof Channel>;

export const Channels = z.array(Channel);

export const Made = z.object({ id: z.string() });

export const Role = z.object({
  id: z.string(),
  name: z.string(),
  position: z.int(),
  permissions: z.string(),
  managed: z.boolean().optional(),
  mentionable: z.boolean().optional(),
});
export type Role = z.infer<typeof Role>;

/** What an answer without content is. */
export const Nothing = z.unknown();

export const User = z.object({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
export type User = z.infer<typeof User>;
