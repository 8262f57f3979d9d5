import { Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../../../config/config.ts';
import type { Directory } from '../../../domain/directory.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createApis } from '../api.ts';
import type { Api } from '../api.ts';
import { discordCommands } from '../commands.ts';
import { Channels, Made, Role, User } from '../shapes.ts';
import { no, yes } from './checked.ts';
import type { Checked } from './checked.ts';
import { examineApplication } from './examine-application.ts';
import { examinePlaces } from './examine-places.ts';
import type { Standing } from './examine-places.ts';
import { examineRoles } from './examine-roles.ts';
import { inviteUrl } from './permissions.ts';

const Member = z.object({ roles: z.array(z.string()) });
const Gateway = z.object({ session_start_limit: z.object({ remaining: z.int(), total: z.int() }) });

const FEW_STARTS = 100;

/** What the doctor goes by. */
export interface Patient {
  readonly settings: DiscordConfig;
  readonly directory: Directory;
  readonly logger: Logger;
}

/** Looks at everything that Firebell needs of Discord, and says for each what to click. Stops where nothing further can be seen. */
export async function examine({ settings, directory, logger }: Patient): Promise<readonly Checked[]> {
  const { token, apiUrl } = settings;
  const { house, signedIn } = createApis({ token, apiUrl, logger });
  const me = await house.call({ method: 'GET', route: Routes.user('@me') }, User);
  if (!me.ok)
    return [
      signedIn()
        ? no(me.failure.reason, NETWORK_ADVICE)
        : no(`The token: ${me.failure.reason}`, TOKEN_ADVICE),
    ];
  const known = [
    yes(`The token is that of ${me.value.username}.`),
    ...(await examineApplication(settings, house)),
    await examineGateway(house),
  ];
  const guild = await house.call(
    { method: 'GET', route: Routes.guild(settings.guild) },
    z.object({ name: z.string() }),
  );
  if (!guild.ok)
    return [
      ...known,
      no(`The server ${settings.guild}: ${guild.failure.reason}`, `Let Firebell in: ${inviteUrl(settings)}`),
    ];
  return [
    ...known,
    yes(`Firebell is in the server ${guild.value.name}.`),
    ...(await examineServer({ settings, directory, house, bot: me.value.id })),
    await examineCommands(settings, house),
  ];
}

const TOKEN_ADVICE =
  'In the Developer Portal, under Bot, press Reset Token, and put the new one where chat.discord.token takes it from.';

const NETWORK_ADVICE =
  'Look at the network between this machine and discord.com, a proxy or firewall among it, and at https://discordstatus.com.';

async function examineGateway(house: Api): Promise<Checked> {
  const read = await house.call({ method: 'GET', route: Routes.gatewayBot() }, Gateway);
  if (!read.ok) return no(`The gateway: ${read.failure.reason}`, 'Try again in a minute.');
  const { remaining, total } = read.value.session_start_limit;
  const what = `${remaining} of ${total} starts are left today.`;
  return remaining < FEW_STARTS
    ? no(what, 'Something restarts all the time: look into the log. Firebell spreads those that are left.')
    : yes(what);
}

interface Server {
  readonly settings: DiscordConfig;
  readonly directory: Directory;
  readonly house: Api;
  readonly bot: string;
}

async function examineServer({ settings, directory, house, bot }: Server): Promise<readonly Checked[]> {
  const { guild } = settings;
  const [roles, member, channels] = await Promise.all([
    house.call({ method: 'GET', route: Routes.guildRoles(guild) }, z.array(Role)),
    house.call({ method: 'GET', route: Routes.guildMember(guild, bot) }, Member),
    house.call({ method: 'GET', route: Routes.guildChannels(guild) }, Channels),
  ]);
  if (!roles.ok || !member.ok)
    return [no('The roles of the server could not be read.', 'Try again in a minute.')];
  const standing = standingOf(roles.value, { bot, roles: [guild, ...member.value.roles] });
  const seen = { directory, standing };
  return [
    ...examineRoles(roles.value, settings, seen),
    ...(channels.ok
      ? examinePlaces(channels.value, settings, seen)
      : [no(`The channels: ${channels.failure.reason}`, 'Try again in a minute.')]),
  ];
}

function standingOf(roles: readonly Role[], us: Omit<Standing, 'permissions'>): Standing {
  const ours = roles.filter(({ id }) => us.roles.includes(id));
  return { ...us, permissions: ours.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n) };
}

async function examineCommands({ application, guild }: DiscordConfig, house: Api): Promise<Checked> {
  const route = Routes.applicationGuildCommands(application, guild);
  const read = await house.call({ method: 'GET', route }, z.array(z.object({ name: z.string() })));
  if (!read.ok)
    return no(
      `The commands: ${read.failure.reason}`,
      `Let Firebell in again, with its commands: ${inviteUrl({ application, guild })}`,
    );
  const there = new Set(read.value.map(({ name }) => name));
  const missing = discordCommands().filter(({ name }) => !there.has(name));
  return missing.length === 0
    ? yes('All commands are registered.')
    : yes('The commands are registered when the bot starts.');
}

/** Sends one person a word by direct message, the only way to know that pages reach them. */
export async function tryDirect(
  settings: DiscordConfig,
  { name, userId }: { readonly name: string; readonly userId: string },
  logger: Logger,
): Promise<Checked> {
  const { pages } = createApis({ token: settings.token, apiUrl: settings.apiUrl, logger });
  const opened = await pages.call(
    { method: 'POST', route: Routes.userChannels(), body: { recipient_id: userId } },
    Made,
  );
  const body = {
    content: 'Firebell tries whether it can reach you here. It can; nothing is to be done.',
    allowed_mentions: { parse: [] },
  };
  const sent = opened.ok
    ? await pages.call({ method: 'POST', route: Routes.channelMessages(opened.value.id), body }, Made)
    : opened;
  return sent.ok
    ? yes(`${name} can be reached by direct message.`)
    : no(`${name} cannot be reached by direct message: ${sent.failure.reason}`, DM_ADVICE);
}

const DM_ADVICE =
  'They right-click the server, Privacy Settings, and allow direct messages; or take Firebell off their blocked list.';
