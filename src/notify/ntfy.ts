import { z } from 'zod';
import type { NtfyConfig } from '../config/config.ts';
import type { Person } from '../domain/directory.ts';
import type { PageNotice } from '../domain/page/notice.ts';
import type { Delivery, NotificationChannel } from '../engine/notification-channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { AckLinks } from './ack-link.ts';
import { CODE_TITLE, codeWords } from './code-words.ts';
import { ntfyMessage, sequenceId } from './ntfy-message.ts';
import { oneLine } from './outside-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { callWeb, jsonOf } from './web-call.ts';
import type { WebAnswer } from './web-call.ts';

export interface NtfyDeps {
  /** Read again before every message, so that a reload takes effect at once. Null while ntfy is not configured: nobody is reached then. */
  readonly config: () => NtfyConfig | null;
  readonly links: AckLinks;
  readonly clock: Clock;
  /** For one call; 10 s unless given. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** The notification channel `ntfy`: publishes to the topic that a person's handle `ntfy` names. The message's own id is the proof. */
export function createNtfy(deps: NtfyDeps): NotificationChannel {
  return {
    name: 'ntfy',
    reaches: (person) => topicOf(person, deps.config()) !== null,
    send: (notice) => publish(notice, deps),
    sendCode: (person, code) =>
      publishTo(
        person,
        (topic) => ({ topic, title: CODE_TITLE, message: codeWords(code), priority: 3 }),
        deps,
      ),
    update: async (notice, messageId) => {
      // What is still open has rung once; whatever else changed about it is in the room.
      if (notice.end === null) return { kind: 'sent', messageId };
      const isTheirs = notice.end.why === 'acknowledged' || notice.end.why === 'declined';
      const delivery = await (isTheirs ? dismiss(notice, deps) : publish(notice, deps));
      return delivery.kind === 'sent' ? { kind: 'sent', messageId } : delivery;
    },
  };
}

interface Place {
  readonly server: string;
  readonly token: string | null;
  readonly topic: string;
}

function topicOf({ handles }: Person, config: NtfyConfig | null): Place | null {
  const topic = handles['ntfy'];
  return topic === undefined || config === null ? null : { server: config.url, token: config.token, topic };
}

function publish(notice: PageNotice, deps: NtfyDeps): Promise<Delivery> {
  return publishTo(notice.person, (topic) => ntfyMessage(notice, topic, deps.links), deps);
}

async function publishTo(
  person: Person,
  messageFor: (topic: string) => object,
  deps: NtfyDeps,
): Promise<Delivery> {
  const place = topicOf(person, deps.config());
  if (place === null) return NOWHERE;
  const body = JSON.stringify(messageFor(place.topic));
  const answer = await call(place, { method: 'POST', path: '/', body }, deps);
  return deliveryOf(answer, deps.clock.now());
}

/** Whoever answered needs no word about it: their notification goes away. A server too old to do so leaves it, which harms nobody. */
async function dismiss(notice: PageNotice, deps: NtfyDeps): Promise<Delivery> {
  const place = topicOf(notice.person, deps.config());
  if (place === null) return NOWHERE;
  const path = `/${place.topic}/${sequenceId(notice)}/clear`;
  const answer = await call(place, { method: 'PUT', path }, deps);
  if (answer.kind === 'answered' && (answer.status === 404 || answer.status === 405))
    return { kind: 'sent', messageId: 'left' };
  return deliveryOf(answer, deps.clock.now());
}

const NOWHERE: Delivery = {
  kind: 'failed',
  reason: 'This person has no ntfy topic, or ntfy is not configured.',
};

interface Asked {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body?: string;
}

function call(
  { server, token }: Place,
  { method, path, body }: Asked,
  { timeoutMs }: NtfyDeps,
): Promise<WebAnswer> {
  return callWeb({
    url: `${server.replace(/\/+$/, '')}${path}`,
    method,
    headers: {
      'User-Agent': 'Firebell (ntfy)',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs: timeoutMs ?? TIMEOUT_MS,
  });
}

/** Told to wait, overloaded, or broken for now: the same call may work later. */
const WORTH_REPEATING = new Set([408, 425, 429]);
/** The messages of the day are used up; tomorrow is too late for a page. */
const QUOTA_REACHED = 42_908;

const Published = z.object({ id: z.string().min(1) });
const Refused = z.object({ error: z.string(), code: z.int().optional() });

function deliveryOf(answer: WebAnswer, now: Date): Delivery {
  if (answer.kind === 'unreachable')
    return { kind: 'retry', afterMs: null, reason: `Cannot reach ntfy: ${answer.reason}` };
  const { status, headers, text } = answer;
  const said = jsonOf(text);
  if (status >= 200 && status < 300) return published(said);
  const refused = Refused.safeParse(said).data;
  const reason = reasonOf(status, oneLine(refused?.error ?? text, 200) || 'nothing more');
  if ((status >= 500 || WORTH_REPEATING.has(status)) && refused?.code !== QUOTA_REACHED)
    return { kind: 'retry', afterMs: retryAfterMs(headers.get('retry-after'), now), reason };
  return status === 401 || status < 400 || refused?.code === QUOTA_REACHED
    ? { kind: 'failed', reason, fault: 'ours' }
    : { kind: 'failed', reason };
}

function published(said: unknown): Delivery {
  const message = Published.safeParse(said).data;
  return message
    ? { kind: 'sent', messageId: message.id }
    : { kind: 'failed', reason: 'What answers there is not ntfy: check notify.ntfy.url.', fault: 'ours' };
}

function reasonOf(status: number, words: string): string {
  if (status === 401)
    return `ntfy does not know our access token: check notify.ntfy.token. It says: ${words}`;
  if (status === 403) return `ntfy does not let us write to this topic: ${words}`;
  if (status >= 300 && status < 400)
    return `ntfy redirects (${status}), which is not followed: set notify.ntfy.url to the address it moved to.`;
  return `ntfy answered ${status}: ${words}`;
}
