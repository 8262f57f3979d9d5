import { ApplicationFlags, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordConfig } from '../../../config/config.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createApis } from '../api.ts';
import type { Api } from '../api.ts';
import { discordCommands } from '../commands.ts';
import { categoriesNamed } from '../guild.ts';
import { Channels, Made, Role, User } from '../shapes.ts';
import { inviteUrl, missingIn } from './permissions.ts';

/** One thing that was looked at. `advice` is what to click, where it is not as it should be. */
export interface Checked {
  readonly ok: boolean;
  readonly what: string;
  readonly advice: string | null;
}

const Member = z.object({ roles: z.array(z.string()) });
const Application = z.object({ id: z.string(), flags: z.int().default(0) });
const Gateway = z.object({ session_start_limit: z.object({ remaining: z.int(), total: z.int() }) });

const NEARLY_FULL = 450;
const FEW_STARTS = 100;

/** Looks at everything that Firebell needs of Discord, and says for each what to click. Stops where nothing further can be seen. */
export async function examine(settings: DiscordConfig, logger: Logger): Promise<readonly Checked[]> {
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
    await examineApplication(settings, house),
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
    ...(await examineRoles(settings, house, me.value.id)),
    ...(await examineChannels(settings, house)),
    await examineCommands(settings, house),
  ];
}

const TOKEN_ADVICE =
  'In the Developer Portal, under Bot, press Reset Token, and put the new one where chat.discord.token takes it from.';

const NETWORK_ADVICE =
  'Look at the network between this machine and discord.com, a proxy or firewall among it, and at https://discordstatus.com.';

function yes(what: string): Checked {
  return { ok: true, what, advice: null };
}

function no(what: string, advice: string): Checked {
  return { ok: false, what, advice };
}

async function examineApplication({ application }: DiscordConfig, house: Api): Promise<Checked> {
  const read = await house.call({ method: 'GET', route: Routes.currentApplication() }, Application);
  if (!read.ok) return no(`The application: ${read.failure.reason}`, 'Try again in a minute.');
  if (read.value.id !== application)
    return no(
      `The token belongs to the application ${read.value.id}, the configuration says ${application}.`,
      'Put the Application ID from General Information into chat.discord.application.',
    );
  const readsMessages =
    (read.value.flags &
      (ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited)) !==
    0;
  return readsMessages
    ? yes('Message Content Intent is on: transcripts hold what people write.')
    : no(
        'Message Content Intent is off: transcripts stay empty, and pins write no notes.',
        'In the Developer Portal, under Bot, switch on Message Content Intent, and save.',
      );
}

async function examineGateway(house: Api): Promise<Checked> {
  const read = await house.call({ method: 'GET', route: Routes.gatewayBot() }, Gateway);
  if (!read.ok) return no(`The gateway: ${read.failure.reason}`, 'Try again in a minute.');
  const { remaining, total } = read.value.session_start_limit;
  const what = `${remaining} of ${total} starts are left today.`;
  return remaining < FEW_STARTS
    ? no(what, 'Something restarts all the time: look into the log. Firebell spreads those that are left.')
    : yes(what);
}

async function examineRoles(settings: DiscordConfig, house: Api, bot: string): Promise<readonly Checked[]> {
  const { guild, onCallRoles, privateRoles } = settings;
  const [roles, member] = await Promise.all([
    house.call({ method: 'GET', route: Routes.guildRoles(guild) }, z.array(Role)),
    house.call({ method: 'GET', route: Routes.guildMember(guild, bot) }, Member),
  ]);
  if (!roles.ok || !member.ok)
    return [no('The roles of the server could not be read.', 'Try again in a minute.')];
  const ours = roles.value.filter(({ id }) => id === guild || member.value.roles.includes(id));
  const missing = missingIn(ours.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n));
  const top = Math.max(0, ...ours.map(({ position }) => position));
  const permissions =
    missing.length === 0
      ? [yes('Firebell has every permission that it needs.')]
      : missing.map(({ name, why }) =>
          no(
            `The permission ${name} is missing: it is needed ${why}.`,
            `Server Settings, Roles, Firebell, Permissions: switch on ${name}.`,
          ),
        );
  const named = [...onCallRoles.map(({ role }) => role), ...privateRoles];
  return [
    ...permissions,
    ...named.map((id) =>
      examineRole(id, { roles: roles.value, top, mustGive: onCallRoles.some(({ role }) => role === id) }),
    ),
  ];
}

interface Seen {
  readonly roles: readonly Role[];
  readonly top: number;
  readonly mustGive: boolean;
}

function examineRole(id: string, { roles, top, mustGive }: Seen): Checked {
  const role = roles.find((one) => one.id === id);
  if (role === undefined)
    return no(`There is no role ${id}.`, 'Server Settings, Roles, the three dots of the role, Copy Role ID.');
  if (!mustGive || role.position < top) return yes(`The role ${role.name} is there.`);
  return no(
    `The role ${role.name} stands above that of Firebell, which cannot give it to anybody.`,
    `Server Settings, Roles: drag the role of Firebell above ${role.name}.`,
  );
}

async function examineChannels(settings: DiscordConfig, house: Api): Promise<readonly Checked[]> {
  const read = await house.call({ method: 'GET', route: Routes.guildChannels(settings.guild) }, Channels);
  if (!read.ok) return [no(`The channels: ${read.failure.reason}`, 'Try again in a minute.')];
  const count = read.value.length;
  const categories = [settings.category, settings.archive].map((name) =>
    categoriesNamed(name, read.value).length > 0
      ? yes(`The category ${name} is there.`)
      : yes(`The category ${name} is made when it is first needed.`),
  );
  const full = `The server has ${count} of 500 channels.`;
  return [
    ...categories,
    count < NEARLY_FULL
      ? yes(full)
      : no(full, `Delete channels in ${settings.archive}. Near 500, incidents become posts of a forum.`),
  ];
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
