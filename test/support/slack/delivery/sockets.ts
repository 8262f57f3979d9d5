import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { SlackClock } from '../clock.ts';
import type { Json } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import { ACK_WITHIN_MS } from './delivery.ts';
import type { Delivered, Parcel } from './delivery.ts';

/** Why Slack ends a connection. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'too_many_websockets' | 'link_disabled';

const MOST_SOCKETS = 10;
/** Slack names about five hours. */
const CONNECTION_LIVES_S = 18_060;
const GOODBYE_MS = 500;

interface Line {
  readonly id: number;
  readonly socket: WebSocket;
  /** It reads nothing any more and answers no ping. */
  halfOpen: boolean;
}

interface Pending {
  readonly settle: (delivered: Delivered) => void;
  readonly line: Line;
  readonly isEvent: boolean;
}

/** Socket Mode from Slack's side: tickets, open connections, envelopes and their acknowledgements. */
export class Sockets {
  readonly #clock: SlackClock;
  readonly #appId: string;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #lines: Line[] = [];
  readonly #pending = new Map<string, Pending>();
  #turn = 0;
  #opened = 0;
  #noHello = 0;
  #isOff = false;
  #storm = 0;
  #duplicates = 0;
  #held: (() => void) | null = null;
  #reorders = 0;
  /** Each connection that came up and each that went, in that order. */
  readonly lives: ('came' | 'went')[] = [];
  /** Each acknowledgement as it came, for tests that look at the wire. */
  readonly acks: Json[] = [];

  constructor(clock: SlackClock, appId: string) {
    this.#clock = clock;
    this.#appId = appId;
  }

  /** How many connections are open. */
  get open(): number {
    return this.#lines.length;
  }

  /** How many were ever opened. */
  get opened(): number {
    return this.#opened;
  }

  /** A ticket for one connection, as `apps.connections.open` answers it. */
  ticket(base: string): Json {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return { url: `${base.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${this.#appId}` };
  }

  /** Takes the connection of a ticket; a ticket is good once. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#accept(connection));
  }

  #accept(socket: WebSocket): void {
    this.#opened += 1;
    const line: Line = { id: this.#opened, socket, halfOpen: false };
    socket.on('message', (data) => this.#hear(line, String(data as Buffer)));
    this.lives.push('came');
    socket.on('close', () => {
      this.lives.push('went');
      this.#gone(line);
    });
    socket.on('error', () => this.#gone(line));
    if (this.#isOff) return this.#disconnect(line, 'link_disabled');
    if (this.#lines.length >= MOST_SOCKETS) {
      this.#disconnect(line, 'too_many_websockets');
      return;
    }
    this.#lines.push(line);
    if (this.#noHello > 0) {
      this.#noHello -= 1;
      this.#lines.splice(this.#lines.indexOf(line), 1);
      return;
    }
    this.#send(line, {
      type: 'hello',
      num_connections: this.#lines.length,
      debug_info: debugInfo(),
      connection_info: { app_id: this.#appId },
    });
    if (this.#storm === 0) return;
    this.#storm -= 1;
    this.#disconnect(line, 'refresh_requested');
  }

  /** Sends it over one of the open connections and waits for its acknowledgement. */
  carry(parcel: Parcel): Promise<Delivered> {
    const line = this.#lines[this.#turn++ % Math.max(1, this.#lines.length)];
    if (!line) return Promise.resolve({ kind: 'failed', reason: 'connection_failed' });
    const envelopeId = randomUUID();
    const isEvent = parcel.type === 'events_api';
    const { promise, resolve } = Promise.withResolvers<Delivered>();
    const callOff = this.#clock.after(ACK_WITHIN_MS, () => this.#settle(envelopeId, { kind: 'timeout' }));
    const settle = (delivered: Delivered): void => {
      callOff();
      resolve(delivered);
    };
    this.#pending.set(envelopeId, { settle, line, isEvent });
    this.#sendEnvelope(line, isEvent, {
      envelope_id: envelopeId,
      type: parcel.type,
      accepts_response_payload: !isEvent,
      payload: parcel.payload,
      ...(isEvent
        ? { retry_attempt: parcel.retry?.attempt ?? 0, retry_reason: parcel.retry?.reason ?? '' }
        : {}),
    });
    return promise;
  }

  #sendEnvelope(line: Line, isEvent: boolean, envelope: Json): void {
    const send = (): void => this.#send(line, envelope);
    if (isEvent && this.#reorders > 0 && this.#held === null) {
      this.#reorders -= 1;
      this.#held = send;
      return;
    }
    send();
    if (isEvent && this.#duplicates > 0) {
      this.#duplicates -= 1;
      send();
    }
    const held = this.#held;
    this.#held = null;
    held?.();
  }

  #send(line: Line, message: Json): void {
    if (!line.halfOpen && line.socket.readyState === WebSocket.OPEN)
      line.socket.send(JSON.stringify(message));
  }

  #hear(line: Line, text: string): void {
    if (line.halfOpen) return;
    const ack: unknown = JSON.parse(text);
    if (!isJson(ack)) return;
    this.acks.push(ack);
    const payload = ack['payload'];
    this.#settle(String(ack['envelope_id']), { kind: 'acked', payload: isJson(payload) ? payload : {} });
  }

  #settle(envelopeId: string, delivered: Delivered): void {
    const pending = this.#pending.get(envelopeId);
    this.#pending.delete(envelopeId);
    pending?.settle(delivered);
  }

  /** An event on a connection that is gone is sent again elsewhere; an interaction may yet be answered on another. */
  #gone(line: Line): void {
    const at = this.#lines.indexOf(line);
    if (at >= 0) this.#lines.splice(at, 1);
    for (const [id, pending] of this.#pending)
      if (pending.line === line && pending.isEvent)
        this.#settle(id, { kind: 'failed', reason: 'connection_failed' });
  }

  /** Somebody turns Socket Mode off in the settings of the app, or on again: nobody is greeted while it is off. */
  turn(way: 'off' | 'on'): void {
    this.#isOff = way === 'off';
    if (this.#isOff) this.disconnect('link_disabled');
  }

  /** Tells connections to end, all of them or the first few: the app closes them. */
  disconnect(reason: DisconnectReason, how: { readonly most?: number } = {}): void {
    for (const line of this.#lines.slice(0, how.most ?? this.#lines.length)) this.#disconnect(line, reason);
  }

  #disconnect(line: Line, reason: DisconnectReason): void {
    this.#send(line, { type: 'disconnect', reason, debug_info: debugInfo() });
    if (reason === 'warning') return;
    // It gets nothing new from now on; acknowledgements are still taken.
    const at = this.#lines.indexOf(line);
    if (at >= 0) this.#lines.splice(at, 1);
  }

  /** Cuts connections without a word. */
  cut(): void {
    for (const { socket } of this.#lines) socket.terminate();
  }

  /** From now on the open connections say nothing, read nothing and answer no ping: a firewall has forgotten them. */
  goHalfOpen(): void {
    for (const line of this.#lines) {
      line.halfOpen = true;
      // Frames stay unread, pings too.
      line.socket.pause();
    }
  }

  /** The next so many connections are taken and never greeted. */
  withholdHello(times = 1): void {
    this.#noHello += times;
  }

  /** The next so many connections are greeted and at once told to be opened anew. */
  storm(times: number): void {
    this.#storm += times;
  }

  /** The next so many events arrive twice. */
  duplicateEvents(times = 1): void {
    this.#duplicates += times;
  }

  /** The next so many events are overtaken by the one after them. */
  reorderEvents(times = 1): void {
    this.#reorders += times;
  }

  /** Says that too many events were wanted: an envelope without an event inside. */
  sayRateLimited(teamId: string): void {
    for (const line of this.#lines)
      this.#send(line, {
        envelope_id: randomUUID(),
        type: 'events_api',
        accepts_response_payload: false,
        payload: {
          type: 'app_rate_limited',
          token: '',
          team_id: teamId,
          minute_rate_limited: Math.floor(this.#clock.now() / 60_000) * 60,
          api_app_id: this.#appId,
        },
        retry_attempt: 0,
        retry_reason: '',
      });
  }

  /** Closes every connection; those that do not answer the goodbye are cut. */
  async stop(): Promise<void> {
    const clients = [...this.#server.clients];
    const gone = clients.map((client) => once(client, 'close'));
    for (const client of clients) client.close(1001);
    const cut = setTimeout(() => clients.forEach((client) => client.terminate()), GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(cut);
    this.#server.close();
  }
}

function debugInfo(): Json {
  return { host: 'applink-emulated', build_number: 1, approximate_connection_time: CONNECTION_LIVES_S };
}
