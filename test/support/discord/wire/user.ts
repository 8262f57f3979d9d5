import type { Member, Role, User } from '../state/shapes.ts';
import type { World } from '../state/world.ts';

/** An account, as Discord writes it. */
export function userJson(user: User) {
  return {
    id: user.id,
    username: user.username,
    global_name: user.globalName,
    discriminator: user.isBot ? '0001' : '0',
    avatar: null,
    bot: user.isBot,
    system: false,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** The account with that id; one that nobody knows is a deleted account. */
export function userById(world: World, id: string): User {
  return (
    world.users.get(id) ?? { id, username: 'deleted_user', globalName: null, isBot: false, takesDms: false }
  );
}

/** The bot's own account, as it reads it. */
export function selfJson(world: World) {
  return {
    ...userJson(world.bot),
    mfa_enabled: false,
    locale: 'en-US',
    verified: true,
    email: null,
  };
}

/** A membership, as Discord writes it; without the account where the account stands beside it. */
export function bareMemberJson(member: Member) {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    avatar_decoration_data: null,
    roles: [...member.roles],
    joined_at: member.joinedAt.toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    flags: 0,
    mute: false,
    deaf: false,
  };
}

/** A membership with its account. */
export function memberJson(world: World, member: Member) {
  return { ...bareMemberJson(member), user: userJson(userById(world, member.userId)) };
}

/** A role, as Discord writes it. */
export function roleJson(role: Role) {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.botId === null ? {} : { tags: { bot_id: role.botId } }),
  };
}
