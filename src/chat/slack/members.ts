import { z } from 'zod';
import type { Person } from '../../domain/directory.ts';
import type { SlackAnswer } from './failure.ts';
import type { SlackParts } from './parts.ts';

const AT_ONCE = 100;

/** What Slack says when there is nobody left to let in, or when these few cannot be. */
const HARMLESS = new Set([
  'already_in_channel',
  'cant_invite_self',
  'user_is_restricted',
  'ura_max_channels',
  'user_not_found',
  'cant_invite',
  'no_user',
  'org_user_not_in_team',
  'failed_for_some_users',
]);

/** Lets people into a channel who are not in it. Those without an account, or who may not enter, are left out. */
export async function invite(
  channel: string,
  people: readonly Person[],
  parts: SlackParts,
): Promise<SlackAnswer<null>> {
  const accounts = await parts.people.accountsOf(people.map(({ id }) => id));
  const wanted = [...new Set(accounts.values())];
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const invited = await parts.api.call({
      method: 'conversations.invite',
      args: { channel, users: wanted.slice(i, i + AT_ONCE).join(','), force: true },
      answers: z.object({}),
      urgency: 'room',
    });
    if (!invited.ok && !HARMLESS.has(invited.failure.code)) return invited;
  }
  return { ok: true, value: null };
}
