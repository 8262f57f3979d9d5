import { dmChannel } from '../chat/dm-channel.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Directory } from '../domain/directory.ts';
import type { Channels } from '../notify/registry.ts';

/** What tells people something: chat, and the channels of `src/notify`. */
interface Ways {
  readonly home: ChatPlatform;
  readonly channels: Channels;
  readonly directory: () => Directory;
}

/** Every way to tell a person something, by its name in notification rules. */
export function channelsOf({ home, channels, directory }: Ways) {
  const all = [dmChannel({ chat: home, directory }), ...channels.all];
  return new Map(all.map((channel) => [channel.name, channel]));
}
