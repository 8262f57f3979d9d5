import { z } from 'zod';

import { demandInGuild, guildPermissions, highestRole } from '../../permissions.ts';
import { refusal } from '../../refusal.ts';
import { tellOfMember, tellOfRole } from '../../state/membership.ts';
import { addRole } from '../../state/new-world.ts';
import type { Role } from '../../state/shapes.ts';
import { guildJson } from '../../wire/guild.ts';
import { memberJson, roleJson } from '../../wire/user.ts';
import { Bits } from '../bodies/basics.ts';
import { inGuild, memberOf, roleOf } from '../lookups.ts';
import { NOTHING, bodied, ok, route } from '../route.ts';
import type { Answer, Asked } from '../route.ts';

const RoleBody = z.object({
  name: z.string().min(1).max(100).nullish(),
  permissions: Bits.nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  colors: z.looseObject({ primary_color: z.number().int() }).nullish(),
  hoist: z.boolean().nullish(),
  mentionable: z.boolean().nullish(),
});
type RoleBody = z.infer<typeof RoleBody>;

/** The guild itself, its members and its roles. */
export const guildRoutes = [
  route('GET /guilds/{guild_id}', (asked) => {
    inGuild(asked);
    const count = asked.world.guild.members.size;
    return ok({
      ...guildJson(asked.world),
      approximate_member_count: count,
      approximate_presence_count: count,
    });
  }),
  route('GET /guilds/{guild_id}/members', (asked) => {
    inGuild(asked);
    // Without the privileged intent nobody lists the members of a guild.
    if (!asked.world.application.intents.members) throw refusal(50001);
    const after = BigInt(asked.query.get('after') ?? 0);
    const limit = Number(asked.query.get('limit') ?? 1);
    const members = [...asked.world.guild.members.values()].filter(({ userId }) => BigInt(userId) > after);
    return ok(members.slice(0, limit).map((one) => memberJson(asked.world, one)));
  }),
  route('GET /guilds/{guild_id}/members/search', (asked) => {
    inGuild(asked);
    const { world, query } = asked;
    const begin = (query.get('query') ?? '').toLowerCase();
    const found = [...world.guild.members.values()].filter((member) =>
      [member.nick, world.users.get(member.userId)?.username].some((name) =>
        name?.toLowerCase().startsWith(begin),
      ),
    );
    return ok(found.slice(0, Number(query.get('limit') ?? 1)).map((one) => memberJson(world, one)));
  }),
  route('GET /guilds/{guild_id}/members/{user_id}', (asked) => ok(memberJson(asked.world, memberOf(asked)))),
  route('PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}', (asked) => setRole(asked, true)),
  route('DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}', (asked) => setRole(asked, false)),
  route('GET /guilds/{guild_id}/roles', (asked) => {
    inGuild(asked);
    return ok([...asked.world.guild.roles.values()].map(roleJson));
  }),
  route('GET /guilds/{guild_id}/roles/{role_id}', (asked) => ok(roleJson(roleOf(asked)))),
  bodied('POST /guilds/{guild_id}/roles', RoleBody, makeRole),
  bodied('PATCH /guilds/{guild_id}/roles/{role_id}', RoleBody, (asked, body) => {
    const role = manageable(asked);
    refuseForeignBits(asked, body);
    Object.assign(role, roleFields(body));
    tellOfRole(asked.world, role, 'UPDATE');
    return ok(roleJson(role));
  }),
  route('DELETE /guilds/{guild_id}/roles/{role_id}', (asked) => {
    const role = manageable(asked);
    if (role.managed) throw refusal(50028);
    asked.world.guild.roles.delete(role.id);
    for (const member of asked.world.guild.members.values()) member.roles.delete(role.id);
    tellOfRole(asked.world, role, 'DELETE');
    return NOTHING;
  }),
];

/** The role in the path, when the bot manages roles and stands above it: 50013 otherwise. */
function manageable(asked: Asked): Role {
  const role = roleOf(asked);
  demandInGuild(asked.world, 'ManageRoles');
  if (role.position >= highestRole(asked.world, asked.world.bot.id)) throw refusal(50013);
  return role;
}

function setRole(asked: Asked, has: boolean): Answer {
  const { world } = asked;
  const member = memberOf(asked);
  const role = manageable(asked);
  if (role.managed || role.id === world.guild.id) throw refusal(50028);
  if (member.roles.has(role.id) === has) return NOTHING;
  if (has) member.roles.add(role.id);
  else member.roles.delete(role.id);
  tellOfMember(world, member, 'UPDATE');
  return NOTHING;
}

function makeRole(asked: Asked, body: RoleBody): Answer {
  const { world } = asked;
  inGuild(asked);
  demandInGuild(world, 'ManageRoles');
  refuseForeignBits(asked, body);
  if (world.guild.roles.size >= 250) throw refusal(30005);
  // A new role stands at the bottom, right above @everyone.
  for (const role of world.guild.roles.values()) if (role.id !== world.guild.id) role.position += 1;
  const role = addRole(world, { name: 'new role', position: 1, ...roleFields(body) });
  tellOfRole(world, role, 'CREATE');
  return ok(roleJson(role));
}

function refuseForeignBits({ world }: Asked, { permissions }: RoleBody): void {
  if (((permissions ?? 0n) & ~guildPermissions(world, world.bot.id)) !== 0n) throw refusal(50013);
}

function roleFields({ name, permissions, color, colors, hoist, mentionable }: RoleBody): Partial<Role> {
  const said = { name, permissions, color: colors?.primary_color ?? color, hoist, mentionable };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value != null));
}
