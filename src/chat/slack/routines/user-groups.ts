import { z } from 'zod';
import { onCallAt } from '../../../domain/schedule/on-call.ts';
import type { SlackParts } from '../parts.ts';

const Users = z.object({ users: z.array(z.string()) });

/** What Slack says, and what would help. */
const HELP: Readonly<Record<string, string>> = {
  permission_denied:
    'let apps change user groups: Settings & administration > Workspace settings > Permissions > User groups',
  plan_upgrade_required: 'user groups need a paid plan of Slack',
  paid_teams_only: 'user groups need a paid plan of Slack',
  missing_scope: 'add usergroups:read and usergroups:write under OAuth & Permissions and reinstall the app',
};

/** Somebody may have changed the group by hand: it is compared this often even when nothing changed here. */
const COMPARE_MS = 10 * 60_000;

/** What did not work is tried again after this long, unless somebody else is on call by then. */
const AGAIN_MS = 60_000;

interface Known {
  readonly users: string;
  readonly at: number;
  /** Why it could not be done; null when it is done. */
  readonly trouble: string | null;
}

/**
 * Makes user groups name who is on call now. `groups` are handles by schedule. A group is never emptied: while nobody is on call it keeps
 * whoever was last. Throws an Error that says what to do when a group could not be changed, after the others had their turn.
 */
export function createGroupSync(
  parts: SlackParts,
  groups: () => ReadonlyMap<string, readonly string[]>,
): (now: Date) => Promise<void> {
  const known = new Map<string, Known>();
  return async (now) => {
    const troubles: string[] = [];
    for (const [handle, schedules] of groups()) {
      const users = await onCallIn(schedules, now, parts);
      const before = known.get(handle);
      const state = isFresh(before, users, now)
        ? before
        : { users: users.join(), at: now.getTime(), trouble: await sync(handle, users, parts) };
      known.set(handle, state);
      if (state.trouble !== null) troubles.push(`@${handle}: ${state.trouble}`);
    }
    if (troubles.length > 0) throw new Error(`Slack user groups: ${troubles.join('; ')}`);
  };
}

/** A change of shift is a change of the users: it is never fresh. */
function isFresh(before: Known | undefined, users: readonly string[], now: Date): before is Known {
  if (before?.users !== users.join()) return false;
  return now.getTime() - before.at < (before.trouble === null ? COMPARE_MS : AGAIN_MS);
}

async function onCallIn(
  schedules: readonly string[],
  now: Date,
  { deps, people }: SlackParts,
): Promise<readonly string[]> {
  const directory = deps.directory();
  const ids = schedules.flatMap((id) => {
    const named = directory.schedules.get(id);
    return named === undefined ? [] : onCallAt(named.schedule, now);
  });
  const accounts = await people.accountsOf([...new Set(ids)]);
  return [...new Set(accounts.values())].toSorted();
}

/** Why it could not be done; null when it is done. */
async function sync(
  handle: string,
  users: readonly string[],
  { api, groups }: SlackParts,
): Promise<string | null> {
  const group = await groups.idOf(handle);
  if (!group.ok) return told(group.failure);
  if (group.value === null) return 'there is no such user group: make it under People > User groups';
  if (users.length === 0) return 'nobody on call has an account on Slack, so it stays as it was';
  const there = await api.call({
    method: 'usergroups.users.list',
    args: { usergroup: group.value },
    answers: Users,
    urgency: 'cosmetic',
  });
  if (there.ok && there.value.users.toSorted().join() === users.join()) return null;
  const updated = await api.call({
    method: 'usergroups.users.update',
    args: { usergroup: group.value, users: users.join(',') },
    answers: z.object({}),
    urgency: 'cosmetic',
  });
  return updated.ok ? null : told(updated.failure);
}

function told({ code, reason }: { readonly code: string; readonly reason: string }): string {
  const help = HELP[code];
  return help === undefined ? reason : `${reason}; ${help}`;
}
