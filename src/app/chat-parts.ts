import type { ChatEffectParts } from '../chat/effects/parts.ts';
import type { ChatPlatform } from '../chat/platform.ts';
import type { Shared } from './parts.ts';

/** What the effects of the chat are made of, over the platform where rooms are opened. */
export function chatParts({ reads, directory, options }: Shared, chat: ChatPlatform): ChatEffectParts {
  return { chat, reads, directory, clock: options.clock };
}
