import { MessageFlags } from 'discord-api-types/v10';

import { invalidForm, refusal } from '../refusal.ts';
import { mentionsOf } from '../state/mentions.ts';
import type { Draft } from '../state/messages.ts';
import type { Attachment, Channel, Message } from '../state/shapes.ts';
import type { World } from '../state/world.ts';
import { storedComponents } from './bodies/components.ts';
import { storedEmbed } from './bodies/embed.ts';
import { checkMessage, isEmptyMessage } from './bodies/message.ts';
import type { MessageBody } from './bodies/message.ts';
import type { SentFile } from './route.ts';

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_FILES = 10;
const SETTABLE =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** A message as it came: its body and the files beside it. */
export interface Sent {
  readonly body: MessageBody;
  readonly files: readonly SentFile[];
  readonly authorId: string;
}

/** The draft of a new message; refuses what Discord refuses (50006, 50035, 40005). */
export function draftOf(world: World, channel: Channel, sent: Sent): Draft {
  const { body, files, authorId } = sent;
  checkMessage(body);
  if (isEmptyMessage(body, files.length)) throw refusal(50006);
  const content = body.content?.trim() ?? '';
  return {
    authorId,
    content,
    embeds: (body.embeds ?? []).map(storedEmbed),
    components: storedComponents(body.components ?? []),
    attachments: attachmentsOf(world, sent),
    flags: (body.flags ?? 0) & SETTABLE,
    ...mentionsOf(world, channel, { content, authorId, allowed: body.allowed_mentions ?? null }),
  };
}

/** What an edit changes: only what it names; null empties. */
export function changesOf(world: World, message: Message, sent: Sent): Partial<Draft> {
  const { body, files } = sent;
  const isV2 = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  checkMessage(isV2 ? { ...body, flags: (body.flags ?? 0) | MessageFlags.IsComponentsV2 } : body);
  const channel = world.channels.get(message.channelId);
  if (channel === undefined) throw refusal(10003);
  const content = body.content === undefined ? message.content : (body.content ?? '').trim();
  const kept =
    body.attachments == null
      ? message.attachments
      : message.attachments.filter(({ id }) => body.attachments?.some((one) => one.id === id));
  const changes: Partial<Draft> = {
    content,
    ...(body.embeds === undefined ? {} : { embeds: (body.embeds ?? []).map(storedEmbed) }),
    ...(body.components === undefined ? {} : { components: storedComponents(body.components ?? []) }),
    attachments: [...kept, ...(files.length > 0 ? attachmentsOf(world, sent) : [])],
    flags: (message.flags & ~MessageFlags.Loading) | ((body.flags ?? 0) & SETTABLE),
    ...mentionsOf(world, channel, {
      content,
      authorId: sent.authorId,
      allowed: body.allowed_mentions ?? null,
    }),
  };
  const after = { ...message, ...changes };
  if (!after.content && !after.embeds.length && !after.components.length && !after.attachments.length)
    throw refusal(50006);
  return changes;
}

function attachmentsOf(world: World, { body, files }: Sent): readonly Attachment[] {
  if (files.length > MAX_FILES)
    throw invalidForm([
      { path: ['files'], code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${MAX_FILES} or fewer in length.` },
    ]);
  return files.map((file) => {
    if (file.bytes.length > MAX_FILE_BYTES) throw refusal(40005);
    const said = body.attachments?.find(({ id }) => id === file.key);
    return {
      id: world.newId(),
      filename: (said?.filename ?? file.filename).replaceAll(/[^\w.-]/g, '_'),
      size: file.bytes.length,
      contentType: file.contentType,
      description: said?.description ?? null,
      bytes: file.bytes,
    };
  });
}
