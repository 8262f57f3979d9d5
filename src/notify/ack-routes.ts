import { Hono } from 'hono';
import type { Context } from 'hono';
import type { FrontDoor } from '../engine/front-door.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import { BOT } from '../domain/actor.ts';
import type { Actor } from '../domain/actor.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import { LINK_PATHS } from './ack-link.ts';
import type { AckClaim, AckLinks, LinkAction } from './ack-link.ts';
import { ACK_POLICY, renderAckPage } from './ack-page.ts';
import type { AckPage } from './ack-page.ts';
import { BUTTONS, calm, COMMANDS, FORGED, GONE, OTHERS, outcomeOf, STILL_OPEN } from './link-answers.ts';
import { oneLine, webUrl } from './outside-text.ts';
import { endOf, wordsOf } from './page-words.ts';

export interface AckRouteDeps {
  readonly links: AckLinks;
  readonly door: FrontDoor;
  /** The page as it stands now, or null when there is no such page; its attempt id does not matter. */
  readonly readNotice: (claim: AckClaim) => Promise<PageNotice | null>;
  /** A name for whoever did something. */
  readonly nameOf: (actor: Actor) => string;
}

interface Answer {
  readonly status: 200 | 403 | 404 | 409 | 410;
  readonly page: AckPage;
}

/**
 * The links of mails and phones, at `/ack/<token>` and `/decline/<token>`. Looking (GET, HEAD, OPTIONS) never changes anything, because
 * mail scanners and previews look too; only a POST answers the page, in the name of the person whom the link was made for.
 */
export function ackRoutes(deps: AckRouteDeps): readonly RouteGroup[] {
  return (['acknowledge', 'decline'] as const).map((action) => ({
    at: LINK_PATHS[action],
    routes: linkRoutes(deps, action),
  }));
}

function linkRoutes(deps: AckRouteDeps, action: LinkAction): Hono {
  const routes = new Hono();
  routes.get('/:token', async (c) => reply(c, await look(deps, action, c.req.param('token'))));
  routes.post('/:token', async (c) => {
    // The button of a push message in a browser is pressed from that app's own origin. No cookie is involved: the token is all the right.
    c.header('Access-Control-Allow-Origin', '*');
    return reply(c, await press(deps, action, c.req.param('token')));
  });
  return routes;
}

/** A page for people; the words alone for a program that asks for JSON, such as the notification of a browser. */
async function reply(c: Context, { status, page }: Answer): Promise<Response> {
  const headers = {
    'Content-Security-Policy': ACK_POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
  };
  if (c.req.header('accept') === 'application/json')
    return c.json({ heading: page.heading, lines: page.lines }, status, headers);
  return c.html(await renderAckPage(page), status, headers);
}

async function look(deps: AckRouteDeps, action: LinkAction, token: string): Promise<Answer> {
  const opened = await open(deps, action, token);
  if (opened.kind === 'closed') return opened.answer;
  const { notice } = opened;
  const words = wordsOf(notice);
  const facts = words.facts
    .filter(({ href }) => href === null)
    .map(({ label, value }) => `${label}: ${value}`);
  const page: AckPage = {
    ...frameOf(notice),
    lines: [...facts, words.next],
    button: BUTTONS[action](nameIn(notice)),
    other: otherOf(deps.links, action, notice),
    tone: 'fire',
  };
  return { status: 200, page };
}

async function press(deps: AckRouteDeps, action: LinkAction, token: string): Promise<Answer> {
  const opened = await open(deps, action, token);
  if (opened.kind === 'closed') return opened.answer;
  const { claim, notice } = opened;
  const { incidentId, pageId, attemptId } = claim;
  if (attemptId !== undefined)
    await deps.door.say({ type: 'page.record_acted', by: BOT, incidentId, pageId, attemptId });
  const said = await deps.door.say(COMMANDS[action](claim));
  if (said.kind === 'done') {
    const outcome = outcomeOf(action, notice, { said, nameOf: deps.nameOf });
    return { status: 200, page: { ...frameOf(notice), ...outcome, button: null, other: null } };
  }
  const { why, hint } = said.refusal;
  return { status: 409, page: { ...calm(notice, why), lines: hint === null ? [] : [hint] } };
}

type Opened =
  | { readonly kind: 'open'; readonly claim: AckClaim; readonly notice: PageNotice }
  | { readonly kind: 'closed'; readonly answer: Answer };

/** Reads the token and the page behind it; whatever leaves nothing to answer is answered here. */
async function open({ links, readNotice }: AckRouteDeps, action: LinkAction, token: string): Promise<Opened> {
  const reading = links.read(token, action);
  if (reading.kind === 'forged') return closed(403, FORGED);
  const { claim } = reading;
  const notice = await readNotice(claim);
  if (notice === null || notice.person.id !== claim.personId) return closed(404, GONE);
  if (notice.end) {
    const lines = [endOf(notice.end, notice.person.zone), 'There is nothing left to do here.'];
    return closed(200, { ...calm(notice, 'This page is over'), lines });
  }
  if (reading.kind === 'expired')
    return closed(410, { ...calm(notice, 'This link has expired'), lines: [STILL_OPEN] });
  return { kind: 'open', claim, notice };
}

function closed(status: Answer['status'], page: AckPage): Opened {
  return { kind: 'closed', answer: { status, page } };
}

function otherOf(links: AckLinks, action: LinkAction, notice: PageNotice): AckPage['other'] {
  const other = OTHERS[action];
  const href = links.urlFor(notice, other.action);
  return href === null ? null : { label: other.label, href };
}

function frameOf(notice: PageNotice): Pick<AckPage, 'heading' | 'over' | 'room'> {
  const { subject, title } = wordsOf(notice);
  return { heading: title, over: subject.slice(0, subject.indexOf(':')), room: webUrl(notice.url) };
}

function nameIn({ person: { id, name } }: PageNotice): string {
  return oneLine(name, 60) || id;
}
