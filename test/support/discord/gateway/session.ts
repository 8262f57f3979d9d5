import type { WebSocket } from 'ws';

/** A connection of the gateway as Discord keeps it: it outlives its socket. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  /** Everything told so far, to tell it again after a resume. */
  readonly told: { readonly seq: number; readonly name: string; readonly data: unknown }[];
  seq: number;
  /** Null while nobody is connected. */
  socket: WebSocket | null;
}

/** How far back a resume reaches. */
const KEPT = 1_000;

/** Tells a session something: now when somebody listens, after a resume when nobody does. */
export function tellSession(session: Session, name: string, data: unknown): void {
  session.seq += 1;
  const event = { seq: session.seq, name, data };
  session.told.push(event);
  if (session.told.length > KEPT) session.told.shift();
  if (session.socket !== null) sendEvent(session.socket, event);
}

/** Sends an event with its number. */
export function sendEvent(socket: WebSocket, { seq, name, data }: Session['told'][number]): void {
  sendPayload(socket, { op: 0, t: name, s: seq, d: data });
}

/** Sends a payload of the gateway; a frozen or closed socket swallows it. */
export function sendPayload(
  socket: WebSocket,
  payload: { readonly op: number; readonly d?: unknown; readonly t?: string; readonly s?: number },
): void {
  if (socket.readyState !== socket.OPEN || socket.isPaused) return;
  socket.send(JSON.stringify({ t: null, s: null, d: null, ...payload }));
}
