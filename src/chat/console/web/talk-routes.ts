import type { Context, Hono } from 'hono';
import { messagesBefore, sayInRoom } from '../../../store/messages.ts';
import { markRead } from '../../../store/reads-of-rooms.ts';
import type { Author } from '../../../store/schema/chat.ts';
import type { KeptRoom } from '../../../store/rooms.ts';
import type { Message, Reply } from '../../message.ts';
import type { ConsoleDeps } from '../deps.ts';
import type { Live } from '../live.ts';
import { CONSOLE } from '../platform.ts';
import { answer, isScripted } from './answer.ts';
import { LONGEST_MESSAGE } from './composer.ts';
import type { Door, Fields } from './door.ts';
import { errorPage } from './error-page.ts';
import { formOf, refilled } from './form-view.ts';
import { NOTHING } from './html.ts';
import { renderMessage } from './message-view.ts';
import { pathOf } from './rail.ts';
import { roomFor } from './room-page.ts';
import type { Visit } from './visit.ts';

/** What the routes of one console share. */
export interface Routing {
  readonly deps: ConsoleDeps;
  readonly live: Live;
  readonly door: Door;
}

/** Typing, pressing and submitting: everything that people do in a room. */
export function talkRoutes(routes: Hono, routing: Routing): void {
  const { deps, door } = routing;
  routes.post(
    '/rooms/:id/say',
    door.write(async (c, visit, fields) => {
      const room = await roomFor(deps, visit, c.req.param('id') ?? '');
      return room ? heed(c, { routing, visit, room }, fields) : absent(c);
    }),
  );
  routes.post(
    '/rooms/:id/read',
    door.write(async (c, visit, fields) => {
      const room = await roomFor(deps, visit, c.req.param('id') ?? '');
      if (!room) return absent(c);
      const seq = Math.min(Number(fields['seq']) || 0, room.lastChange);
      await markRead(deps.db, { readerId: visit.readerId, roomId: room.id, seq });
      return c.body(null, 204);
    }),
  );
  routes.post(
    '/act',
    door.write((c, visit, fields) => act(c, deps, { visit, fields })),
  );
  routes.post(
    '/forms',
    door.write((c, visit, fields) => submit(c, deps, { visit, fields })),
  );
  routes.get(
    '/complete',
    door.read((c, visit) => complete(c, deps, visit)),
  );
}

interface Speaking {
  readonly routing: Routing;
  readonly visit: Visit;
  readonly room: KeptRoom;
}

/** A line from the composer: a command when it begins with a slash, talk otherwise. */
async function heed(c: Context, speaking: Speaking, fields: Fields): Promise<Response> {
  const { routing, visit, room } = speaking;
  const text = (fields['text'] ?? '').replaceAll('\r\n', '\n').trim();
  if (text === '') return isScripted(c) ? c.html(NOTHING) : c.redirect(pathOf(room), 303);
  if (text.length > LONGEST_MESSAGE) {
    return errorPage(
      c,
      400,
      `A message has at most ${LONGEST_MESSAGE} characters; this one has ${text.length}.`,
    );
  }
  const command = commandIn(text);
  if (command === null) return talk(c, speaking, { text, key: fields['key'] ?? '' });
  const reply = await routing.deps.front().command({ ...where(visit, room), text: command });
  return answer(c, { deps: routing.deps, visit, room }, reply);
}

/** `/inc ack` and `/ack` are both the command `ack`; null for plain talk. */
function commandIn(text: string): string | null {
  const typed = /^\/(?:(?:inc|incident)(?:\s+|$))?(?<command>.*)$/s.exec(text)?.groups?.['command'];
  return typed ?? null;
}

async function talk(
  c: Context,
  speaking: Speaking,
  { text, key }: { text: string; key: string },
): Promise<Response> {
  const { routing, visit, room } = speaking;
  if (room.archivedAt !== null) {
    return errorPage(
      c,
      400,
      'This room is archived, so nothing more is said in it. Commands still work, like /inc reopen.',
    );
  }
  const { deps, live } = routing;
  const placed = await sayInRoom(deps.db, {
    roomId: room.id,
    author: authorOf(visit),
    at: deps.clock.now(),
    message: spoken(text),
    text,
    event: null,
    clientKey: key === '' ? null : `${visit.session} ${key.slice(0, 100)}`,
    tell: live.tellOf(room.id),
  });
  if (!placed) return absent(c);
  if (placed.isNew) {
    live.roomChanged(room.id);
    await deps.front().heard({ ...where(visit, room), text, messageId: String(placed.id) });
  }
  if (!isScripted(c)) return c.redirect(pathOf(room), 303);
  c.header('HX-Trigger', 'console:done');
  const [message] = await messagesBefore(deps.db, { roomId: room.id, before: placed.seq + 1, limit: 1 });
  return c.html(message ? renderMessage(message, visit.reading) : NOTHING);
}

async function act(
  c: Context,
  deps: ConsoleDeps,
  { visit, fields }: { visit: Visit; fields: Fields },
): Promise<Response> {
  const room = await roomOfForm(deps, visit, fields);
  if (room === undefined) return absent(c);
  const [action = '', ...value] = (fields['press'] ?? '').split(' ');
  const messageId = fields['message'] === '' ? null : (fields['message'] ?? null);
  const reply = await deps
    .front()
    .action({ ...where(visit, room), messageId, action, value: value.join(' ') });
  return answer(c, { deps, visit, room }, reply);
}

async function submit(
  c: Context,
  deps: ConsoleDeps,
  { visit, fields }: { visit: Visit; fields: Fields },
): Promise<Response> {
  const room = await roomOfForm(deps, visit, fields);
  if (room === undefined) return absent(c);
  const sent = formOf(deps, fields);
  if (!sent) return errorPage(c, 400, 'This form is out of date. Open it again.');
  const { form, filled } = sent;
  const missing = missingIn(form, filled);
  const reply: Reply =
    missing ??
    (await deps
      .front()
      .submit({ ...where(visit, room), form: form.form, value: form.value, fields: filled }));
  return answer(c, { deps, visit, room }, reply, { form: refilled(form, filled) });
}

function missingIn(
  form: { readonly fields: readonly { name: string; required: boolean; kind: string }[] },
  filled: Readonly<Record<string, string>>,
): Reply | null {
  const empty = form.fields.filter(
    (field) => field.required && field.kind !== 'check' && (filled[field.name] ?? '').trim() === '',
  );
  if (empty.length === 0) return null;
  return {
    kind: 'field_errors',
    errors: Object.fromEntries(empty.map(({ name }) => [name, 'Please fill this in.'])),
  };
}

async function complete(c: Context, deps: ConsoleDeps, visit: Visit): Promise<Response> {
  const room = await roomFor(deps, visit, c.req.query('room') ?? '');
  const text = (c.req.query('text') ?? '').slice(0, LONGEST_MESSAGE);
  const command = commandIn(text);
  if (command === null) return c.json([]);
  const head = text.slice(0, text.length - command.length);
  const completions = await deps.front().complete({ ...where(visit, room), text: command });
  return c.json(completions.map((one) => ({ ...one, insert: head + one.insert })));
}

/** The room that a form names; null when it names none, undefined when it names one that is absent for this reader. */
async function roomOfForm(
  deps: ConsoleDeps,
  visit: Visit,
  fields: Fields,
): Promise<KeptRoom | null | undefined> {
  const id = fields['room'] ?? '';
  if (id === '') return null;
  return (await roomFor(deps, visit, id)) ?? undefined;
}

function where(visit: Visit, room: KeptRoom | null) {
  return { actor: visit.actor, platform: CONSOLE, roomId: room === null ? null : String(room.id) };
}

function authorOf(visit: Visit): Author {
  if (visit.personId !== null) return { kind: 'person', id: visit.personId, name: visit.name };
  return { kind: 'guest', id: visit.readerId, name: visit.name };
}

function spoken(text: string): Message {
  return { blocks: [{ kind: 'text', line: [text] }], tone: 'calm', plain: text, notify: [] };
}

function absent(c: Context): Promise<Response> {
  return errorPage(c, 404, 'There is no such room, or it is private and you are not in it.');
}
