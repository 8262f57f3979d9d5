import { z } from 'zod';
import { shorten } from '../../../lib/clean-text.ts';
import type { Form, Message, Reply } from '../../message.ts';
import { note } from '../../views/blocks.ts';
import type { SlackAnswer } from '../failure.ts';
import { rendered } from '../rendered.ts';
import type { ReceiveParts } from './deps.ts';
import { FromMessage } from './from-message.ts';
import { modalOf } from './modal.ts';

/** Where an answer goes, to one person alone. */
export interface Place {
  readonly userId: string;
  /** Null outside every channel. */
  readonly channelId: string | null;
  readonly thread: string | null;
  readonly responseUrl: string | null;
  /** Opens one form within three seconds; null where there was none. */
  readonly triggerId: string | null;
}

/** How a form is asked for a second time: by typing or pressing the same again, or from the same message. */
export const Origin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed'), text: z.string() }),
  z.object({ kind: z.literal('pressed'), action: z.string(), value: z.string() }),
  // Carried whole: we may not be in the channel to read the message again.
  z.object({ kind: z.literal('from_message'), ...FromMessage.shape }),
]);
export type Origin = z.infer<typeof Origin>;

/** The button under a form that could not be opened in time. */
export const OPEN_FORM = 'open-form';

const LONGEST_BUTTON_VALUE = 2000;
const RESPOND_WITHIN_MS = 8_000;
const Nothing = z.object({});

/** Shows what the front replied. Field errors belong to whoever sent a form and are no business of this. */
export async function deliver(
  reply: Reply,
  { place, origin }: { readonly place: Place; readonly origin: Origin | null },
  parts: ReceiveParts,
): Promise<void> {
  if (reply.kind === 'private') return say(reply.message, place, parts);
  if (reply.kind === 'form') return open(reply.form, { place, origin }, parts);
}

/** Says something to one person: under what they did, else where only they see it, else directly. Fails when none of it worked. */
export async function say(message: Message, place: Place, parts: ReceiveParts): Promise<void> {
  const shown = await rendered(message, { roomId: place.channelId ?? place.userId, parts });
  if (await respond(place, shown, parts)) return;
  if (await whisperIn(place, shown, parts)) return;
  const told = await tellDirectly(place.userId, shown, parts);
  if (!told.ok && told.failure.kind === 'temporary')
    throw new Error(`an answer could not be given: ${told.failure.reason}`);
  if (!told.ok) parts.deps.logger.warn({ reason: told.failure.reason }, 'An answer reached nobody');
}

type Shown = object;

/** A response URL is good for half an hour and five answers. */
async function respond({ responseUrl }: Place, shown: Shown, { deps }: ReceiveParts): Promise<boolean> {
  if (responseUrl === null) return false;
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...shown }),
      signal: AbortSignal.timeout(RESPOND_WITHIN_MS),
      redirect: 'error',
    });
    await response.body?.cancel();
    return response.ok;
  } catch (err) {
    deps.logger.debug({ err }, 'A response URL could not be reached');
    return false;
  }
}

async function whisperIn(
  { channelId, thread, userId }: Place,
  shown: Shown,
  { api }: ReceiveParts,
): Promise<boolean> {
  if (channelId === null || channelId.startsWith('D')) return false;
  const args = {
    channel: channelId,
    user: userId,
    ...shown,
    ...(thread === null ? {} : { thread_ts: thread }),
  };
  const sent = await api.call({ method: 'chat.postEphemeral', args, answers: Nothing, urgency: 'room' });
  return sent.ok;
}

/** Says something in the direct messages of an account. */
async function tellDirectly(
  userId: string,
  shown: Shown,
  { api }: ReceiveParts,
): Promise<SlackAnswer<unknown>> {
  return api.call({
    method: 'chat.postMessage',
    args: { channel: userId, ...shown, unfurl_links: false, unfurl_media: false },
    answers: Nothing,
    urgency: 'room',
  });
}

/** Opens a form, or when it is too late for that offers to. */
async function open(
  form: Form,
  { place, origin }: { readonly place: Place; readonly origin: Origin | null },
  parts: ReceiveParts,
): Promise<void> {
  if (place.triggerId !== null) {
    const opened = await openModal(place.triggerId, modalOf(form, place.channelId), parts);
    if (opened) return;
  }
  await say(offerOf(form, origin, parts), place, parts);
}

/** False when the trigger had expired, or Slack would not. */
async function openModal(triggerId: string, view: Shown, { api, deps }: ReceiveParts): Promise<boolean> {
  const opened = await api.call({
    method: 'views.open',
    args: { trigger_id: triggerId, view },
    answers: Nothing,
    urgency: 'page',
  });
  if (!opened.ok) deps.logger.info({ reason: opened.failure.reason }, 'A form could not be opened');
  return opened.ok;
}

/** A press of the button is a new trigger. */
function offerOf(form: Form, origin: Origin | null, { deps }: ReceiveParts): Message {
  const directory = deps.directory();
  const reading = { directory, zone: directory.settings.zone };
  const value = origin === null ? '' : buttonValueOf(origin);
  if (value === '' || value.length > LONGEST_BUTTON_VALUE)
    return note([['The form could not be opened. Please try again.']], reading, { tone: 'warning' });
  const offer = note([[`${form.title}: press the button to open the form.`]], reading);
  return {
    ...offer,
    blocks: [
      ...offer.blocks,
      {
        kind: 'buttons',
        buttons: [{ action: OPEN_FORM, value, label: 'Open the form', style: 'primary' }],
      },
    ],
  };
}

/** A long message is shortened rather than lost. */
function buttonValueOf(origin: Origin): string {
  const whole = JSON.stringify(origin);
  const over = whole.length - LONGEST_BUTTON_VALUE;
  if (origin.kind !== 'from_message' || over <= 0) return whole;
  const most = Math.max(1, origin.said.length - over);
  return JSON.stringify({ ...origin, said: shorten(origin.said, most) });
}
