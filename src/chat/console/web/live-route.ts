import type { Context, Hono } from 'hono';
import type { SSEStreamingApi } from 'hono/streaming';
import { streamSSE } from 'hono/streaming';
import type { KeptMessage } from '../../../store/messages.ts';
import { pinnedIn } from '../../../store/messages.ts';
import { Message } from '../../message.ts';
import { renderMessage } from './message-view.ts';
import { loadRail, pathOf, renderRail } from './rail.ts';
import { incidentIn, panelOf, roomFor, roomHead } from './room-page.ts';
import type { Routing } from './talk-routes.ts';
import type { Visit } from './visit.ts';
import { visitOf } from './visit.ts';

const BEAT_MS = 15_000;
const SETTLE_MS = 150;
/** However many people look on, what stands around the messages is drawn for no more than this many of them in a second. */
const FRAMES_PER_SECOND = 20;

/** Where a stream goes on from: the room looked at and the reader's direct room, each with the change last seen. */
interface Point {
  readonly room: number;
  readonly roomChange: number;
  readonly direct: number;
  readonly directChange: number;
}

interface Streaming {
  readonly routing: Routing;
  readonly c: Context;
  readonly visit: Visit;
  readonly here: string;
  readonly stream: SSEStreamingApi;
  /** How many pages of this process are open. */
  readonly audience: { readonly size: number };
}

/**
 * The live updates of one open page. Each carries the point it leads to; after a break the browser says the last one it
 * got, and the stream goes on from there.
 */
export function liveRoutes(routes: Hono, routing: Routing): void {
  const audience = { size: 0 };
  routes.get(
    '/live',
    routing.door.read(async (c, visit) => {
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, async (stream) => {
        audience.size += 1;
        try {
          await flow({ routing, c, visit, stream, audience, here: c.req.query('here') ?? '' }, pointOf(c));
        } finally {
          audience.size -= 1;
        }
      });
    }),
  );
}

async function flow(streaming: Streaming, start: Point): Promise<void> {
  const { routing, visit, stream, here } = streaming;
  const { live, deps } = routing;
  let point = await allowed(streaming, start);
  const send = (event: string, data: unknown): void => {
    const { room, roomChange, direct, directChange } = point;
    const id = [room, roomChange, direct, directChange].join('.');
    // A reader that is gone is noticed by the stream itself.
    stream.writeSSE({ event, data: JSON.stringify(data), id }).catch(() => stream.abort());
  };
  const hearRoom = (message: KeptMessage): void => {
    point = { ...point, roomChange: message.rev };
    if (point.room === point.direct) point = { ...point, directChange: message.rev };
    send('message', {
      id: message.id,
      rev: message.rev,
      html: renderMessage(message, readingNow(streaming)).toString(),
    });
    if (isPage(message, visit)) send('page', { ...toastOf(message), here: true });
  };
  const hearDirect = (message: KeptMessage): void => {
    point = { ...point, directChange: message.rev };
    if (isPage(message, visit)) send('page', { ...toastOf(message), here: false });
  };
  const frame = settling(
    async () => {
      const fresh = visitOf(streaming.c, deps);
      if (!fresh) return stream.abort();
      const rail = await loadRail(deps, fresh, point.room);
      send('rail', { html: renderRail(rail, fresh, here).toString(), unread: rail.unread });
      await sendHead(streaming, point.room, send);
    },
    () => Math.max(SETTLE_MS, (streaming.audience.size * 1000) / FRAMES_PER_SECOND),
    (err) => deps.logger.warn({ err }, 'could not refresh an open page of the console'),
  );
  const stops = [
    point.room > 0 ? live.follow(point.room, point.roomChange, hearRoom) : null,
    point.direct > 0 && point.direct !== point.room
      ? live.follow(point.direct, point.directChange, hearDirect)
      : null,
    live.watch(frame.soon),
    live.onStop(() => stream.abort()),
  ];
  frame.soon();
  await untilGone(stream);
  frame.stop();
  for (const stop of stops) stop?.();
}

/** The point as far as this reader may go: a room that is absent for them is not followed. */
async function allowed({ routing, visit }: Streaming, point: Point): Promise<Point> {
  const [room, direct] = await Promise.all([
    roomFor(routing.deps, visit, String(point.room)),
    roomFor(routing.deps, visit, String(point.direct)),
  ]);
  return { ...point, room: room ? point.room : 0, direct: direct?.kind === 'direct' ? point.direct : 0 };
}

async function sendHead(
  { routing, visit }: Streaming,
  roomId: number,
  send: (event: string, data: unknown) => void,
): Promise<void> {
  if (roomId === 0) return send('overview', {});
  const room = await roomFor(routing.deps, visit, String(roomId));
  if (!room) return send('gone', {});
  const [incident, pinned] = await Promise.all([
    incidentIn(routing.deps, room),
    pinnedIn(routing.deps.db, roomId),
  ]);
  const panel = panelOf(pinned, incident, visit);
  send('head', {
    head: roomHead(room, incident, visit).toString(),
    panel: panel === null ? null : panel.toString(),
    archived: room.archivedAt !== null,
  });
}

/** Runs a task so many ms after it is asked for, and once for all that asked meanwhile. */
function settling(task: () => Promise<void>, afterMs: () => number, failed: (err: unknown) => void) {
  let timer: NodeJS.Timeout | null = null;
  let busy = false;
  let again = false;
  const run = (): void => {
    timer = null;
    busy = true;
    task()
      .catch(failed)
      .finally(() => {
        busy = false;
        if (again) soon();
      })
      .catch(failed);
  };
  const soon = (): void => {
    again = busy;
    if (!busy) timer ??= setTimeout(run, afterMs());
  };
  return {
    soon,
    stop: () => {
      again = false;
      if (timer) clearTimeout(timer);
    },
  };
}

/** Keeps the connection awake, and answers when the reader has left. */
async function untilGone(stream: SSEStreamingApi): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const beat = setInterval(() => {
    stream.write(': beat\n\n').catch(() => stream.abort());
  }, BEAT_MS);
  stream.onAbort(() => {
    clearInterval(beat);
    resolve();
  });
  return promise;
}

/** A page, or anything else that is said to this reader by name and for the first time. */
function isPage(message: KeptMessage, { personId }: Visit): boolean {
  if (personId === null || message.rev !== message.seq) return false;
  const parsed = Message.safeParse(message.message);
  return message.author.kind === 'bot' && parsed.success && parsed.data.notify.includes(personId);
}

function toastOf(message: KeptMessage) {
  return { id: message.id, text: message.text, path: `${pathOf({ id: message.roomId })}#m-${message.id}` };
}

function readingNow({ visit, routing }: Streaming) {
  return { ...visit.reading, now: routing.deps.clock.now() };
}

function pointOf(c: Context): Point {
  const said = c.req.header('last-event-id') ?? c.req.query('after') ?? '';
  const [room = 0, roomChange = 0, direct = 0, directChange = 0] = said
    .split('.')
    .map((part) => Number(part) || 0);
  return { room, roomChange, direct, directChange };
}
