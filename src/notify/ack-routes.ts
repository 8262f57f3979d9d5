import { Hono } from 'hono';
import type { Context } from 'hono';
import type { FrontDoor, Said } from '../engine/front-door.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import { person } from '../domain/actor.ts';
import type { Actor } from '../domain/actor.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { AckClaim, AckLinks } from './ack-link.ts';
import { ACK_POLICY, renderAckPage } from './ack-page.ts';
import type { AckPage } from './ack-page.ts';
import { instantIn, oneLine, webUrl } from './outside-text.ts';
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
 * The acknowledge links of mails, at `/ack/<token>`. Looking (GET, HEAD, OPTIONS) never changes anything, because mail scanners and
 * previews look too; only the page's button (POST) acknowledges, in the name of the person whom the link was made for.
 */
export function ackRoutes(deps: AckRouteDeps): RouteGroup {
  const routes = new Hono();
  routes.get('/:token', async (c) => reply(c, await look(deps, c.req.param('token'))));
  routes.post('/:token', async (c) => reply(c, await acknowledge(deps, c.req.param('token'))));
  return { at: '/ack', routes };
}

async function reply(c: Context, { status, page }: Answer): Promise<Response> {
  return c.html(await renderAckPage(page), status, {
    'Content-Security-Policy': ACK_POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
  });
}

async function look(deps: AckRouteDeps, token: string): Promise<Answer> {
  const opened = await open(deps, token);
  if (opened.kind === 'closed') return opened.answer;
  const { notice } = opened;
  const words = wordsOf(notice);
  const facts = words.facts
    .filter(({ href }) => href === null)
    .map(({ label, value }) => `${label}: ${value}`);
  const page: AckPage = {
    ...frameOf(notice),
    lines: [...facts, words.next],
    button: `Acknowledge as ${nameIn(notice)}`,
    tone: 'fire',
  };
  return { status: 200, page };
}

async function acknowledge(deps: AckRouteDeps, token: string): Promise<Answer> {
  const opened = await open(deps, token);
  if (opened.kind === 'closed') return opened.answer;
  const { claim, notice } = opened;
  const by = person(claim.personId);
  const said = await deps.door.say({
    type: 'escalation.acknowledge',
    by,
    incidentId: claim.incidentId,
    pageId: claim.pageId,
    promiseMs: null,
  });
  if (said.kind === 'done')
    return { status: 200, page: { ...frameOf(notice), ...outcome(deps, notice, said), button: null } };
  const { why, hint } = said.refusal;
  return { status: 409, page: { ...calm(notice, why), lines: hint === null ? [] : [hint] } };
}

type Opened =
  | { readonly kind: 'open'; readonly claim: AckClaim; readonly notice: PageNotice }
  | { readonly kind: 'closed'; readonly answer: Answer };

/** Reads the token and the page behind it; whatever leaves nothing to acknowledge is answered here. */
async function open({ links, readNotice }: AckRouteDeps, token: string): Promise<Opened> {
  const reading = links.read(token);
  if (reading.kind === 'forged') return closed(403, FORGED);
  const { claim } = reading;
  const notice = await readNotice(claim);
  if (notice === null || notice.person.id !== claim.personId) return closed(404, GONE);
  if (notice.end) {
    const lines = [endOf(notice.end, notice.person.zone), 'There is nothing left to do here.'];
    return closed(200, { ...calm(notice, 'This page is over'), over: titleOf(notice), lines });
  }
  if (reading.kind === 'expired')
    return closed(410, { ...calm(notice, 'This link has expired'), lines: [STILL_OPEN] });
  return { kind: 'open', claim, notice };
}

function closed(status: Answer['status'], page: AckPage): Opened {
  return { kind: 'closed', answer: { status, page } };
}

function outcome(
  deps: AckRouteDeps,
  notice: PageNotice,
  said: Extract<Said, { kind: 'done' }>,
): Pick<AckPage, 'heading' | 'lines' | 'tone'> {
  const isMe = (actor: Actor | null): boolean => actor?.kind === 'person' && actor.id === notice.person.id;
  const { acknowledgedBy, acknowledgedAt } = said.incident;
  const took = said.events.some(({ event, by }) => event.type === 'escalation.acknowledged' && isMe(by));
  if (took || isMe(acknowledgedBy)) {
    return {
      heading: 'You have it',
      lines: ['Everyone else is told, and the paging has stopped for you.'],
      tone: 'good',
    };
  }
  if (acknowledgedBy === null) {
    return {
      heading: 'There is nothing left to acknowledge',
      lines: ['Nobody is being paged for this any more.'],
      tone: 'calm',
    };
  }
  const name = oneLine(deps.nameOf(acknowledgedBy), 80);
  const since = acknowledgedAt === null ? '' : ` since ${instantIn(notice.person.zone, acknowledgedAt)}`;
  return {
    heading: `${name} was first`,
    lines: [`${name} has it${since}. Nothing more is needed from you.`],
    tone: 'calm',
  };
}

function frameOf(notice: PageNotice): Pick<AckPage, 'heading' | 'over' | 'room'> {
  const { subject, title } = wordsOf(notice);
  return { heading: title, over: subject.slice(0, subject.indexOf(':')), room: webUrl(notice.url) };
}

function calm(notice: PageNotice, heading: string): AckPage {
  return {
    heading: oneLine(heading, 200),
    over: titleOf(notice),
    lines: [],
    button: null,
    room: webUrl(notice.url),
    tone: 'calm',
  };
}

function titleOf(notice: PageNotice): string {
  return wordsOf(notice).subject;
}

function nameIn({ person: { id, name } }: PageNotice): string {
  return oneLine(name, 60) || id;
}

const STILL_OPEN =
  'It was good for 24 hours, and nobody has acknowledged since. Acknowledge in the room, or with the command ack in a direct message to Firebell.';

const FORGED: AckPage = {
  heading: 'This is not a link of ours',
  over: null,
  lines: [
    'It may have been cut off on its way: copy the whole line from the mail. If that does not help, acknowledge in the chat; the paging goes on until somebody does.',
  ],
  button: null,
  room: null,
  tone: 'calm',
};

const GONE: AckPage = {
  heading: 'There is no such page any more',
  over: null,
  lines: [
    'The link is genuine, but this installation does not know the page. Look for the incident in the chat.',
  ],
  button: null,
  room: null,
  tone: 'calm',
};
