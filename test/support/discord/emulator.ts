import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SYSTEM_CLOCK } from '../../../src/lib/clock.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { openGateway } from './gateway/gateway.ts';
import type { Gateway } from './gateway/gateway.ts';
import { guildOf } from './guild.ts';
import type { Guild } from './guild.ts';
import { tryEndpoint } from './interactions/endpoint.ts';
import { officialDescription } from './openapi.ts';
import type { PermissionName } from './permissions.ts';
import type { Call } from './rest/calls.ts';
import { newFaults } from './rest/faults.ts';
import type { Faults } from './rest/faults.ts';
import { newRateLimits } from './rest/rate-limits.ts';
import { restHandler } from './rest/server.ts';
import { USUAL_PERMISSIONS, newWorld } from './state/new-world.ts';
import type { Application, Command, World } from './state/world.ts';

/** How this Discord is; everything has a usual value. */
export interface DiscordOptions {
  /** Decides ids, deadlines of interactions, nonces and the ten minutes of renames. */
  readonly clock?: Clock;
  readonly token?: string;
  readonly guildName?: string;
  readonly people?: readonly string[];
  readonly botPermissions?: readonly PermissionName[];
  /** Real milliseconds between heartbeats; 41250 as Discord has it. */
  readonly heartbeatMs?: number;
  /** False: no limits of requests per second, for measuring. Renames stay limited. */
  readonly hasRateLimits?: boolean;
  /** False: requests and answers are not held against the official description, for measuring. */
  readonly isChecked?: boolean;
  /** 0, the usual: any free port. */
  readonly port?: number;
  /** Answers what is neither API nor file: the web page. */
  readonly page?: (discord: Discord) => (request: IncomingMessage, response: ServerResponse) => unknown;
}

/** A Discord on this machine. */
export interface Discord {
  readonly url: string;
  /** What a client is given as its API (`rest: { api }`). */
  readonly apiUrl: string;
  readonly token: () => string;
  readonly application: Application;
  readonly bot: { readonly id: string };
  readonly guild: Guild;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly calls: readonly Call[];
  readonly commands: () => readonly Command[];
  /** Posts interactions there from now on, if it passes the portal's test; else says why not. */
  readonly setsEndpoint: (url: string) => Promise<string | null>;
  /** Answers that Discord's own description does not allow: mistakes of this server. */
  readonly violations: readonly string[];
  readonly world: World;
  /** Ends it; an error when it has ever answered what Discord would not. */
  readonly stop: () => Promise<void>;
}

/** Starts a Discord with one guild on the loopback. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const world = newWorld({
    clock: options.clock ?? SYSTEM_CLOCK,
    token: options.token ?? 'discord-bot-token',
    guildName: options.guildName ?? 'Example Shop',
    people: options.people ?? ['ana', 'ben', 'cleo'],
    botPermissions: options.botPermissions ?? USUAL_PERMISSIONS,
  });
  const server = createServer();
  const gateway = openGateway(server, world, options.heartbeatMs ?? 41_250);
  const faults = newFaults();
  const calls: Call[] = [];
  const violations: string[] = [];
  const rest = restHandler({
    world,
    calls,
    faults,
    violations,
    description: options.isChecked === false ? null : officialDescription(),
    limit: newRateLimits(world, { isLimited: options.hasRateLimits ?? true }),
    gatewayBot: gateway.info,
  });
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening');
  // A TCP server that listens has such an address.
  const { port } = server.address() as AddressInfo;
  world.url = `http://127.0.0.1:${port}`;
  const discord: Discord = {
    url: world.url,
    apiUrl: `${world.url}/api`,
    token: () => world.token,
    application: world.application,
    bot: world.bot,
    guild: guildOf(world),
    gateway,
    faults,
    calls,
    commands: () => world.commands,
    setsEndpoint: (url) => tryEndpoint(world, url),
    violations,
    world,
    stop: async () => {
      gateway.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      if (violations.length > 0) throw new Error(`This Discord answered wrongly:\n${violations.join('\n')}`);
    },
  };
  const page = options.page?.(discord);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void rest(request, response).then((isDone) => {
      if (isDone || sendFile(world, request, response)) return;
      if (page === undefined) response.writeHead(404).end();
      else page(request, response);
    });
  });
  return discord;
}

/** Sends an attachment; false when the path is none. */
function sendFile(world: World, request: IncomingMessage, response: ServerResponse): boolean {
  const [, channelId, fileId] = /^\/attachments\/(\d+)\/(\d+)\//.exec(request.url ?? '') ?? [];
  const messages = [...(world.channels.get(channelId ?? '')?.messages.values() ?? [])];
  const file = messages.flatMap(({ attachments }) => attachments).find(({ id }) => id === fileId);
  if (file === undefined) return false;
  response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
  return true;
}
