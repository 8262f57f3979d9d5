import { createHash } from 'node:crypto';
import { Routes } from 'discord.js';
import { z } from 'zod';
import { findPlatformPost, intendPost, recordPost, withdrawPost } from '../../store/platform-posts.ts';
import type { PlatformPost, PlatformPostKey } from '../../store/platform-posts.ts';
import { forgetPost, movePost } from '../../store/platform-reposts.ts';
import type { Message } from '../message.ts';
import type { Answer, MessageRef } from '../platform.ts';
import { answerOf } from './api.ts';
import type { Api, Called } from './api.ts';
import type { Guild } from './guild.ts';
import type { DiscordParts } from './parts.ts';
import { DISCORD, no, yes } from './parts.ts';
import { renderMessage } from './render/message-body.ts';
import type { Rendered } from './render/message-body.ts';
import { Made, Nothing } from './shapes.ts';
import { snowflakeAt } from './snowflake.ts';

/** What posting works with. */
export interface PostParts extends DiscordParts {
  readonly guild: Guild;
  /** Rooms in which one person is spoken to: what is said there goes by the way of the pages. */
  readonly isDirect: (roomId: string) => boolean;
  /** Messages that were posted anew because they were too old to be edited: old id -> new id. Only saves calls. */
  readonly moved: Map<string, string>;
  /** Told what was said, for the transcript. */
  readonly said: (ref: MessageRef, message: Message) => void;
}

const UNKNOWN_MESSAGE = 10_008;
const TOO_OLD_TO_EDIT = 30_046;

/** For so long Discord takes a second message of one nonce for the first. A little less than it really is. */
const NONCE_LASTS_MS = 100_000;
/** Our clock and Discord's may differ. */
const SLACK_MS = 15_000;
const LATER_MS = 10 * 60_000;

/** Posts once per key: written down before it is sent, with a nonce of its own, and looked for before it is sent again. */
export async function post(
  parts: PostParts,
  { roomId, message, key }: { readonly roomId: string; readonly message: Message; readonly key: string },
): Promise<Answer<MessageRef>> {
  const { deps } = parts;
  const about = { platform: DISCORD, roomId, key };
  const intended = await intendPost(deps.db, about, deps.clock.now());
  if (intended.messageId !== null) return yes({ roomId, messageId: intended.messageId });
  const rendered = await render(message, parts);
  const isOld = deps.clock.now().getTime() - intended.intendedAt.getTime() > NONCE_LASTS_MS;
  const found = isOld ? await look(parts, { roomId, since: intended.intendedAt, rendered }) : yes(null);
  if (!found.ok) return found;
  const sent = found.value === null ? await send(parts, intended, rendered) : yes(found.value);
  if (!sent.ok) return sent;
  await recordPost(deps.db, { ...about, messageId: sent.value }, deps.clock.now());
  const ref = { roomId, messageId: sent.value };
  parts.said(ref, message);
  return yes(ref);
}

async function render(message: Message, { deps, guild, values }: PostParts): Promise<Rendered> {
  if (message.notifyGroups !== undefined) await guild.roles();
  const directory = deps.directory();
  const rendered = renderMessage(message, { directory, roleOf: guild.roleNamed, keep: values.keep });
  await values.settled();
  return rendered;
}

async function send(parts: PostParts, about: PlatformPost, rendered: Rendered): Promise<Answer<string>> {
  const api = apiFor(about.roomId, parts);
  // Discord refuses the nonce of a message that was deleted: one that is said anew under its key gets another.
  const nonce = await nonceOf({ ...about, key: `${about.key} ${about.intendedAt.getTime()}` }, parts);
  const first = await sendOnce(api, about.roomId, { rendered, nonce });
  // With its nonce it may be sent again at once: if the first arrived, Discord answers with that one.
  const last =
    !first.ok && first.failure.ambiguous ? await sendOnce(api, about.roomId, { rendered, nonce }) : first;
  if (last.ok) return yes(last.value.id);
  if (!last.failure.ambiguous && (first.ok || !first.failure.ambiguous))
    await withdrawPost(parts.deps.db, about);
  return answerOf(last);
}

function sendOnce(
  api: Api,
  roomId: string,
  { rendered: { body, files }, nonce }: { readonly rendered: Rendered; readonly nonce: string },
): Promise<Called<{ id: string }>> {
  return api.call(
    {
      method: 'POST',
      route: Routes.channelMessages(roomId),
      body: { ...body, nonce, enforce_nonce: true },
      ...(files.length > 0 && { files: [...files] }),
    },
    Made,
  );
}

function apiFor(roomId: string, { apis, isDirect }: PostParts): Api {
  return isDirect(roomId) ? apis.pages : apis.house;
}

/** The same for the same key of the same installation; 25 characters at most. */
async function nonceOf({ roomId, key }: PlatformPostKey, { mark }: PostParts): Promise<string> {
  return createHash('sha256')
    .update(`${await mark()} ${roomId} ${key}`)
    .digest('base64url')
    .slice(0, 25);
}

const Posted = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  content: z.string(),
  embeds: z.array(z.object({ title: z.string().optional(), description: z.string().optional() })),
});

/** A message that an earlier try left behind: ours, since then, and with the same words. */
async function look(
  parts: PostParts,
  { roomId, since, rendered }: { readonly roomId: string; readonly since: Date; readonly rendered: Rendered },
): Promise<Answer<string | null>> {
  const me = await parts.guild.me();
  if (!me.ok) return me;
  const after = snowflakeAt(new Date(since.getTime() - SLACK_MS));
  const read = await apiFor(roomId, parts).call(
    {
      method: 'GET',
      route: Routes.channelMessages(roomId),
      query: new URLSearchParams({ after, limit: '100' }),
    },
    z.array(Posted),
  );
  if (!read.ok) return answerOf(read);
  const [embed] = rendered.body.embeds;
  const found = read.value.find(
    ({ author, content, embeds: [theirs] }) =>
      author.id === me.value.id &&
      content === rendered.body.content &&
      theirs?.title === embed?.title &&
      theirs?.description === embed?.description,
  );
  return yes(found?.id ?? null);
}

/** The message of a key, when it is known to have arrived. */
export async function posted(
  { deps }: PostParts,
  roomId: string,
  key: string,
): Promise<Answer<MessageRef | null>> {
  const known = await findPlatformPost(deps.db, { platform: DISCORD, roomId, key });
  return yes(known === null || known.messageId === null ? null : { roomId, messageId: known.messageId });
}

/** Changes a message of ours. A pinned one that Discord finds too old to be edited is posted and pinned anew. */
export async function edit(parts: PostParts, ref: MessageRef, message: Message): Promise<Answer<null>> {
  const { roomId } = ref;
  const messageId = parts.moved.get(ref.messageId) ?? ref.messageId;
  const { body } = await render(message, parts);
  // Whoever was notified once is not notified by an edit.
  const quiet = { ...body, allowed_mentions: { parse: [] } };
  const route = Routes.channelMessage(roomId, messageId);
  const change = (): Promise<Called<unknown>> =>
    apiFor(roomId, parts).call({ method: 'PATCH', route, body: quiet }, Nothing);
  const first = await change();
  const isAsleep = !first.ok && first.failure.code === 50_083;
  const edited = isAsleep ? await whileAwake(roomId, change, parts) : first;
  if (edited.ok) {
    parts.said({ roomId, messageId }, message);
    return yes(null);
  }
  if (edited.failure.code === UNKNOWN_MESSAGE) {
    await forgetPost(parts.deps.db, { platform: DISCORD, roomId, messageId });
    return { ok: false, failure: { ...edited.failure, message: 'gone' } };
  }
  if (edited.failure.code !== TOO_OLD_TO_EDIT) return answerOf(edited);
  return replaceIfPinned(parts, { roomId, messageId }, message);
}

/** Nothing is edited in a post of the forum that was shut; it is woken for the moment that this takes. */
async function whileAwake(
  roomId: string,
  act: () => Promise<Called<unknown>>,
  { apis: { house } }: PostParts,
): Promise<Called<unknown>> {
  const route = Routes.channel(roomId);
  const woken = await house.call({ method: 'PATCH', route, body: { archived: false } }, Nothing);
  if (!woken.ok) return woken;
  const done = await act();
  await house.call({ method: 'PATCH', route, body: { archived: true } }, Nothing);
  return done;
}

async function replaceIfPinned(parts: PostParts, ref: MessageRef, message: Message): Promise<Answer<null>> {
  const { house } = parts.apis;
  const route = Routes.channelMessage(ref.roomId, ref.messageId);
  const old = await house.call({ method: 'GET', route }, z.object({ pinned: z.boolean() }));
  if (!old.ok) return answerOf(old);
  if (!old.value.pinned)
    return no('temporary', 'Discord lets no more old messages be edited for now', LATER_MS);
  const rendered = await render({ ...message, notify: [] }, parts);
  const nonce = await nonceOf({ platform: DISCORD, roomId: ref.roomId, key: `anew:${ref.messageId}` }, parts);
  const anew = await sendOnce(house, ref.roomId, { rendered, nonce });
  if (!anew.ok) return answerOf(anew);
  const young = { roomId: ref.roomId, messageId: anew.value.id };
  parts.moved.set(ref.messageId, young.messageId);
  await movePost(parts.deps.db, { platform: DISCORD, ...ref }, young.messageId);
  parts.said(young, message);
  await pin(parts, young);
  await house.call({ method: 'DELETE', route }, Nothing);
  return yes(null);
}

/** Pins a message. Where that is not allowed, or no pin is left, the message stands there all the same: that is said in the log. */
export async function pin(
  { apis, deps, moved }: PostParts,
  { roomId, messageId }: MessageRef,
): Promise<Answer<null>> {
  const route = `/channels/${roomId}/messages/pins/${moved.get(messageId) ?? messageId}` as const;
  const pinned = await apis.house.call({ method: 'PUT', route }, Nothing);
  if (pinned.ok) return yes(null);
  const { code, reason } = pinned.failure;
  if (code !== 50_013 && code !== 30_003) return answerOf(pinned);
  deps.logger.warn({ reason }, 'A message could not be pinned: the role of Firebell needs Pin Messages');
  return yes(null);
}
