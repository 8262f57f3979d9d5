import { Hono } from 'hono';
import type { PushoverConfig } from '../config/config.ts';
import { BOT, person } from '../domain/actor.ts';
import type { Directory } from '../domain/directory.ts';
import type { FrontDoor } from '../engine/front-door.ts';
import type { RouteGroup } from '../engine/route-group.ts';
import { equalInConstantTime, hmacHex } from '../lib/signing.ts';
import type { OpenAttempt } from '../store/open-attempts.ts';
import { PUSHOVER_TIMEOUT_MS } from './pushover.ts';
import { isReceipt, readReceipt } from './pushover-api.ts';
import type { Receipt } from './pushover-api.ts';

/** What is needed to hear of acknowledgements in the Pushover app. */
export interface ReceiptDeps {
  readonly config: () => PushoverConfig | null;
  readonly door: FrontDoor;
  readonly directory: () => Directory;
  /** The messages through Pushover whose pages are open. */
  readonly openAttempts: () => Promise<readonly OpenAttempt[]>;
  /** Guards the callback's address; 16 characters or more. */
  readonly secret: string;
}

/** How acknowledgements in the app come home: asked for by the clock, and at once when Pushover calls back. */
export interface ReceiptWatch {
  /** Asks about every emergency message that is still open, and says on what Pushover knows. */
  readonly check: () => Promise<void>;
  readonly routes: RouteGroup;
}

const AT = '/pushover';
/** Beyond what a callback of Pushover ever has. */
const LARGEST_BODY = 4_096;

/** Where Pushover calls back, under our own address. Knowing it lets one make us ask Pushover again, and nothing else. */
export function callbackPath(secret: string): string {
  return `${AT}/${hmacHex(secret, 'pushover-callback').slice(0, 32)}`;
}

/** Watches the receipts of one Pushover application. What a callback says is never believed: it only makes us ask. */
export function createReceiptWatch(deps: ReceiptDeps): ReceiptWatch {
  const routes = new Hono();
  routes.post('/:key', async (c) => {
    const expected = callbackPath(deps.secret).slice(AT.length + 1);
    if (!equalInConstantTime(c.req.param('key'), expected)) return c.text('There is nothing here.', 404);
    if (Number(c.req.header('content-length') ?? LARGEST_BODY) >= LARGEST_BODY)
      return c.text('Too large.', 413);
    const receipt = new URLSearchParams(await c.req.text()).get('receipt');
    await checkAll(deps, (attempt) => attempt.messageId === receipt);
    return c.body(null, 204);
  });
  return { check: () => checkAll(deps, () => true), routes: { at: AT, routes } };
}

async function checkAll(deps: ReceiptDeps, isMeant: (attempt: OpenAttempt) => boolean): Promise<void> {
  const config = deps.config();
  if (config === null) return;
  const open = await deps.openAttempts();
  for (const attempt of open.filter((one) => isReceipt(one.messageId) && isMeant(one))) {
    const receipt = await readReceipt(attempt.messageId, { config, timeoutMs: PUSHOVER_TIMEOUT_MS });
    if (receipt !== null) await settle(deps, attempt, receipt);
  }
}

async function settle(
  { door, directory }: ReceiptDeps,
  { incidentId, pageId, attemptId, messageId, state }: OpenAttempt,
  receipt: Receipt,
): Promise<void> {
  const attempt = { by: BOT, incidentId, pageId, attemptId };
  if (receipt.last_delivered_at > 0 && state === 'sent')
    await door.say({ type: 'page.record_delivered', ...attempt, messageId });
  if (receipt.acknowledged === 0) return;
  // A key may be a group's: whoever of it answered is named, and nobody else is made to have done so.
  const by = [...directory().people.values()].find(
    ({ handles }) => handles['pushover'] === receipt.acknowledged_by,
  );
  if (by === undefined) return;
  await door.say({ type: 'page.record_acted', ...attempt });
  await door.say({
    type: 'escalation.acknowledge',
    by: person(by.id),
    incidentId,
    pageId,
    promiseMs: null,
  });
}
