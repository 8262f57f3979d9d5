import type { WebSocket } from 'ws';
import { z } from 'zod';

import { guildCreateJson } from '../wire/guild.ts';
import { memberJson, selfJson } from '../wire/user.ts';
import { applicationFlags } from '../rest/routes/users.ts';
import type { GatewayParts } from './gateway.ts';
import { intentsRefusal, knowsMembers } from './intents.ts';
import { sendEvent, sendPayload, tellSession } from './session.ts';
import type { Session } from './session.ts';

const Payload = z.object({ op: z.number().int(), d: z.unknown() });
const Identify = z.looseObject({
  token: z.string(),
  intents: z.unknown(),
  properties: z.looseObject({}),
  shard: z.tuple([z.number(), z.number()]).optional(),
});
const Resume = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.number().int() });
const AskMembers = z.looseObject({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().optional(),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
});

/** More than this in a minute closes the connection. */
const PER_MINUTE = 120;

interface Line {
  readonly parts: GatewayParts;
  readonly socket: WebSocket;
  session: Session | null;
  lastBeat: number;
  recent: number[];
}

/** Talks with one client: hello, identify or resume, heartbeats, questions. */
export function converse(parts: GatewayParts, socket: WebSocket): void {
  const line: Line = { parts, socket, session: null, lastBeat: performance.now(), recent: [] };
  sendPayload(socket, { op: 10, d: { heartbeat_interval: parts.heartbeatMs, _trace: [] } });
  // A client that has lost its heart is told so after two beats.
  const pulse = setInterval(() => {
    if (performance.now() - line.lastBeat > 2 * parts.heartbeatMs) socket.close(4009);
  }, parts.heartbeatMs);
  pulse.unref();
  socket.on('message', (data: Buffer) => hear(line, data.toString('utf8')));
  socket.on('error', () => socket.terminate());
  socket.on('close', (code: number) => {
    clearInterval(pulse);
    const { session } = line;
    if (session === null || session.socket !== socket) return;
    session.socket = null;
    // Who says goodbye properly cannot come back to the same session.
    if (code === 1000 || code === 1001) parts.sessions.delete(session.id);
  });
}

function hear(line: Line, text: string): void {
  const now = performance.now();
  line.recent = [...line.recent.filter((at) => now - at < 60_000), now];
  if (line.recent.length > PER_MINUTE) return line.socket.close(4008);
  const payload = Payload.safeParse(parse(text));
  if (!payload.success) return line.socket.close(4002);
  const { op, d } = payload.data;
  if (op === 1) return beat(line);
  if (op === 2) return identify(line, d);
  if (op === 6) return resume(line, d);
  if (line.session === null) return line.socket.close(4003);
  if (op === 8) return answerMembers(line.parts, line.session, d);
  // Presence (3) and voice (4, 5) change nothing that this Discord keeps.
  if (op < 0 || op > 8) line.socket.close(4001);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function beat(line: Line): void {
  line.lastBeat = performance.now();
  sendPayload(line.socket, { op: 11 });
}

function identify(line: Line, said: unknown): void {
  const { parts, socket } = line;
  const { world, gateway } = parts;
  const read = Identify.safeParse(said);
  if (line.session !== null) return socket.close(4005);
  if (!read.success) return socket.close(4002);
  if (read.data.token !== world.token) return socket.close(4004);
  const refused = intentsRefusal(read.data.intents, world.application);
  if (refused !== null) return socket.close(refused);
  if (gateway.identifiesLeft <= 0) return burn(parts);
  gateway.identifiesLeft -= 1;
  parts.counts.identified += 1;
  const session: Session = {
    id: `${world.newId()}${world.newId()}`,
    intents: Number(read.data.intents),
    told: [],
    seq: 0,
    socket,
  };
  line.session = session;
  parts.sessions.set(session.id, session);
  greet(parts, session, read.data.shard ?? [0, 1]);
}

/** Discord resets the token of a bot that begins more than a thousand sessions in a day. */
function burn({ world, gateway }: GatewayParts): void {
  world.token = `${world.token}-was-reset`;
  gateway.closes(4004);
}

function greet({ world, gateway }: GatewayParts, session: Session, shard: readonly number[]): void {
  tellSession(session, 'READY', {
    v: 10,
    user: selfJson(world),
    guilds: [{ id: world.guild.id, unavailable: true }],
    session_id: session.id,
    resume_gateway_url: world.url.replace('http', 'ws'),
    session_type: 'normal',
    shard,
    application: { id: world.application.id, flags: applicationFlags({ world }) },
    private_channels: [],
    relationships: [],
    user_settings: {},
    presences: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    auth: {},
    _trace: [],
  });
  const hearsGuilds = (session.intents & 1) !== 0;
  if (hearsGuilds && !gateway.holdsGuildsBack)
    tellSession(session, 'GUILD_CREATE', guildCreateJson(world, knowsMembers(session.intents)));
}

function resume(line: Line, said: unknown): void {
  const { parts, socket } = line;
  const read = Resume.safeParse(said);
  if (!read.success) return socket.close(4002);
  if (read.data.token !== parts.world.token) return socket.close(4004);
  const session = parts.sessions.get(read.data.session_id);
  if (session === undefined) return sendPayload(socket, { op: 9, d: false });
  if (read.data.seq > session.seq) return socket.close(4007);
  line.session = session;
  session.socket = socket;
  parts.counts.resumed += 1;
  for (const event of session.told.filter(({ seq }) => seq > read.data.seq)) sendEvent(socket, event);
  tellSession(session, 'RESUMED', { _trace: [] });
}

function answerMembers({ world }: GatewayParts, session: Session, said: unknown): void {
  const read = AskMembers.safeParse(said);
  if (!read.success || read.data.guild_id !== world.guild.id) return;
  const { query = '', limit = 0, user_ids: ids, nonce } = read.data;
  if (query === '' && ids === undefined && limit === 0 && !knowsMembers(session.intents)) return;
  const wanted = ids === undefined ? null : [ids].flat();
  const found = [...world.guild.members.values()].filter(({ userId }) =>
    wanted === null ? (world.users.get(userId)?.username ?? '').startsWith(query) : wanted.includes(userId),
  );
  const members = limit > 0 ? found.slice(0, limit) : found;
  tellSession(session, 'GUILD_MEMBERS_CHUNK', {
    guild_id: world.guild.id,
    members: members.map((one) => memberJson(world, one)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: (wanted ?? []).filter((id) => !world.guild.members.has(id)),
    ...(nonce === undefined ? {} : { nonce }),
  });
}
