import type { Channel, State } from '../workspace/state.ts';

/** Why this person cannot be brought into the channel; null when they can. */
export function inviteProblem(
  { users, channels, team }: State,
  channel: Channel,
  { user: id, by }: { readonly user: string; readonly by: string },
): string | null {
  if (id === by) return 'cant_invite_self';
  const user = users.get(id);
  if (!user || user.deleted) return 'user_not_found';
  if (channel.members.has(id)) return 'already_in_channel';
  if (user.teamId !== team.id && !channel.isShared) return 'org_user_not_in_team';
  const isElsewhere = [...channels.values()].some(
    ({ kind, members }) => (kind === 'public' || kind === 'private') && members.has(id),
  );
  return user.guest === 'single' && isElsewhere ? 'ura_max_channels' : null;
}
