import type { Console } from '../chat/console/console.ts';
import type { ChatEffectParts } from '../chat/effects/parts.ts';
import type { Shared } from './parts.ts';

/** What the effects of the chat are made of. */
export function chatParts({ reads, directory, options }: Shared, { platform }: Console): ChatEffectParts {
  return { chat: platform, reads, directory, clock: options.clock };
}
