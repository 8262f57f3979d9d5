import { PermissionFlagsBits } from 'discord.js';

/** What Firebell needs in a server, as the page of roles calls it, and what for. */
export const NEEDED = [
  { bit: PermissionFlagsBits.ViewChannel, name: 'View Channels', why: 'to see its own rooms' },
  { bit: PermissionFlagsBits.SendMessages, name: 'Send Messages', why: 'to speak in rooms' },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads and Posts',
    why: 'to speak in posts of the forum',
  },
  { bit: PermissionFlagsBits.EmbedLinks, name: 'Embed Links', why: 'to show cards' },
  { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', why: 'to post postmortems' },
  { bit: PermissionFlagsBits.ReadMessageHistory, name: 'Read Message History', why: 'for transcripts' },
  { bit: PermissionFlagsBits.AddReactions, name: 'Add Reactions', why: 'to mark messages' },
  { bit: PermissionFlagsBits.ManageChannels, name: 'Manage Channels', why: 'to open and close rooms' },
  { bit: PermissionFlagsBits.ManageRoles, name: 'Manage Roles', why: 'for private rooms and on-call roles' },
  { bit: PermissionFlagsBits.ManageThreads, name: 'Manage Threads and Posts', why: 'to close posts' },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    name: 'Create Public Threads',
    why: 'to open posts of the forum',
  },
  { bit: PermissionFlagsBits.PinMessages, name: 'Pin Messages', why: 'to pin the card' },
  { bit: PermissionFlagsBits.Connect, name: 'Connect', why: 'to make voice channels' },
] as const;

/** All of it in the number that an invite carries. */
export const NEEDED_BITS = NEEDED.reduce((sum, { bit }) => sum | bit, 0n);

/** The address at which an admin lets Firebell into a server, with these permissions and no others. */
export function inviteUrl({
  application,
  guild,
}: {
  readonly application: string;
  readonly guild: string;
}): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(NEEDED_BITS),
    guild_id: guild,
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** Those of the needed permissions that are not in a number; an administrator has all. */
export function missingIn(permissions: bigint): (typeof NEEDED)[number][] {
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return [];
  return NEEDED.filter(({ bit }) => (permissions & bit) === 0n);
}
