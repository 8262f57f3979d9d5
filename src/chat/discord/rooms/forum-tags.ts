import { Routes } from 'discord.js';
import { clip } from '../render/markdown.ts';
import { LIMITS } from '../render/limits.ts';
import type { Channel } from '../shapes.ts';
import { Channel as ChannelShape } from '../shapes.ts';
import type { RoomParts } from './room-parts.ts';

/** Words that a post can be tagged with beside its severity. */
const STATUSES = ['triage', 'investigating', 'identified', 'monitoring', 'resolved', 'closed'];

/** The ids of the tags of these names, as many as a post takes. */
export function tagIds(tags: readonly string[], { available_tags = [] }: Channel): string[] {
  const wanted = new Set(tags.map(keyOf));
  return available_tags
    .filter(({ name }) => wanted.has(keyOf(name)))
    .map(({ id }) => id)
    .slice(0, LIMITS.appliedTags);
}

/** Names of the tags that a forum of ours has: every severity and status, unlike in more than their case, as many as a forum takes. */
export function tagNames(more: readonly string[], { deps }: Pick<RoomParts, 'deps'>): readonly string[] {
  const severities = deps.directory().severities.map(({ id }) => id);
  const all = [...severities, ...STATUSES, ...more].map((tag) => clip(tag, LIMITS.tagName));
  return [...new Map(all.toReversed().map((tag) => [keyOf(tag), tag])).values()]
    .toReversed()
    .slice(0, LIMITS.forumTags);
}

/** Two tags of a forum may not differ in their case alone. */
function keyOf(tag: string): string {
  return clip(tag, LIMITS.tagName).toLowerCase();
}

/** The forum with the tags that it lacks, as many as fit: somebody else may have made it. Without them a post is as good, so a failure is only logged. */
export async function completeTags(
  forum: Channel,
  wanted: readonly string[],
  { apis, deps }: RoomParts,
): Promise<Channel> {
  const there = forum.available_tags ?? [];
  const known = new Set(there.map(({ name }) => keyOf(name)));
  const lacking = wanted
    .filter((tag) => !known.has(keyOf(tag)))
    .slice(0, Math.max(0, LIMITS.forumTags - there.length));
  if (lacking.length === 0) return forum;
  const body = { available_tags: [...there, ...lacking.map((name) => ({ name }))] };
  const changed = await apis.house.call(
    { method: 'PATCH', route: Routes.channel(forum.id), body, reason: 'Severities and statuses as tags' },
    ChannelShape,
  );
  if (changed.ok) return changed.value;
  deps.logger.warn({ reason: changed.failure.reason }, 'Tags could not be added to the forum');
  return forum;
}
