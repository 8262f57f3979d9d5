import type { TwilioConfig } from '../../config/config.ts';
import type { Delivery, NotificationChannel } from '../../engine/notification-channel.ts';
import { callsTo, makeAtTwilio } from './api.ts';
import type { TwilioDeps } from './api.ts';
import { callbackUrl } from './callback-path.ts';
import { digitsAloud } from './spoken-words.ts';
import { spoken } from './twiml.ts';

/** Rings about six times: most mailboxes take over after that. */
const RING_S = '30';
/** A person says hello within this; what is not certain by then counts as unknown. */
const LISTEN_S = '8';

/** How far Twilio's clock may be behind ours. */
const SKEW_MS = 10_000;
/** Nobody asks about an older try. */
const REMEMBERED_MS = 60 * 60_000;

/**
 * The notification channel `voice`. What the call says is asked of us when somebody takes it, so it is never old news. The call's own
 * reports carry the attempt: one that we did not hear of is on record a moment later. Where they come too late, a call whose making was
 * not answered is looked for in Twilio's list before another is made.
 */
export function createVoice(deps: TwilioDeps): NotificationChannel {
  const calls = rememberCalls();
  return {
    name: 'voice',
    reportsDelivery: true,
    sentBefore: ({ person: { phone }, attemptId }) => {
      const config = deps.config();
      const since = calls.unanswered(attemptId);
      if (config === null || phone === null || since === null) return Promise.resolve(null);
      return findCall({ config, phone, attemptId, since }, calls, deps);
    },
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
      const at = deps.clock.now();
      const made = await makeAtTwilio(callOf(config, { phone, from: config.from, attemptId }), config, deps);
      if (made.kind === 'sent') calls.keep(made.messageId, attemptId, at);
      if (made.kind === 'retry') calls.lose(attemptId, at);
      return made;
    },
  };
}

interface Lost {
  readonly config: TwilioConfig;
  readonly phone: string;
  readonly attemptId: string;
  /** When it was first tried. */
  readonly since: Date;
}

/** The one call to the number since then that is no other attempt's; with two of them nobody knows, and it rings again. */
async function findCall(
  { config, phone, attemptId, since }: Lost,
  calls: Calls,
  deps: TwilioDeps,
): Promise<Delivery | null> {
  const listed = await callsTo(phone, config, deps);
  const found = listed.filter(
    ({ sid, from, date_created: at }) =>
      from === config.from && !calls.has(sid) && at.getTime() >= since.getTime() - SKEW_MS,
  );
  const [one] = found;
  if (one === undefined || found.length > 1) return null;
  calls.keep(one.sid, attemptId, deps.clock.now());
  return { kind: 'sent', messageId: one.sid };
}

/** Which calls this process knows whose they are, and which tries were never answered. */
interface Calls {
  readonly has: (sid: string) => boolean;
  readonly keep: (sid: string, attemptId: string, at: Date) => void;
  readonly lose: (attemptId: string, at: Date) => void;
  /** When an attempt was first tried without an answer; null when every try was answered. */
  readonly unanswered: (attemptId: string) => Date | null;
}

function rememberCalls(): Calls {
  const made = new Map<string, Date>();
  const lost = new Map<string, Date>();
  const forget = (now: Date): void => {
    for (const known of [made, lost])
      for (const [key, at] of known) if (now.getTime() - at.getTime() > REMEMBERED_MS) known.delete(key);
  };
  return {
    has: (sid) => made.has(sid),
    keep: (sid, attemptId, at) => {
      forget(at);
      made.set(sid, at);
      lost.delete(attemptId);
    },
    lose: (attemptId, at) => {
      forget(at);
      if (!lost.has(attemptId)) lost.set(attemptId, at);
    },
    unanswered: (attemptId) => lost.get(attemptId) ?? null,
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
