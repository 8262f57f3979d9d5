import type { Message } from '../message.ts';
import type { SlackParts } from './parts.ts';
import { renderMessage } from './render/message.ts';
import type { SlackMessage } from './render/message.ts';

/** A message for this room, with the accounts of those who are to be notified. A direct message needs no mention. */
export async function rendered(
  message: Message,
  { roomId, parts }: { readonly roomId: string; readonly parts: SlackParts },
): Promise<SlackMessage> {
  const { directory, publicUrl } = parts.deps;
  const isDirect = roomId.startsWith('D');
  return renderMessage(message, {
    directory: directory(),
    mentions: isDirect ? new Map() : await parts.people.accountsOf(message.notify),
    groups: isDirect ? new Map() : await parts.groups.idsOf(message.notifyGroups ?? []),
    publicUrl: publicUrl(),
  });
}
