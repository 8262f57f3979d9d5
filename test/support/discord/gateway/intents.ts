import { GatewayIntentBits } from 'discord-api-types/v10';

import type { Application } from '../state/world.ts';

const KNOWN = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

const PRIVILEGED = {
  messageContent: GatewayIntentBits.MessageContent,
  members: GatewayIntentBits.GuildMembers,
  presences: GatewayIntentBits.GuildPresences,
} as const;

/** The code with which Discord closes a session that asks for these intents; null when it may have them. */
export function intentsRefusal(asked: unknown, { intents }: Application): 4013 | 4014 | null {
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 0 || (asked & ~KNOWN) !== 0)
    return 4013;
  const isOff =
    (!intents.messageContent && (asked & PRIVILEGED.messageContent) !== 0) ||
    (!intents.members && (asked & PRIVILEGED.members) !== 0) ||
    (!intents.presences && (asked & PRIVILEGED.presences) !== 0);
  return isOff ? 4014 : null;
}

/** True when a session with these intents is shown what people write. */
export function seesContent(intents: number): boolean {
  return (intents & GatewayIntentBits.MessageContent) !== 0;
}

/** True when a session with these intents hears of members. */
export function knowsMembers(intents: number): boolean {
  return (intents & GatewayIntentBits.GuildMembers) !== 0;
}
