import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import { canSee } from '../permissions.ts';
import type { Happening, World } from '../state/world.ts';
import { converse } from './conversation.ts';
import { guildCreateJson } from '../wire/guild.ts';
import { knowsMembers, seesContent } from './intents.ts';
import { sendPayload, tellSession } from './session.ts';
import type { Session } from './session.ts';

/** The gateway's side of Discord, with what tests do to it. */
export interface Gateway {
  /** How many sessions have somebody listening. */
  readonly connected: () => number;
  /** How many sessions were begun, and how many taken up again. */
  readonly counts: { readonly identified: number; readonly resumed: number };
  /** How many more sessions may be begun today. */
  identifiesLeft: number;
  /** While true nobody gets a connection. */
  isUnreachable: boolean;
  /** While true new sessions hear of the guild as unavailable, and never that it arrived. */
  holdsGuildsBack: boolean;
  /** The guild that was held back arrives. */
  readonly deliversGuilds: () => void;
  /** Op 7 to everybody. */
  readonly asksToReconnect: () => void;
  /** Op 9 to everybody; what cannot be resumed is forgotten. */
  readonly invalidates: (isResumable: boolean) => void;
  /** Closes every connection with that code. */
  readonly closes: (code: number) => void;
  /** Tears every connection without a word. */
  readonly drops: () => void;
  /** Every open connection stays open and dead: nothing is read, nothing answered. */
  readonly freezes: () => void;
  /** What `GET /gateway/bot` answers. */
  readonly info: () => unknown;
  readonly stop: () => void;
}

/** What the gateway shares with its connections. */
export interface GatewayParts {
  readonly world: World;
  readonly sessions: Map<string, Session>;
  readonly gateway: Gateway;
  readonly counts: { identified: number; resumed: number };
  readonly heartbeatMs: number;
}

const PER_DAY = 1_000;

/** Opens the gateway on a server; whatever the world tells goes to the sessions that may hear it. */
export function openGateway(server: Server, world: World, heartbeatMs: number): Gateway {
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0 };
  const sockets = new WebSocketServer({ noServer: true });
  const each = (what: (socket: WebSocket) => void): void => {
    for (const socket of sockets.clients) what(socket);
  };
  const gateway: Gateway = {
    connected: () => [...sessions.values()].filter(({ socket }) => socket !== null).length,
    counts,
    identifiesLeft: PER_DAY,
    isUnreachable: false,
    holdsGuildsBack: false,
    deliversGuilds: () => {
      gateway.holdsGuildsBack = false;
      for (const session of sessions.values())
        tellSession(session, 'GUILD_CREATE', guildCreateJson(world, knowsMembers(session.intents)));
    },
    asksToReconnect: () => each((socket) => sendPayload(socket, { op: 7 })),
    invalidates: (isResumable) => {
      each((socket) => sendPayload(socket, { op: 9, d: isResumable }));
      if (!isResumable) sessions.clear();
    },
    closes: (code) => each((socket) => socket.close(code)),
    drops: () => each((socket) => socket.terminate()),
    freezes: () => each((socket) => socket.pause()),
    info: () => ({
      url: world.url.replace('http', 'ws'),
      shards: 1,
      session_start_limit: {
        total: PER_DAY,
        remaining: gateway.identifiesLeft,
        reset_after: 14_400_000,
        max_concurrency: 1,
      },
    }),
    stop: () => {
      world.listeners.delete(hear);
      each((socket) => socket.terminate());
      sockets.close();
    },
  };
  const parts: GatewayParts = { world, sessions, gateway, counts, heartbeatMs };
  const hear = (happening: Happening): void => {
    for (const session of sessions.values()) tell(world, session, happening);
  };
  world.listeners.add(hear);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (gateway.isUnreachable) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => converse(parts, opened));
  });
  return gateway;
}

function tell(world: World, session: Session, { name, intents, data, channel }: Happening): void {
  if (intents !== 0 && (session.intents & intents) === 0) return;
  if (channel !== undefined && !canSee(world, channel, world.bot.id)) return;
  tellSession(session, name, data({ seesContent: seesContent(session.intents) }));
}
