import { AUTH } from './auth.ts';
import { BOOKMARKS } from './bookmarks.ts';
import { CANVASES } from './canvases.ts';
import { CHANNEL_LISTS } from './channel-lists.ts';
import { CHAT } from './chat.ts';
import { CONVERSATIONS } from './conversations.ts';
import { FILES } from './files.ts';
import { HISTORY } from './history.ts';
import { MARKS } from './marks.ts';
import type { Method } from './method.ts';
import { SCHEDULED } from './scheduled.ts';
import { USER_GROUPS } from './user-groups.ts';
import { USERS } from './users.ts';
import { VIEWS } from './views.ts';

/** Every method that is spoken with a bot token. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...AUTH,
    ...BOOKMARKS,
    ...CANVASES,
    ...CHANNEL_LISTS,
    ...CHAT,
    ...CONVERSATIONS,
    ...FILES,
    ...HISTORY,
    ...MARKS,
    ...SCHEDULED,
    ...USER_GROUPS,
    ...USERS,
    ...VIEWS,
  }),
);
