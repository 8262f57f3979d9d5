import { PermissionFlagsBits } from 'discord-api-types/v10';

import { channelPermissions } from '../permissions.ts';
import type { AllowedMentions } from '../rest/bodies/message.ts';
import type { Channel, Message } from './shapes.ts';
import type { World } from './world.ts';

type Told = Pick<Message, 'mentions' | 'mentionRoles' | 'mentionsEveryone'>;

interface Said {
  readonly content: string;
  readonly authorId: string;
  /** Null: nothing was said, so everything in the text counts. */
  readonly allowed: AllowedMentions | null;
}

/** Whom a text tells: what is written in it, less what its sender allowed, less what its author may not. */
export function mentionsOf(world: World, channel: Channel, { content, authorId, allowed }: Said): Told {
  const mayAll =
    (channelPermissions(world, channel, authorId) & PermissionFlagsBits.MentionEveryone) !== 0n &&
    channel.guildId !== null;
  const counts = (kind: 'users' | 'roles', id: string): boolean =>
    allowed === null || (allowed.parse?.includes(kind) ?? false) || (allowed[kind]?.includes(id) ?? false);
  const users = idsIn(content, /<@!?(\d{17,20})>/g).filter(
    (id) => world.users.has(id) && counts('users', id),
  );
  const roles = idsIn(content, /<@&(\d{17,20})>/g).filter(
    (id) => counts('roles', id) && (mayAll || (world.guild.roles.get(id)?.mentionable ?? false)),
  );
  const everyone = allowed === null || (allowed.parse?.includes('everyone') ?? false);
  return {
    mentions: users,
    mentionRoles: roles,
    mentionsEveryone: everyone && mayAll && /@(everyone|here)\b/.test(content),
  };
}

function idsIn(content: string, pattern: RegExp): readonly string[] {
  return [...new Set([...content.matchAll(pattern)].map(([, id]) => id ?? ''))];
}
