import type { Context } from 'hono';
import { equalInConstantTime } from '../../../lib/signing.ts';
import type { ConsoleDeps } from '../deps.ts';
import { errorPage } from './error-page.ts';
import { createPace } from './pace.ts';
import type { Visit } from './visit.ts';
import { beginSession, visitOf } from './visit.ts';

const LARGEST_BODY = 128 * 1024;

/** The fields of a form that was posted, NUL taken out. */
export type Fields = Readonly<Record<string, string>>;

type Handler = (c: Context) => Promise<Response>;

/** Lets people in: every page of the console goes through one of these. */
export interface Door {
  /** For anybody: no session needed. */
  readonly open: (handle: (c: Context) => Promise<Response> | Response) => Handler;
  /** For a posted form without a session, from a page of ours. */
  readonly openPost: (handle: (c: Context, fields: Fields) => Promise<Response>) => Handler;
  /** For whoever is signed in. */
  readonly read: (handle: (c: Context, visit: Visit) => Promise<Response>) => Handler;
  /** For a posted form of whoever is signed in, from a page of ours. */
  readonly write: (handle: (c: Context, visit: Visit, fields: Fields) => Promise<Response>) => Handler;
}

/** Makes the door of one console. */
export function createDoor(deps: ConsoleDeps): Door {
  const pace = createPace(deps.clock);
  const guarded =
    (handle: Handler): Handler =>
    async (c) => {
      const refusal = hostRefusal(c, deps);
      return secured(await (refusal ?? handle(c)), deps);
    };
  const posted = (handle: (c: Context, fields: Fields) => Promise<Response>): Handler =>
    guarded(async (c) => {
      if (!isSameOrigin(c, deps))
        return errorPage(c, 403, 'This form was sent from another site, so nothing was done.');
      const fields = await fieldsOf(c);
      if (fields === null) return errorPage(c, 413, 'That was too much at once. Send less than 128 KB.');
      return handle(c, fields);
    });
  return {
    open: (handle) => guarded(async (c) => handle(c)),
    openPost: posted,
    read: (handle) =>
      guarded(async (c) => {
        const visit = visitOf(c, deps) ?? firstVisit(c, deps);
        return visit ? handle(c, visit) : signInFirst(c);
      }),
    write: (handle) =>
      posted(async (c, fields) => {
        const visit = visitOf(c, deps);
        if (!visit) return signInFirst(c);
        if (!equalInConstantTime(fields['csrf'] ?? '', visit.csrf)) {
          return errorPage(c, 403, 'This page is from an earlier session. Reload it and try again.');
        }
        if (!pace.allows(visit.session))
          return errorPage(c, 429, 'That was very fast. Wait a few seconds and try again.');
        return handle(c, visit, fields);
      }),
  };
}

/** In the sandbox a newcomer is somebody at once. */
function firstVisit(c: Context, deps: ConsoleDeps): Visit | null {
  if (!deps.sandbox) return null;
  const first = deps.directory().people.keys().next().value;
  return beginSession(c, deps, first === undefined ? { kind: 'guest' } : { kind: 'person', id: first });
}

function signInFirst(c: Context): Response | Promise<Response> {
  const isPage = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
  if (isPage && c.req.header('hx-request') === undefined) return c.redirect('/sign-in', 303);
  return errorPage(c, 401, 'Your session has ended. Sign in again.');
}

/** A name that is not ours, resolved to this machine, must not reach a console in which anyone may be anyone. */
function hostRefusal(c: Context, deps: ConsoleDeps): Response | Promise<Response> | null {
  if (!deps.sandbox) return null;
  const host = hostOf(`http://${c.req.header('host') ?? ''}`)?.hostname;
  const ours = ['localhost', '127.0.0.1', '[::1]', hostOf(deps.publicUrl())?.hostname];
  if (host !== undefined && ours.includes(host)) return null;
  return errorPage(
    c,
    403,
    'The sandbox answers only under the address that Firebell printed when it started.',
  );
}

function isSameOrigin(c: Context, deps: ConsoleDeps): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  const from = hostOf(origin);
  return (
    from !== null && (from.host === c.req.header('host') || from.origin === hostOf(deps.publicUrl())?.origin)
  );
}

function hostOf(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

async function fieldsOf(c: Context): Promise<Fields | null> {
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_BODY) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  const params = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  return Object.fromEntries([...params].map(([name, value]) => [name, value.replaceAll('\0', '')]));
}

function secured(response: Response, { publicUrl }: ConsoleDeps): Response {
  const { headers } = response;
  if (!headers.has('Content-Security-Policy'))
    headers.set(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  if (publicUrl().startsWith('https:')) headers.set('Strict-Transport-Security', 'max-age=31536000');
  return response;
}
