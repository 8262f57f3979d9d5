import { createPublicKey, verify } from 'node:crypto';
import { Hono } from 'hono';
import type { RouteGroup } from '../../../engine/route-group.ts';
import type { DiscordParts } from '../parts.ts';
import type { FirstAnswer } from './claim.ts';
import type { Interactions } from './receive.ts';

const LARGEST_BODY = 1_000_000;
/** A signature of another time is somebody playing back what they overheard. */
const OLDEST_MS = 5 * 60_000;
/** Discord waits three seconds for the body. */
const WITHIN_MS = 2_800;

/** Where Discord calls with buttons and commands, for those who want no gateway; null where it does not. */
export function interactionRoutes(
  { settings, deps }: DiscordParts,
  interactions: Interactions,
): RouteGroup | null {
  const { publicKey, mode } = settings;
  if (mode !== 'http' || publicKey === null) return null;
  const isGenuine = verifierOf(publicKey);
  const routes = new Hono();
  routes.post('/interactions', async (c) => {
    const body = await c.req.text();
    const timestamp = c.req.header('x-signature-timestamp') ?? '';
    const signature = c.req.header('x-signature-ed25519') ?? '';
    const age = Math.abs(deps.clock.now().getTime() - Number(timestamp) * 1000);
    if (body.length > LARGEST_BODY || !(age <= OLDEST_MS) || !isGenuine(`${timestamp}${body}`, signature))
      return c.text('the signature does not fit', 401);
    const answer = await firstAnswer(parse(body), interactions);
    return answer === null ? c.text('nothing to answer', 500) : c.json(answer);
  });
  return { at: '/discord', routes };
}

/** The first answer is the body of this very response; whatever comes later goes over the API. */
function firstAnswer(payload: unknown, interactions: Interactions): Promise<FirstAnswer | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), WITHIN_MS);
    let isAnswered = false;
    const answering = (answer: FirstAnswer) => {
      if (isAnswered) return Promise.resolve('theirs' as const);
      isAnswered = true;
      clearTimeout(late);
      resolve(answer);
      return Promise.resolve('ours' as const);
    };
    void interactions
      .receive(payload, () => answering)
      .finally(() => {
        clearTimeout(late);
        resolve(null);
      });
  });
}

/** Head of an Ed25519 key in the form that node reads; the 32 bytes of the key follow. */
const DER_HEAD = '302a300506032b6570032100';

function verifierOf(publicKey: string): (text: string, signature: string) => boolean {
  const key = createPublicKey({
    key: Buffer.from(`${DER_HEAD}${publicKey}`, 'hex'),
    format: 'der',
    type: 'spki',
  });
  return (text, signature) =>
    /^[0-9a-f]{128}$/i.test(signature) &&
    verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'hex'));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
