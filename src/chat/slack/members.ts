import { z } from 'zod';
import type { Person } from '../../domain/directory.ts';
import type { SlackApi } from './api.ts';
import type { SlackAnswer, SlackFailure } from './failure.ts';
import type { SlackPeople } from './people.ts';

/** Lets people into channels. Those without an account, or who may not enter, are left out; those of whom Slack did not say in this moment are a no that passes. */
export interface Members {
  /** Lets in all of these, before anything else that goes on in other rooms: somebody was paged and needs the room. */
  readonly letIn: (channel: string, people: readonly Person[]) => Promise<SlackAnswer<null>>;
  /** Lets in whoever was not let in before, after the rooms that are being opened. Whoever has left since stays away. */
  readonly addNew: (channel: string, people: readonly Person[]) => Promise<SlackAnswer<null>>;
}

const AT_ONCE = 100;
/** Forgotten channels cost a call each, and nothing else. */
const MOST_CHANNELS = 1_000;

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

type Urgency = 'room' | 'card';

/** Remembers whom it let in where, so that a room that is looked at again and again costs no calls. */
export function createMembers(api: SlackApi, people: SlackPeople): Members {
  const letIn = new Map<string, ReadonlySet<string>>();

  function remember(channel: string, accounts: readonly string[]): void {
    const there = letIn.get(channel) ?? [];
    if (letIn.size >= MOST_CHANNELS) letIn.clear();
    letIn.set(channel, new Set([...there, ...accounts]));
  }

  async function invite(
    channel: string,
    wanted: readonly string[],
    urgency: Urgency,
  ): Promise<SlackAnswer<null>> {
    for (let i = 0; i < wanted.length; i += AT_ONCE) {
      const some = wanted.slice(i, i + AT_ONCE);
      const invited = await api.call({
        method: 'conversations.invite',
        args: { channel, users: some.join(','), force: true },
        answers: z.object({}),
        urgency,
      });
      if (!invited.ok && !HARMLESS.has(invited.failure.code)) return invited;
      remember(channel, some);
    }
    return { ok: true, value: null };
  }

  async function accountsOf(those: readonly Person[]) {
    const accounts = new Set<string>();
    let unknown: SlackFailure | null = null;
    for (const person of those) {
      const account = await people.accountOf(person, 'room');
      if (account.ok) accounts.add(account.value);
      else if (account.failure.kind === 'temporary') unknown = account.failure;
    }
    return { accounts: [...accounts], unknown };
  }

  return {
    letIn: async (channel, those) => {
      const { accounts, unknown } = await accountsOf(those);
      const invited = await invite(channel, accounts, 'room');
      return invited.ok && unknown !== null ? { ok: false, failure: unknown } : invited;
    },
    addNew: async (channel, those) => {
      const { accounts, unknown } = await accountsOf(those);
      const known = letIn.get(channel);
      const added = accounts.filter((account) => known?.has(account) !== true);
      const invited = await invite(channel, added, 'card');
      return invited.ok && unknown !== null ? { ok: false, failure: unknown } : invited;
    },
  };
}
