import { z } from 'zod';
import type { Directory, Person } from '../../domain/directory.ts';
import type { SlackApi } from './api.ts';
import { permanent } from './failure.ts';
import type { SlackAnswer } from './failure.ts';
import type { Urgency } from './lanes.ts';

/** Who is who between the configuration and the workspace. */
export interface SlackPeople {
  /** The account of a person: the one that is configured or proven, else the one of their mail address. */
  readonly accountOf: (person: Person, urgency: Urgency) => Promise<SlackAnswer<string>>;
  /** The accounts of those who have one, the others left out. */
  readonly accountsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The person behind an account; null for a guest of ours. */
  readonly personOf: (userId: string) => string | null;
}

/** An id of an account, `U0123ABCD` or `W0123ABCD`. */
export const ACCOUNT = /^[UW][A-Z0-9]{2,}$/;

const Found = z.object({ user: z.object({ id: z.string(), deleted: z.boolean().optional() }) });

const REMEMBERED_MS = 60 * 60_000;

interface ByMail {
  readonly userId: string;
  readonly at: number;
}

/** Finds accounts; those found by mail are remembered for an hour, those not found are asked for again. */
export function createSlackPeople(api: SlackApi, directory: () => Directory): SlackPeople {
  const byMail = new Map<string, ByMail>();

  async function lookUp(email: string, urgency: Urgency): Promise<SlackAnswer<string>> {
    const known = byMail.get(email);
    if (known && performance.now() - known.at < REMEMBERED_MS) return { ok: true, value: known.userId };
    const found = await api.call({
      method: 'users.lookupByEmail',
      args: { email },
      answers: Found,
      urgency,
    });
    if (!found.ok) return known ? { ok: true, value: known.userId } : found;
    byMail.set(email, { userId: found.value.user.id, at: performance.now() });
    return { ok: true, value: found.value.user.id };
  }

  const accountOf: SlackPeople['accountOf'] = async ({ name, handles, email }, urgency) => {
    const handle = handles['slack'];
    if (handle !== undefined && ACCOUNT.test(handle)) return { ok: true, value: handle };
    if (email !== null) return lookUp(email, urgency);
    return { ok: false, failure: permanent('user_not_found', `${name} has no account on Slack`) };
  };

  return {
    accountOf,
    accountsOf: async (ids) => {
      const accounts = new Map<string, string>();
      for (const id of ids) {
        const person = directory().people.get(id);
        const account = person && (await accountOf(person, 'room'));
        if (account?.ok) accounts.set(id, account.value);
      }
      return accounts;
    },
    personOf: (userId) => {
      for (const { id, handles, email } of directory().people.values()) {
        if (handles['slack'] === userId) return id;
        if (email !== null && handles['slack'] === undefined && byMail.get(email)?.userId === userId)
          return id;
      }
      return null;
    },
  };
}
