import { sign } from 'node:crypto';

import { CallbackBody } from '../rest/bodies/callback.ts';
import { parseBody } from '../rest/body.ts';
import type { World } from '../state/world.ts';
import { answerInteraction } from './answer.ts';
import { nudge } from './interaction.ts';
import type { Interaction } from './interaction.ts';

/** Posts an interaction to the application's endpoint, signed; its answer is the first answer. */
export async function postInteraction(world: World, interaction: Interaction, json: unknown): Promise<void> {
  try {
    const response = await post(world, json);
    // An application may also say 202 and answer by the callback route.
    if (response.status === 202) return;
    if (response.status !== 200) throw new Error(`The endpoint answered ${response.status}`);
    const body = parseBody(CallbackBody, await response.json());
    if (interaction.callback === null) answerInteraction(world, interaction, { body, files: [] });
  } catch {
    // The person sees that nothing came; so does who waits for it.
    nudge(interaction);
  }
}

/** Tries an endpoint as the developer portal does before it takes one: a good PING, then one with a wrong signature. */
export async function tryEndpoint(world: World, url: string): Promise<string | null> {
  const before = world.application.interactionsUrl;
  world.application.interactionsUrl = url;
  const ping = {
    version: 1,
    id: world.newId(),
    application_id: world.application.id,
    type: 1,
    token: 'ping',
  };
  const good = await post(world, ping).catch(() => null);
  const answer: unknown = good?.ok ? await good.json().catch(() => null) : null;
  const bad = await post(world, ping, 'ab'.repeat(64)).catch(() => null);
  const isPong = typeof answer === 'object' && answer !== null && 'type' in answer && answer.type === 1;
  const wrong = isPong
    ? bad?.status === 401
      ? null
      : `a PING with a wrong signature was answered ${bad?.status ?? 'not at all'} instead of 401`
    : 'a PING was not answered with {"type":1}';
  if (wrong !== null) world.application.interactionsUrl = before;
  return wrong;
}

function post(world: World, json: unknown, signature?: string): Promise<Response> {
  const body = JSON.stringify(json);
  const timestamp = String(Math.floor(world.clock.now().getTime() / 1000));
  const signed = sign(null, Buffer.from(timestamp + body), world.application.privateKey).toString('hex');
  return fetch(world.application.interactionsUrl ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
      'x-signature-timestamp': timestamp,
      'x-signature-ed25519': signature ?? signed,
    },
    body,
    signal: AbortSignal.timeout(3_000),
  });
}
