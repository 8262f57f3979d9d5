import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Actor } from '../../../domain/actor.ts';
import { person } from '../../../domain/actor.ts';
import type { Directory } from '../../../domain/directory.ts';
import { hmacHex, signToken, verifyToken } from '../../../lib/signing.ts';
import type { ConsoleDeps } from '../deps.ts';
import { CONSOLE } from '../platform.ts';
import type { Reading } from './render.ts';

const COOKIE = 'firebell_session';
const PURPOSE = 'console-session';
const LASTS_MS = 30 * 24 * 3_600_000;

/** One person, or guest, looking at the console. */
export interface Visit {
  readonly actor: Actor;
  readonly personId: string | null;
  /** Under which the marks of what was read are kept. */
  readonly readerId: string;
  readonly name: string;
  /** Every form of this session carries it. */
  readonly csrf: string;
  readonly session: string;
  readonly reading: Reading;
}

/** Who a session belongs to. */
export type Who = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'guest' };

/** The visit that the request's cookie stands for; null without a genuine one, or when its person is no longer configured. */
export function visitOf(c: Context, deps: ConsoleDeps): Visit | null {
  const now = deps.clock.now();
  const token = verifyToken(signing(deps), getCookie(c, COOKIE) ?? '', now);
  if (token.kind !== 'ok') return null;
  const [session = '', kind, id = ''] = token.payload.split(' ');
  return kind === 'person' ? visitAs({ kind, id }, session, deps) : visitAs({ kind: 'guest' }, session, deps);
}

/** Begins a session of somebody and sets its cookie; null when there is no such person. */
export function beginSession(c: Context, deps: ConsoleDeps, who: Who): Visit | null {
  const session = randomUUID();
  const visit = visitAs(who, session, deps);
  if (!visit) return null;
  const ends = new Date(deps.clock.now().getTime() + LASTS_MS);
  const payload = who.kind === 'person' ? `${session} person ${who.id}` : `${session} guest`;
  setCookie(c, COOKIE, signToken(signing(deps), payload, ends), cookieOptions(deps, LASTS_MS / 1000));
  return visit;
}

/** Ends the session of this browser. */
export function endSession(c: Context, deps: ConsoleDeps): void {
  setCookie(c, COOKIE, '', cookieOptions(deps, 0));
}

function cookieOptions(deps: ConsoleDeps, maxAge: number) {
  const secure = deps.publicUrl().startsWith('https:');
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge } as const;
}

function visitAs(who: Who, session: string, deps: ConsoleDeps): Visit | null {
  const directory = deps.directory();
  const csrf = hmacHex(deps.instanceSecret, `console-csrf ${session}`);
  if (who.kind === 'guest') return deps.sandbox ? guestVisit(session, { csrf, directory, deps }) : null;
  const { id } = who;
  const known = directory.people.get(id);
  if (!known) return null;
  return {
    actor: person(id),
    personId: id,
    readerId: id,
    name: known.name,
    csrf,
    session,
    reading: { directory, personId: id, csrf, zone: known.zone, now: deps.clock.now() },
  };
}

interface GuestParts {
  readonly csrf: string;
  readonly directory: Directory;
  readonly deps: ConsoleDeps;
}

function guestVisit(session: string, { csrf, directory, deps }: GuestParts): Visit {
  const id = session.slice(0, 8);
  return {
    actor: { kind: 'guest', platform: CONSOLE, id, name: 'A guest' },
    personId: null,
    readerId: `guest:${id}`,
    name: 'A guest',
    csrf,
    session,
    reading: { directory, personId: null, csrf, zone: directory.settings.zone, now: deps.clock.now() },
  };
}

function signing({ instanceSecret }: ConsoleDeps) {
  return { secret: instanceSecret, purpose: PURPOSE };
}
