import type { WebhookConfig } from '../config/config.ts';
import type { EffectHandler, Outcome } from '../engine/effect-handler.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { Person } from '../domain/directory.ts';
import { isRunning } from '../domain/escalation/run.ts';
import type { World } from '../domain/world.ts';
import type { AckLinks } from './ack-link.ts';
import { escalationBody, pageBody } from './webhook-body.ts';
import { callWebhook } from './webhook-call.ts';
import type { WebhookDeps } from './webhook-call.ts';

export interface WebhookChannelDeps extends WebhookDeps {
  /** By name; read again before every call, so that a reload of the configuration takes effect at once. */
  readonly webhooks: () => ReadonlyMap<string, WebhookConfig>;
  readonly links: AckLinks;
}

/**
 * The notification channel `webhook`: calls the webhook that a person's handle `webhook` names.
 * Addresses come from the configuration alone, never from an alert or a chat message.
 */
export function createWebhook(deps: WebhookChannelDeps): NotificationChannel {
  return {
    name: 'webhook',
    reaches: (person) => targetOf(person, deps.webhooks()) !== null,
    send: async (notice) => {
      const target = targetOf(notice.person, deps.webhooks());
      if (target === null)
        return {
          kind: 'failed',
          reason: 'This person has no webhook, or one that the configuration does not know.',
        };
      const body = pageBody(notice, notice.end ? null : deps.links.urlFor(notice));
      return callWebhook({ target, deliveryId: notice.attemptId, event: 'page', body }, deps);
    },
  };
}

function targetOf({ handles }: Person, webhooks: ReadonlyMap<string, WebhookConfig>): WebhookConfig | null {
  const name = handles['webhook'];
  return (name === undefined ? undefined : webhooks.get(name)) ?? null;
}

export interface CallWebhookDeps extends WebhookDeps {
  /** As the channel knows them. */
  readonly webhooks: () => ReadonlyMap<string, WebhookConfig>;
  /** The incident with its runs as they stand now. */
  readonly readWorld: (incidentId: number) => Promise<World>;
}

/** Calls the webhook that an escalation step names, unless the run has ended meanwhile: then nobody is to be called any more. */
export function callPolicyWebhook(deps: CallWebhookDeps): EffectHandler<'notify.call_webhook'> {
  return async (effect, { key }) => {
    const { incident, runs } = await deps.readWorld(effect.incidentId);
    const run = runs.find(({ id }) => id === effect.runId);
    if (incident === null || run === undefined || !isRunning(run)) return { kind: 'done' };
    const target = deps.webhooks().get(effect.target.id);
    if (target === undefined) {
      return {
        kind: 'give_up',
        reason: `The configuration has no webhook named ${effect.target.id} any more.`,
      };
    }
    const body = escalationBody(effect, incident);
    return outcomeOf(await callWebhook({ target, deliveryId: key, event: 'escalation', body }, deps));
  };
}

function outcomeOf(delivery: Delivery): Outcome {
  switch (delivery.kind) {
    case 'sent':
      return { kind: 'done' };
    case 'failed':
      return { kind: 'give_up', reason: delivery.reason };
    case 'retry':
      return delivery;
  }
}
