import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import { createEmail } from './email.ts';
import type { EmailChannel, EmailDeps } from './email.ts';
import { createNtfy } from './ntfy.ts';
import type { NtfyDeps } from './ntfy.ts';
import { createPushover } from './pushover.ts';
import type { PushoverDeps } from './pushover.ts';
import { createSms } from './twilio/sms.ts';
import type { SmsDeps } from './twilio/sms.ts';
import { createVoice } from './twilio/voice.ts';
import type { VoiceDeps } from './twilio/voice.ts';
import { createWebPush } from './web-push.ts';
import type { WebPushDeps } from './web-push.ts';
import { createWebhook } from './webhook.ts';
import type { WebhookChannelDeps } from './webhook.ts';

export interface ChannelDeps {
  readonly email: EmailDeps;
  readonly webhook: WebhookChannelDeps;
  readonly ntfy: NtfyDeps;
  readonly pushover: PushoverDeps;
  readonly twilio: SmsDeps & VoiceDeps;
  readonly webPush: WebPushDeps;
}

/** How a channel has been doing: what its newest attempt came to. */
export interface ChannelHealth {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** The notification channels of this room. */
export interface Channels {
  readonly all: readonly NotificationChannel[];
  /** Without asking anybody: a channel is not ok after an attempt that has to be repeated, or that failed by our own fault. */
  readonly health: () => readonly ChannelHealth[];
  /** Mails what came of an answer. */
  readonly tellByMail: EmailChannel['tell'];
  /** Lets go of the servers once what is being sent has gone out. */
  readonly close: () => void;
}

/** Every channel that `src/notify` has; one without settings is there and reaches nobody. */
export function createChannels(deps: ChannelDeps): Channels {
  const email = createEmail(deps.email);
  const watched = [
    email,
    createWebhook(deps.webhook),
    createNtfy(deps.ntfy),
    createPushover(deps.pushover),
    createSms(deps.twilio),
    createVoice(deps.twilio),
    createWebPush(deps.webPush),
  ].map(watch);
  return {
    all: watched.map(({ channel }) => channel),
    health: () => watched.map(({ health }) => health()),
    tellByMail: email.tell,
    close: email.close,
  };
}

function watch(channel: NotificationChannel): {
  readonly channel: NotificationChannel;
  readonly health: () => ChannelHealth;
} {
  let last: Delivery | null = null;
  const send: NotificationChannel['send'] = async (notice) => {
    last = await channel.send(notice);
    return last;
  };
  return { channel: { ...channel, send }, health: () => healthOf(channel.name, last) };
}

function healthOf(name: string, last: Delivery | null): ChannelHealth {
  if (last === null) return { name, ok: true, detail: 'nothing sent yet' };
  const isTrouble = last.kind === 'retry' || (last.kind === 'failed' && last.fault === 'ours');
  return isTrouble ? { name, ok: false, detail: last.reason } : { name, ok: true, detail: last.kind };
}
