import { z } from 'zod';

import { demand, guildPermissions } from '../../permissions.ts';
import { invalidForm, refusal } from '../../refusal.ts';
import { dmWith } from '../../state/channels.ts';
import { channelJson } from '../../wire/channel.ts';
import { guildJson } from '../../wire/guild.ts';
import { selfJson, userJson } from '../../wire/user.ts';
import { seenChannelOf } from '../lookups.ts';
import { bodied, ok, route } from '../route.ts';
import type { Asked } from '../route.ts';

const SWITCHES = { presences: 1 << 13, members: 1 << 15, messageContent: 1 << 19 } as const;

/** The bot itself, the application, people, direct conversations, invites. */
export const userRoutes = [
  route('GET /users/@me', ({ world }) => ok(selfJson(world))),
  route('GET /users/@me/guilds', ({ world }) => {
    const { id, name, icon, banner, features } = guildJson(world);
    const permissions = String(guildPermissions(world, world.bot.id));
    return ok([{ id, name, icon, banner, features, permissions, owner: false }]);
  }),
  bodied('POST /users/@me/channels', z.object({ recipient_id: z.string() }), ({ world }, body) => {
    const person = world.users.get(body.recipient_id);
    if (person === undefined) throw refusal(10013);
    if (person.isBot)
      throw invalidForm([
        { path: ['recipient_id'], code: 'DM_RECIPIENT_BOT', message: 'Cannot send messages to this user' },
      ]);
    return ok(channelJson(world, dmWith(world, person.id)));
  }),
  route('GET /users/{user_id}', ({ world, param }) => {
    const user = world.users.get(param('user_id'));
    if (user === undefined) throw refusal(10013);
    return ok(userJson(user));
  }),
  route('GET /applications/@me', (asked) => ok(applicationJson(asked))),
  route('GET /oauth2/applications/@me', (asked) => ok(applicationJson(asked))),
  bodied(
    'POST /channels/{channel_id}/invites',
    z.object({ max_age: z.number().int().nullish(), max_uses: z.number().int().nullish() }),
    (asked, body) => {
      const { world } = asked;
      const channel = seenChannelOf(asked);
      demand(world, channel, 'CreateInstantInvite');
      const { id, name, icon, banner, features, description, splash } = guildJson(world);
      return ok({
        type: 0,
        code: world.newId(),
        channel: { id: channel.id, type: channel.type, name: channel.name },
        guild_id: id,
        guild: {
          id,
          name,
          icon,
          banner,
          features,
          description,
          splash,
          verification_level: 0,
          vanity_url_code: null,
          nsfw: false,
          nsfw_level: 0,
          premium_subscription_count: 0,
          premium_tier: 0,
        },
        inviter: userJson(world.bot),
        max_age: body.max_age ?? 86_400,
        max_uses: body.max_uses ?? 0,
        uses: 0,
        temporary: false,
        created_at: world.clock.now().toISOString(),
        expires_at: new Date(world.clock.now().getTime() + (body.max_age ?? 86_400) * 1000).toISOString(),
      });
    },
  ),
];

/** The flags that say which privileged intents the portal lets a small application use. */
export function applicationFlags({ world }: Pick<Asked, 'world'>): number {
  const { intents } = world.application;
  return (
    (intents.messageContent ? SWITCHES.messageContent : 0) |
    (intents.members ? SWITCHES.members : 0) |
    (intents.presences ? SWITCHES.presences : 0)
  );
}

function applicationJson({ world }: Asked) {
  const { id, name, publicKey, interactionsUrl } = world.application;
  const owner = world.users.get(world.guild.ownerId) ?? world.bot;
  return {
    id,
    name,
    icon: null,
    description: '',
    type: null,
    bot: userJson(world.bot),
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: publicKey,
    flags: applicationFlags({ world }),
    flags_new: String(applicationFlags({ world })),
    redirect_uris: [],
    interactions_endpoint_url: interactionsUrl,
    role_connections_verification_url: null,
    owner: userJson(owner),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
