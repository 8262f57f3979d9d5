import type { WebPushConfig } from '../config/config.ts';
import { WEB_PUSH } from '../domain/contact/devices.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { PushTarget } from '../store/push-subscriptions.ts';
import type { AckLinks } from './ack-link.ts';
import { oneLine } from './outside-text.ts';
import { isPushService } from './push-services.ts';
import { retryAfterMs } from './retry-after.ts';
import type { VapidKeys } from './vapid.ts';
import { callWeb } from './web-call.ts';
import type { WebAnswer } from './web-call.ts';
import { tagOf, webPushMessage } from './web-push-message.ts';

export interface WebPushDeps {
  readonly config: () => WebPushConfig;
  readonly links: AckLinks;
  readonly clock: Clock;
  readonly keys: () => Promise<VapidKeys>;
  readonly devicesOf: (personId: string) => Promise<readonly PushTarget[]>;
  /** Forgets devices whose push service says that they are gone. */
  readonly forget: (endpoints: readonly string[]) => Promise<void>;
  /** For one call; 10 s unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** A phone that was off for longer hears nothing of it: by then the page is old news, folded into a summary. */
const KEPT_SECONDS = 30 * 60;

const NO_DEVICE: Delivery = {
  kind: 'failed',
  reason: 'No device of this person takes notifications any more: they can allow it anew under Your devices.',
};

/** The notification channel `web_push`: every browser on which this person allowed it. Sent once one push service took it. */
export function createWebPush(deps: WebPushDeps): NotificationChannel {
  return {
    name: WEB_PUSH,
    reaches: (person) => person.handles[WEB_PUSH] !== undefined,
    send: (notice) => tellAll(notice, deps),
    update: async (notice, messageId) => {
      // What is still open has rung once; whatever else changed about it is in the room.
      if (notice.end === null) return { kind: 'sent', messageId };
      const told = await tellAll(notice, deps);
      return told.kind === 'retry' ? told : { kind: 'sent', messageId };
    },
  };
}

async function tellAll(notice: PageNotice, deps: WebPushDeps): Promise<Delivery> {
  const targets = await deps.devicesOf(notice.person.id);
  const told = await Promise.all(targets.map((target) => tell(target, notice, deps)));
  await deps.forget(targets.filter((_, i) => told[i]?.isGone).map(({ endpoint }) => endpoint));
  const deliveries = told.filter(({ isGone }) => !isGone).map(({ delivery }) => delivery);
  const sent = deliveries.filter((delivery) => delivery.kind === 'sent');
  // Told anew, whoever was told already would be told twice: one device that rings is enough.
  if (sent.length > 0) return { kind: 'sent', messageId: sent.map(({ messageId }) => messageId).join(' ') };
  return deliveries.find(({ kind }) => kind === 'retry') ?? deliveries[0] ?? NO_DEVICE;
}

interface Told {
  readonly delivery: Delivery;
  readonly isGone: boolean;
}

async function tell(target: PushTarget, notice: PageNotice, deps: WebPushDeps): Promise<Told> {
  const { services, contact } = deps.config();
  if (!isPushService(target.endpoint, services)) return { delivery: NO_DEVICE, isGone: true };
  // Loaded when it is first needed: it is large, and most starts do not need it.
  const { default: webPush } = await import('web-push');
  const request = webPush.generateRequestDetails(
    { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } },
    JSON.stringify(webPushMessage(notice, deps.links)),
    {
      vapidDetails: { subject: contact, ...(await deps.keys()) },
      contentEncoding: 'aes128gcm',
      TTL: KEPT_SECONDS,
      urgency: notice.end === null && notice.urgency === 'high' ? 'high' : 'normal',
      topic: tagOf(notice),
    },
  );
  const answer = await callWeb({
    url: target.endpoint,
    method: 'POST',
    headers: textual(request.headers),
    body: new Uint8Array(request.body),
    timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
  });
  return toldOf(answer, new URL(target.endpoint).host, deps.clock.now());
}

function textual(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const sendable = Object.entries(headers).filter(([name]) => name !== 'Content-Length');
  return Object.fromEntries(sendable.map(([name, value]) => [name, String(value)]));
}

/** The subscription is no more (RFC 8030, section 7.3, and what services say instead). */
const GONE = new Set([404, 410]);
const WORTH_REPEATING = new Set([408, 425, 429]);

function toldOf(answer: WebAnswer, host: string, now: Date): Told {
  if (answer.kind === 'unreachable') {
    const reason = `Cannot reach the push service ${host}: ${answer.reason}`;
    return { delivery: { kind: 'retry', afterMs: null, reason }, isGone: false };
  }
  const { status, headers, text } = answer;
  if (status >= 200 && status < 300)
    return { delivery: { kind: 'sent', messageId: headers.get('location') ?? host }, isGone: false };
  const reason = `The push service ${host} answered ${status}: ${oneLine(text, 200) || 'nothing more'}`;
  if (GONE.has(status)) return { delivery: { kind: 'failed', reason }, isGone: true };
  if (status >= 500 || WORTH_REPEATING.has(status)) {
    const afterMs = retryAfterMs(headers.get('retry-after'), now);
    return { delivery: { kind: 'retry', afterMs, reason }, isGone: false };
  }
  return { delivery: { kind: 'failed', reason }, isGone: false };
}
