import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guild.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { pinRoutes } from './routes/pins.ts';
import { reactionRoutes } from './routes/reactions.ts';
import { threadRoutes } from './routes/threads.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import type { Route } from './route.ts';

/** Every request that this Discord answers; the ones without placeholders before those with. */
export const ROUTES: readonly Route[] = [
  ...userRoutes,
  ...channelRoutes,
  ...pinRoutes,
  ...reactionRoutes,
  ...threadRoutes,
  ...messageRoutes,
  ...guildRoutes,
  ...commandRoutes,
  ...interactionRoutes,
  ...webhookRoutes,
];
