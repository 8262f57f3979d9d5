import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { DiscordConfig } from '../../../config/config.ts';
import type { Directory } from '../../../domain/directory.ts';
import { categoriesNamed } from '../guild.ts';
import { channelNameOf, nameOf } from '../rooms/names.ts';
import type { Channel, Overwrite } from '../shapes.ts';
import { no, yes } from './checked.ts';
import type { Checked } from './checked.ts';
import { missingIn } from './permissions.ts';

/** Who Firebell is in the server, and what it may do there as a whole. */
export interface Standing {
  readonly bot: string;
  /** Ids of its roles, that of everybody among them. */
  readonly roles: readonly string[];
  readonly permissions: bigint;
}

const NEARLY_FULL = 450;

/** Looks at the places where Firebell works: its categories, its forum, and the channels in which it announces. */
export function examinePlaces(
  channels: readonly Channel[],
  settings: DiscordConfig,
  { directory, standing }: { readonly directory: Directory; readonly standing: Standing },
): readonly Checked[] {
  const categories = [settings.category, settings.archive].flatMap((name) => {
    const there = categoriesNamed(name, channels);
    if (there.length === 0) return [yes(`The category ${name} is made when it is first needed.`)];
    return there.map((one) => examinePlace(`The category ${nameOf(one)}`, one, { settings, standing }));
  });
  const { announceRoom, adminRoom } = directory.settings;
  const standingRooms = [announceRoom, adminRoom].flatMap((name) => {
    const there = channels.find(
      (one) => one.type === ChannelType.GuildText && channelNameOf(nameOf(one)) === channelNameOf(name),
    );
    return there ? [examinePlace(`The channel #${nameOf(there)}`, there, { settings, standing })] : [];
  });
  const full = `The server has ${channels.length} of 500 channels.`;
  return [
    ...categories,
    ...standingRooms,
    channels.length < NEARLY_FULL
      ? yes(full)
      : no(full, `Delete channels in ${settings.archive}. Near 500, incidents become posts of a forum.`),
  ];
}

/** A place may take from Firebell what the server gives it; what the server does not give is said once, of the server. */
function examinePlace(
  what: string,
  place: Channel,
  { settings: { guild }, standing }: { readonly settings: DiscordConfig; readonly standing: Standing },
): Checked {
  const taken = missingIn(permissionsIn(place.permission_overwrites ?? [], guild, standing)).filter(
    ({ bit }) => (standing.permissions & bit) !== 0n,
  );
  if (taken.length === 0) return yes(`${what} is there.`);
  const names = taken.map(({ name }) => name).join(', ');
  return no(
    `${what} takes from Firebell: ${names}.`,
    `Right-click ${nameOf(place)}, Edit, Permissions: add the role of Firebell, and allow it ${names}.`,
  );
}

/** Everybody first, then the roles together, then the member, as Discord reckons it. */
function permissionsIn(
  overwrites: readonly Overwrite[],
  guild: string,
  { bot, roles, permissions }: Standing,
): bigint {
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return permissions;
  const layers = [
    overwrites.filter(({ id }) => id === guild),
    overwrites.filter(({ id }) => id !== guild && roles.includes(id)),
    overwrites.filter(({ id }) => id === bot),
  ];
  return layers.reduce((now, layer) => {
    const deny = layer.reduce((all, one) => all | BigInt(one.deny), 0n);
    const allow = layer.reduce((all, one) => all | BigInt(one.allow), 0n);
    return (now & ~deny) | allow;
  }, permissions);
}
