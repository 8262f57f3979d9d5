import { canSee } from '../permissions.ts';
import { refusal } from '../refusal.ts';
import type { Channel, Member, Message, Role } from '../state/shapes.ts';
import type { Asked } from './route.ts';

/** The channel in the path: 10003 when there is none. */
export function channelOf({ world, param }: Asked): Channel {
  const channel = world.channels.get(param('channel_id'));
  if (channel === undefined) throw refusal(10003);
  return channel;
}

/** The channel in the path, which the bot must see: 50001 when it does not. */
export function seenChannelOf(asked: Asked): Channel {
  const channel = channelOf(asked);
  if (!canSee(asked.world, channel, asked.world.bot.id)) throw refusal(50001);
  return channel;
}

/** The message in the path: 10008 when there is none. */
export function messageOf(asked: Asked, channel: Channel): Message {
  const message = channel.messages.get(asked.param('message_id'));
  if (message === undefined) throw refusal(10008);
  return message;
}

/** Refuses any guild but the one that the bot is in. */
export function inGuild({ world, param }: Asked): void {
  if (param('guild_id') !== world.guild.id) throw refusal(10004);
}

/** The member in the path: 10013 without such an account, 10007 when it does not belong to the guild. */
export function memberOf(asked: Asked): Member {
  const { world, param } = asked;
  inGuild(asked);
  const id = param('user_id');
  const member = world.guild.members.get(id);
  if (member !== undefined) return member;
  throw refusal(world.users.has(id) ? 10007 : 10013);
}

/** The role in the path: 10011 when there is none. */
export function roleOf(asked: Asked): Role {
  inGuild(asked);
  const role = asked.world.guild.roles.get(asked.param('role_id'));
  if (role === undefined) throw refusal(10011);
  return role;
}
