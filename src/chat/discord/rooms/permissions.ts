import { PermissionFlagsBits } from 'discord.js';
import { LIMITS } from '../render/limits.ts';
import type { Overwrite } from '../shapes.ts';

const P = PermissionFlagsBits;

/** What whoever is in a room may do there. */
const TAKE_PART = P.ViewChannel | P.SendMessages | P.ReadMessageHistory | P.SendMessagesInThreads;
/** What the bot needs in every room, stated in each so that no category takes it away. */
const SERVE = TAKE_PART | P.EmbedLinks | P.AttachFiles | P.AddReactions;
/**
 * What nobody does in a room that is closed. Nobody can take away what they do not have themselves, so it is no more than what the
 * invite asks for; a private thread can still be begun, but no word be said in it.
 */
const SPEAK = P.SendMessages | P.SendMessagesInThreads | P.CreatePublicThreads;
/** What may have been taken away when a room was closed. */
const TAKEN = SPEAK | P.CreatePrivateThreads;

/** A private room from its first moment: nobody sees it but the bot, these roles, and these people, as many as a request takes; the others are let in one by one. */
export function privateOverwrites({ guild, bot, users, roles }: Seen): Overwrite[] {
  return [
    { id: guild, type: 0, allow: '0', deny: String(P.ViewChannel) },
    { id: bot, type: 1, allow: String(SERVE), deny: '0' },
    ...roles.map((id) => ({ id, type: 0, allow: String(TAKE_PART), deny: '0' })),
    ...[...new Set(users)].map(memberOverwrite),
  ].slice(0, LIMITS.overwrites);
}

export interface Seen {
  readonly guild: string;
  readonly bot: string;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** Somebody who is in a private room. */
export function memberOverwrite(id: string): Overwrite {
  return { id, type: 1, allow: String(TAKE_PART), deny: '0' };
}

/** Whether a room is hidden from those who were not let in. */
export function isHidden(overwrites: readonly Overwrite[], guild: string): boolean {
  return overwrites.some(({ id, deny }) => id === guild && (BigInt(deny) & P.ViewChannel) !== 0n);
}

/** The overwrites of a room when it is closed: everybody reads, nobody speaks; the bot may go on. */
export function closed(overwrites: readonly Overwrite[], { guild, bot }: Pick<Seen, 'guild' | 'bot'>) {
  const everyone = overwriteOf(overwrites, guild, 0);
  const ours = overwriteOf(overwrites, bot, 1);
  const others = overwrites
    .filter(({ id }) => id !== guild && id !== bot)
    .map((one) => ({ ...one, allow: String(BigInt(one.allow) & ~SPEAK) }));
  return [
    {
      ...everyone,
      deny: String(BigInt(everyone.deny) | SPEAK),
      allow: String(BigInt(everyone.allow) & ~SPEAK),
    },
    { ...ours, allow: String(BigInt(ours.allow) | SERVE) },
    ...others,
  ];
}

/** The overwrites of a room that is opened again. */
export function reopened(overwrites: readonly Overwrite[], guild: string): Overwrite[] {
  const wasHidden = isHidden(overwrites, guild);
  return overwrites
    .map((one) => {
      if (one.id === guild) return { ...one, deny: String(BigInt(one.deny) & ~TAKEN) };
      return wasHidden
        ? { ...one, allow: String(BigInt(one.allow) | P.SendMessages | P.SendMessagesInThreads) }
        : one;
    })
    .filter(({ allow, deny }) => allow !== '0' || deny !== '0');
}

function overwriteOf(overwrites: readonly Overwrite[], id: string, type: 0 | 1): Overwrite {
  return overwrites.find((one) => one.id === id) ?? { id, type, allow: '0', deny: '0' };
}
