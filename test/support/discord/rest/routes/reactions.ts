import { demand } from '../../permissions.ts';
import { refusal } from '../../refusal.ts';
import { react } from '../../state/messages.ts';
import { userById, userJson } from '../../wire/user.ts';
import { messageOf, seenChannelOf } from '../lookups.ts';
import { NOTHING, ok, route } from '../route.ts';
import type { Asked } from '../route.ts';

const MOST_KINDS = 20;
const BASE = '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}';

/** Reactions to a message. */
export const reactionRoutes = [
  route(`PUT ${BASE}/@me`, (asked) => {
    const { world } = asked;
    const channel = seenChannelOf(asked);
    demand(world, channel, 'ReadMessageHistory');
    const message = messageOf(asked, channel);
    const emoji = emojiOf(asked);
    if (!message.reactions.has(emoji)) demand(world, channel, 'AddReactions');
    if (!message.reactions.has(emoji) && message.reactions.size >= MOST_KINDS) throw refusal(30010);
    react(world, message, { emoji, userId: world.bot.id, isThere: true });
    return NOTHING;
  }),
  route(`DELETE ${BASE}/@me`, (asked) => {
    const { world } = asked;
    const message = messageOf(asked, seenChannelOf(asked));
    react(world, message, { emoji: emojiOf(asked), userId: world.bot.id, isThere: false });
    return NOTHING;
  }),
  route(`GET ${BASE}`, (asked) => {
    const message = messageOf(asked, seenChannelOf(asked));
    const people = [...(message.reactions.get(emojiOf(asked)) ?? [])];
    return ok(people.map((id) => userJson(userById(asked.world, id))));
  }),
];

/** The emoji in the path: one of Unicode, since this guild has none of its own. */
function emojiOf({ param }: Asked): string {
  const emoji = param('emoji_name');
  if (
    !/\p{Extended_Pictographic}|\p{Emoji_Presentation}|\p{Regional_Indicator}|[\d#*]\uFE0F?\u20E3/u.test(
      emoji,
    )
  )
    throw refusal(10014);
  return emoji;
}
