import type { TwilioConfig } from '../../config/config.ts';
import type { Delivery, NotificationChannel } from '../../engine/notification-channel.ts';
import { makeAtTwilio } from './api.ts';
import type { TwilioDeps } from './api.ts';
import { callbackUrl } from './callback-path.ts';
import { digitsAloud } from './spoken-words.ts';
import { spoken } from './twiml.ts';

/** Rings about six times: most mailboxes take over after that. */
const RING_S = '30';
/** A person says hello within this; what is not certain by then counts as unknown. */
const LISTEN_S = '8';

/**
 * The notification channel `voice`. What the call says is asked of us when somebody takes it, so it is never old news. The call's own
 * reports carry the attempt: one that we did not hear of is on record a moment later, and is not made twice.
 */
export function createVoice(deps: TwilioDeps): NotificationChannel {
  return {
    name: 'voice',
    reportsDelivery: true,
    sendCode: async ({ phone }, code) => {
      const config = deps.config();
      if (config === null || config.from === null || phone === null) return NOWHERE;
      const said = `This is Firebell. Your code is: ${digitsAloud(code)}.`;
      const twiml = await spoken(said, `Again: ${said}`, 'Type it to Firebell in the chat. Goodbye.');
      const params = [
        ['To', phone],
        ['From', config.from],
        ['Twiml', twiml],
        ['Timeout', RING_S],
      ] as const;
      return makeAtTwilio({ resource: 'Calls', params }, config, deps);
    },
    reaches: ({ phone }) => phone !== null && (deps.config()?.from ?? null) !== null,
    send: async ({ person: { phone }, attemptId }) => {
      const config = deps.config();
      if (config === null || config.from === null) return NOWHERE;
      if (phone === null) return { kind: 'failed', reason: 'This person has no telephone number.' };
      return makeAtTwilio(callOf(config, { phone, from: config.from, attemptId }), config, deps);
    },
  };
}

const NOWHERE: Delivery = {
  kind: 'failed',
  reason: 'No number that can call is configured.',
  fault: 'ours',
};

interface ToCall {
  readonly phone: string;
  readonly from: string;
  readonly attemptId: string;
}

function callOf(config: TwilioConfig, { phone, from, attemptId }: ToCall) {
  const events = ['initiated', 'answered', 'completed'].map(
    (event) => ['StatusCallbackEvent', event] as const,
  );
  const params = [
    ['To', phone],
    ['From', from],
    ['Url', callbackUrl(config, 'voice', attemptId)],
    ['Method', 'POST'],
    ['StatusCallback', callbackUrl(config, 'voice-status', attemptId)],
    ['StatusCallbackMethod', 'POST'],
    ...events,
    ['Timeout', RING_S],
    ['MachineDetection', 'Enable'],
    ['MachineDetectionTimeout', LISTEN_S],
  ] as const;
  return { resource: 'Calls' as const, params };
}
