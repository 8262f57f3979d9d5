import { PermissionFlagsBits } from 'discord-api-types/v10';

import { guildPermissions } from '../permissions.ts';
import { refusal } from '../refusal.ts';
import type { Overwrite } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import type { NewChannelBody } from './bodies/channel.ts';

const MOST = 1000;

type Said = NonNullable<NewChannelBody['permission_overwrites']>[number];

/** The overwrites of a body. The bot can only allow or deny what it has itself: 50013 otherwise. */
export function overwritesOf(world: World, said: readonly Said[]): Overwrite[] {
  if (said.length > MOST) throw refusal(30060);
  return said.map((one) => overwriteOf(world, one));
}

/** One overwrite of a body, under the same rule. */
export function overwriteOf(world: World, { id, type, allow, deny }: Said): Overwrite {
  const own = guildPermissions(world, world.bot.id);
  const touched = (allow ?? 0n) | (deny ?? 0n);
  const isAdmin = (own & PermissionFlagsBits.Administrator) !== 0n;
  if ((touched & ~own) !== 0n) throw refusal(50013);
  if (!isAdmin && (touched & PermissionFlagsBits.ManageRoles) !== 0n) throw refusal(50013);
  if (type === 0 && !world.guild.roles.has(id)) throw refusal(10011);
  if (type === 1 && !world.users.has(id)) throw refusal(10013);
  return { id, type, allow: allow ?? 0n, deny: deny ?? 0n };
}
