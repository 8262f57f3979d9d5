import { z } from 'zod';
import type { RoomLink } from '../platform.ts';
import type { SlackAnswer } from './failure.ts';
import type { SlackParts } from './parts.ts';
import { fit } from './render/fit.ts';
import { webLink } from './render/reading.ts';

const Listed = z.object({ bookmarks: z.array(z.object({ link: z.string().nullish() })) });
const LONGEST_TITLE = 255;

/** There is no place left for them, or the workspace does not want any: the card has the same links. */
const HARMLESS = new Set(['too_many_bookmarks', 'invalid_link', 'restricted_action', 'user_is_restricted']);

/** Puts links over a channel that are not there yet. What people put there stays. */
export async function bookmark(
  channel: string,
  links: readonly RoomLink[],
  { api, deps }: SlackParts,
): Promise<SlackAnswer<null>> {
  const wanted = links.flatMap(({ label, url }) => {
    const link = webLink(url, { publicUrl: deps.publicUrl() });
    return link === null ? [] : [{ label, link }];
  });
  if (wanted.length === 0) return { ok: true, value: null };
  const listed = await api.call({
    method: 'bookmarks.list',
    args: { channel_id: channel },
    answers: Listed,
    urgency: 'cosmetic',
  });
  if (!listed.ok) return listed;
  const there = new Set(listed.value.bookmarks.map(({ link }) => link));
  for (const { label, link } of wanted) {
    if (there.has(link)) continue;
    const added = await api.call({
      method: 'bookmarks.add',
      args: { channel_id: channel, title: fit(label, LONGEST_TITLE), type: 'link', link },
      answers: z.object({}),
      urgency: 'cosmetic',
    });
    if (!added.ok && !HARMLESS.has(added.failure.code)) return added;
  }
  return { ok: true, value: null };
}
