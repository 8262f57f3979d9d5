import { GatewayIntentBits } from 'discord-api-types/v10';

import { memberJson, roleJson, userById, userJson } from '../wire/user.ts';
import type { Member, Role } from './shapes.ts';
import type { World } from './world.ts';

/** Tells of a role that came, changed or went. */
export function tellOfRole(world: World, role: Role, what: 'CREATE' | 'UPDATE' | 'DELETE'): void {
  const guild_id = world.guild.id;
  world.tell({
    name: `GUILD_ROLE_${what}`,
    intents: GatewayIntentBits.Guilds,
    data: () => (what === 'DELETE' ? { guild_id, role_id: role.id } : { guild_id, role: roleJson(role) }),
  });
}

/** Tells of a member who came, changed or went; a bot hears of itself without the privileged intent too. */
export function tellOfMember(world: World, member: Member, what: 'ADD' | 'UPDATE' | 'REMOVE'): void {
  const guild_id = world.guild.id;
  const isSelf = member.userId === world.bot.id;
  world.tell({
    name: `GUILD_MEMBER_${what}`,
    intents: isSelf && what === 'UPDATE' ? 0 : GatewayIntentBits.GuildMembers,
    data: () =>
      what === 'REMOVE'
        ? { guild_id, user: userJson(userById(world, member.userId)) }
        : { ...memberJson(world, member), guild_id },
  });
}
