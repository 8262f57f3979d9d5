import { z } from 'zod';
import type { Person } from '../../domain/directory.ts';
import type { SlackAnswer, SlackFailure } from './failure.ts';
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

/** Lets people into a channel who are not in it. Those without an account, or who may not enter, are left out; those of whom Slack did not say in this moment are a no that passes. */
export async function invite(
  channel: string,
  people: readonly Person[],
  parts: SlackParts,
): Promise<SlackAnswer<null>> {
  const accounts: string[] = [];
  let unknown: SlackFailure | null = null;
  for (const person of people) {
    const account = await parts.people.accountOf(person, 'room');
    if (account.ok) accounts.push(account.value);
    else if (account.failure.kind === 'temporary') unknown = account.failure;
  }
  const wanted = [...new Set(accounts)];
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const invited = await parts.api.call({
      method: 'conversations.invite',
      args: { channel, users: wanted.slice(i, i + AT_ONCE).join(','), force: true },
      answers: z.object({}),
      urgency: 'room',
    });
    if (!invited.ok && !HARMLESS.has(invited.failure.code)) return invited;
  }
  return unknown === null ? { ok: true, value: null } : { ok: false, failure: unknown };
}
