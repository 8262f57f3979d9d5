import type { Context } from 'hono';
import type { KeptRoom } from '../../../store/rooms.ts';
import type { Form, Reply } from '../../message.ts';
import type { ConsoleDeps } from '../deps.ts';
import { renderForm } from './form-view.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import { bare } from './layout.ts';
import { renderPrivate } from './message-view.ts';
import { pathOf } from './rail.ts';
import { PLAIN_VIEW, roomPage } from './room-page.ts';
import type { Visit } from './visit.ts';

/** Who asked, where. */
export interface Asked {
  readonly deps: ConsoleDeps;
  readonly visit: Visit;
  readonly room: KeptRoom | null;
}

/** A form that was sent, with what was filled in, for showing it again. */
export interface Sent {
  readonly form: Form;
}

/** Shows what the front replied: in place where scripts run, as a page where they do not. */
export async function answer(
  c: Context,
  asked: Asked,
  reply: Reply,
  sent: Sent | null = null,
): Promise<Response> {
  switch (reply.kind) {
    case 'nothing':
      return isScripted(c) ? done(c) : c.redirect(asked.room ? pathOf(asked.room) : '/', 303);
    case 'private':
      return showPrivate(c, asked, renderPrivate(reply.message, asked.visit.reading, asked.room?.id ?? null));
    case 'form':
      return showForm(c, asked, { form: reply.form, errors: {} });
    case 'field_errors':
      if (sent === null) throw new Error('expected field errors only as the answer to a form');
      return showForm(c, asked, { form: sent.form, errors: reply.errors });
  }
}

/** True when the request came from our script, which puts the answer into the page. */
export function isScripted(c: Context): boolean {
  return c.req.header('hx-request') !== undefined;
}

async function showPrivate(c: Context, { deps, visit, room }: Asked, shown: Html): Promise<Response> {
  if (isScripted(c)) {
    c.header('HX-Trigger', 'console:done');
    return c.html(shown);
  }
  if (room) return c.html(roomPage(deps, visit, room, { ...PLAIN_VIEW, answer: shown }));
  return c.html(
    bare(
      'Answer',
      html`${shown}
        <p><a class="button primary" href="/">Back to the overview</a></p>`,
    ),
  );
}

async function showForm(
  c: Context,
  { deps, visit, room }: Asked,
  { form, errors }: { form: Form; errors: Readonly<Record<string, string>> },
): Promise<Response> {
  const shown = renderForm(deps, { form, errors, roomId: room?.id ?? null, csrf: visit.csrf });
  if (!isScripted(c)) return c.html(bare(form.title, shown));
  c.header('HX-Retarget', '#dialogs');
  c.header('HX-Reswap', 'innerHTML');
  return c.html(shown);
}

function done(c: Context): Response | Promise<Response> {
  c.header('HX-Trigger', 'console:done');
  return c.html(NOTHING);
}
